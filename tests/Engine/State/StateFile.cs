using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace QingCloudMySqlStandby.Engine.State;

/// <summary>Keeps a stack's state in a JSON file. The format is this engine's own, not Pulumi's; secrets in it are
/// encrypted with the stack's passphrase. A file is written beside the old one and then put in its place: a crash
/// leaves one or the other.</summary>
internal sealed class StateFile : IStateStore
{
    private const int Format = 2;

    private readonly string _path;
    private readonly SecretBox _secrets;
    private readonly JsonSerializerOptions _options;

    private StateFile(string path, SecretBox secrets)
    {
        (_path, _secrets, _options) = (path, secrets, OptionsFor(secrets));
        State = StackState.Empty;
    }

    public StackState State { get; private set; }

    public bool IsLocked
    {
        get => File.Exists(LockPath);
        set
        {
            if (value)
            {
                CreateDirectory();
                File.WriteAllText(LockPath, "");
            }
            else
            {
                File.Delete(LockPath);
            }
        }
    }

    private string LockPath => _path + ".lock";

    public static StateFile Open(string path, string passphrase)
    {
        if (!File.Exists(path))
            return new StateFile(path, SecretBox.Create(passphrase));

        using var text = File.OpenRead(path);
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        if (json.RootElement.GetProperty("format").GetInt32() != Format)
            throw new EngineException($"{path} is no state of this engine.");

        var salt = json.RootElement.GetProperty("salt").GetBytesFromBase64();
        var secrets = SecretBox.Open(salt, json.RootElement.GetProperty("proof").GetString()!, passphrase);
        var file = new StateFile(path, secrets);
        file.State = json.RootElement.GetProperty("state").Deserialize<StackState>(file._options)!;
        return file;
    }

    public void Save(StackState state)
    {
        State = state;
        CreateDirectory();
        var draft = _path + ".new";
        var content = new
        {
            format = Format,
            salt = _secrets.Salt,
            proof = _secrets.Proof,
            state,
        };
        File.WriteAllText(draft, JsonSerializer.Serialize(content, _options) + "\n");
        File.Move(draft, _path, overwrite: true);
    }

    private void CreateDirectory() => Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);

    private static JsonSerializerOptions OptionsFor(SecretBox secrets) =>
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            MaxDepth = 1000,
            Converters = { new UrnConverter(), new MapConverter(secrets), new ValueConverter(secrets) },
        };

    private sealed class UrnConverter : JsonConverter<Urn>
    {
        public override Urn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Urn value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class MapConverter(SecretBox secrets) : JsonConverter<PropertyMap>
    {
        public override PropertyMap Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => PropertyJson.Read(JsonNode.Parse(ref reader), secrets);

        public override void Write(Utf8JsonWriter writer, PropertyMap value, JsonSerializerOptions options) =>
            PropertyJson.Write(value, secrets).WriteTo(writer);
    }

    private sealed class ValueConverter(SecretBox secrets) : JsonConverter<PropertyValue>
    {
        public override bool HandleNull => true;

        public override PropertyValue Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => PropertyJson.ReadValue(JsonNode.Parse(ref reader), secrets);

        public override void Write(Utf8JsonWriter writer, PropertyValue value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, PropertyJson.WriteValue(value, secrets), options);
    }
}
