using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.Driver.Cli;

/// <summary>A stack's state as JSON, for demonstrations and tests: secrets are in clear, behind the protocol's
/// marks.</summary>
internal static class StateFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new MapConverter(), new ValueConverter() },
    };

    public static string Write(StackState state) => JsonSerializer.Serialize(state, Options) + "\n";

    public static StackState Read(string json) =>
        JsonSerializer.Deserialize<StackState>(json, Options) ?? throw new DriverException("The state file is empty.");

    private sealed class MapConverter : JsonConverter<PropertyMap>
    {
        public override PropertyMap Read(ref Utf8JsonReader reader, System.Type type, JsonSerializerOptions options) =>
            StructReader.Read(JsonParser.Default.Parse<Struct>(JsonElement.ParseValue(ref reader).GetRawText()));

        public override void Write(Utf8JsonWriter writer, PropertyMap value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonFormatter.Default.Format(StructWriter.Write(value)));
    }

    private sealed class ValueConverter : JsonConverter<PropertyValue>
    {
        public override bool HandleNull => true;

        public override PropertyValue Read(
            ref Utf8JsonReader reader,
            System.Type type,
            JsonSerializerOptions options
        ) => StructReader.Read(JsonParser.Default.Parse<Value>(JsonElement.ParseValue(ref reader).GetRawText()));

        public override void Write(Utf8JsonWriter writer, PropertyValue value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonFormatter.Default.Format(StructWriter.Write(value)));
    }
}
