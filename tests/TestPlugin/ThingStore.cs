using System.Globalization;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.TestPlugin;

/// <summary>Things in a directory, a file each, which outlive the plugin's processes; beside them what to do wrong
/// (<c>faults</c>) and what the provider was asked to do (<c>calls</c>).</summary>
internal sealed class ThingStore(string directory)
{
    private readonly Lock _lock = new();

    /// <summary>Adds a line to the calls; other processes add theirs to the same file.</summary>
    public void Log(string line)
    {
        lock (_lock)
        {
            using var calls = new FileStream(
                Path.Combine(directory, "calls"),
                FileMode.Append,
                FileAccess.Write,
                FileShare.ReadWrite
            );
            calls.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    /// <summary>What is to go wrong with a call, such as <c>fail</c>, or null.</summary>
    public string? FaultOf(string call)
    {
        var file = Path.Combine(directory, "faults");
        return File.Exists(file)
            ? File.ReadLines(file).Select(line => line.Split('=')).FirstOrDefault(fault => fault[0] == call)?[1]
            : null;
    }

    /// <summary>An id that no thing of this name had before.</summary>
    public string NewId(string name)
    {
        lock (_lock)
        {
            var number = 1;
            while (File.Exists(PathOf($"{name}-{number}")) || File.Exists(PathOf($"{name}-{number}") + ".gone"))
                number++;

            return string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }
    }

    public void Put(string id, PropertyMap inputs) => File.WriteAllText(PathOf(id), Json(inputs).ToJsonString());

    public PropertyMap? Find(string id) =>
        !File.Exists(PathOf(id))
            ? null
            : PropertyMap.From(
                JsonNode
                    .Parse(File.ReadAllText(PathOf(id)))!
                    .AsObject()
                    .Select(entry => KeyValuePair.Create(entry.Key, Value(entry.Key, entry.Value!)))
            );

    public void Remove(string id)
    {
        if (File.Exists(PathOf(id)))
            File.Move(PathOf(id), PathOf(id) + ".gone");
    }

    /// <summary>Properties in one line; secrets are shown, marked: these are no secrets of anybody's.</summary>
    public static string Text(PropertyMap map) => Json(map).ToJsonString();

    private static JsonObject Json(PropertyMap map) =>
        new(
            map.Select(entry =>
                KeyValuePair.Create(
                    entry.Key,
                    entry.Value.Bare switch
                    {
                        PropertyValue.NumberValue number => JsonValue.Create(number.Value),
                        PropertyValue.BoolValue flag => JsonValue.Create(flag.Value),
                        PropertyValue.TextValue text => JsonValue.Create(text.Value),
                        PropertyValue.NullValue => null,
                        var other => (JsonNode?)JsonValue.Create($"({other})"),
                    }
                )
            )
        );

    private static PropertyValue Value(string name, JsonNode value) =>
        value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.Number => PropertyValue.Of((double)value),
            System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => PropertyValue.Of(
                (bool)value
            ),
            _ => name == "token" ? PropertyValue.Of((string)value!).AsSecret() : PropertyValue.Of((string)value!),
        };

    private string PathOf(string id) => Path.Combine(directory, "things", id);
}
