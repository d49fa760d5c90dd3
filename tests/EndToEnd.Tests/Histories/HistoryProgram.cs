using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>The program of a history as it stands: resources with settings, <c>KEY=VALUE</c> each. What is no option of
/// Pulumi's is a property; <c>$NAME</c> stands for a resource, <c>$NAME.OUTPUT</c> for an output of one.</summary>
internal sealed class HistoryProgram(ISubject subject)
{
    private static readonly string[] Flags = ["protect", "retainOnDelete", "deleteBeforeReplace"];
    private static readonly string[] Lists =
    [
        "dependsOn",
        "replaceWith",
        "ignoreChanges",
        "replaceOnChanges",
        "additionalSecretOutputs",
    ];
    private static readonly string[] Texts = ["deletedWith", "provider", "import", "version", "replacementTrigger"];
    private static readonly string[] Limits = ["create", "update", "delete"];

    private readonly SortedDictionary<string, Dictionary<string, string>> _resources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _providers = [];

    /// <summary>Declares a resource, or changes one: an empty value takes a setting away.</summary>
    public void Set(string name, IEnumerable<string> words)
    {
        var settings = _resources.TryGetValue(name, out var before) ? before : _resources[name] = [];
        foreach (var word in words)
        {
            if (word == "provider")
            {
                _providers.Add(name);
                continue;
            }

            var (key, value) = (word.Split('=', 2)[0], word.Split('=', 2)[1]);
            if (value.Length == 0)
                settings.Remove(key);
            else
                settings[key] = value;
        }
    }

    public void Drop(string name) => _resources.Remove(name);

    public void Rename(string from, string to)
    {
        _resources[to] = _resources[from];
        _resources.Remove(from);
    }

    /// <summary>The URN of a resource, in the program or not.</summary>
    public string Urn(string name)
    {
        var type = _providers.Contains(name) ? $"pulumi:providers:{subject.Package}" : subject.Type;
        return $"urn:pulumi:dev::history::{type}::{name}";
    }

    /// <summary>The project as JSON, which YAML is a superset of. What is referred to comes first: Pulumi's host for
    /// YAML does not look for it in every option.</summary>
    public string ToYaml() =>
        new JsonObject
        {
            ["name"] = "history",
            ["runtime"] = "yaml",
            ["plugins"] = new JsonObject
            {
                ["providers"] = new JsonArray(
                    new JsonObject { ["name"] = subject.Package, ["path"] = subject.PluginDirectory }
                ),
            },
            ["resources"] = new JsonObject(
                _resources
                    .OrderByDescending(resource => _providers.Contains(resource.Key))
                    .Select(resource =>
                        KeyValuePair.Create(resource.Key, (JsonNode?)ResourceOf(resource.Key, resource.Value))
                    )
            ),
        }.ToJsonString();

    private JsonObject ResourceOf(string name, Dictionary<string, string> settings)
    {
        var options = settings.Where(setting => OptionOf(setting.Key) is not null).ToDictionary();
        var isProvider = _providers.Contains(name);
        var properties = settings.Where(setting => !options.ContainsKey(setting.Key)).ToDictionary();
        return new JsonObject
        {
            ["type"] = isProvider
                ? $"pulumi:providers:{subject.Package}"
                : subject.Type.Replace(":index:", ":", StringComparison.Ordinal),
            ["properties"] = isProvider
                ? new JsonObject(
                    properties.Select(property => KeyValuePair.Create(property.Key, Value(property.Value)))
                )
                : subject.PropertiesOf(properties),
            ["options"] = OptionsOf(options),
        };
    }

    private static string? OptionOf(string key) =>
        key == "aliases" || Flags.Contains(key) || Lists.Contains(key) || Texts.Contains(key) || Limits.Contains(key)
            ? key
            : null;

    private static JsonObject OptionsOf(Dictionary<string, string> settings)
    {
        var options = new JsonObject();
        foreach (var (key, value) in settings)
        {
            if (Limits.Contains(key))
            {
                var limits = options["customTimeouts"] ??= new JsonObject();
                limits[key] = value;
            }
            else
            {
                options[key] =
                    Flags.Contains(key) ? bool.Parse(value)
                    : Lists.Contains(key) ? new JsonArray([.. value.Split(',').Select(Value)])
                    : key == "aliases" ? new JsonArray(new JsonObject { ["name"] = value })
                    : Value(value);
            }
        }

        return options;
    }

    /// <summary>A number, a boolean, a reference or a string.</summary>
    public static JsonNode? Value(string text) =>
        text[0] == '$' ? JsonValue.Create($"${{{text[1..]}}}")
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
        : bool.TryParse(text, out var flag) ? JsonValue.Create(flag)
        : JsonValue.Create(text);
}
