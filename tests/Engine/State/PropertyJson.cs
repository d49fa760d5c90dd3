using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Engine.State;

/// <summary>Property values as JSON; secrets are encrypted where a box is given, and refused where none is.</summary>
internal static class PropertyJson
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 1000 };
    private static readonly JsonSerializerOptions WriteOptions = new() { MaxDepth = 1000 };

    public static JsonObject Write(PropertyMap map, SecretBox? secrets)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map)
            json[key] = WriteValue(value, secrets);

        return json;
    }

    public static PropertyMap Read(JsonNode? json, SecretBox? secrets) =>
        PropertyMap.From(
            (json as JsonObject ?? []).Select(entry => KeyValuePair.Create(entry.Key, ReadValue(entry.Value, secrets)))
        );

    /// <summary>Plain JSON text of a value; secrets lose their wrapper.</summary>
    public static string WritePlain(PropertyValue value) =>
        WriteValue(PropertyValues.Strip(value), secrets: null)?.ToJsonString(WriteOptions) ?? "null";

    /// <summary>Reads plain JSON text.</summary>
    public static PropertyValue ReadPlain(string text) =>
        ReadValue(JsonNode.Parse(text, null, DocumentOptions), secrets: null);

    public static JsonNode? WriteValue(PropertyValue value, SecretBox? secrets) =>
        value switch
        {
            PropertyValue.NullValue => null,
            PropertyValue.BoolValue truth => truth.Value,
            PropertyValue.NumberValue number => number.Value,
            PropertyValue.TextValue text => text.Value,
            PropertyValue.ListValue list => new JsonArray([.. list.Items.Select(item => WriteValue(item, secrets))]),
            PropertyValue.MapValue map => Write(map.Map, secrets),
            PropertyValue.SecretValue secret => Marked(Signatures.Secret, "ciphertext", Encrypt(secret.Value, secrets)),
            PropertyValue.ReferenceValue reference => WriteReference(reference, secrets),
            PropertyValue.AssetValue asset => Write(asset.Content, secrets),
            PropertyValue.OutputValue { Value: { } inner } output => WriteValue(
                output.IsSecretOutput ? inner.AsSecret() : inner,
                secrets
            ),
            _ => throw new InvalidOperationException("A state holds known values only."),
        };

    private static string Encrypt(PropertyValue value, SecretBox? secrets) =>
        (secrets ?? throw new InvalidOperationException("Secrets are not written in the clear.")).Encrypt(
            WriteValue(value, secrets)?.ToJsonString(WriteOptions) ?? "null"
        );

    private static JsonObject Marked(string signature, string key, string value) =>
        new() { [Signatures.Key] = signature, [key] = value };

    private static JsonObject WriteReference(PropertyValue.ReferenceValue reference, SecretBox? secrets)
    {
        var json = Marked(Signatures.Reference, "urn", reference.Urn);
        json["id"] = reference.Id is null ? null : WriteValue(reference.Id, secrets);
        json["packageVersion"] = reference.PackageVersion;
        return json;
    }

    public static PropertyValue ReadValue(JsonNode? json, SecretBox? secrets) =>
        json switch
        {
            null => PropertyValue.Null,
            JsonArray list => new PropertyValue.ListValue([.. list.Select(item => ReadValue(item, secrets))]),
            JsonObject map => ReadObject(map, secrets),
            _ => json.GetValueKind() switch
            {
                JsonValueKind.True => PropertyValue.Of(true),
                JsonValueKind.False => PropertyValue.Of(false),
                JsonValueKind.Number => PropertyValue.Of(json.GetValue<double>()),
                _ => PropertyValue.Of(json.GetValue<string>()),
            },
        };

    private static PropertyValue ReadObject(JsonObject map, SecretBox? secrets) =>
        (string?)map[Signatures.Key] switch
        {
            Signatures.Secret when secrets is not null => ReadValue(
                    JsonNode.Parse(secrets.Decrypt((string)map["ciphertext"]!), null, DocumentOptions),
                    secrets
                )
                .AsSecret(),
            Signatures.Reference => new PropertyValue.ReferenceValue(
                (string)map["urn"]!,
                ReadValue(map["id"], secrets),
                (string?)map["packageVersion"] ?? ""
            ),
            Signatures.Asset or Signatures.Archive => new PropertyValue.AssetValue(Read(map, secrets)),
            _ => PropertyValue.Of(Read(map, secrets)),
        };
}
