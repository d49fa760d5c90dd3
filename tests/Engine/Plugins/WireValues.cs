using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Values as the engine puts them on the wire. It is no copy of the plugin's own reading and writing: two that
/// were the same would agree on any mistake.</summary>
internal static class WireValues
{
    public static Struct Write(PropertyMap map)
    {
        var fields = new Struct();
        foreach (var (key, value) in map)
            fields.Fields[key] = Write(value);

        return fields;
    }

    public static PropertyMap Read(Struct? fields) =>
        fields is null
            ? PropertyMap.Empty
            : PropertyMap.From(fields.Fields.Select(field => KeyValuePair.Create(field.Key, Read(field.Value))));

    private static Value Write(PropertyValue value) =>
        value switch
        {
            PropertyValue.NullValue => Value.ForNull(),
            PropertyValue.UnknownValue => Value.ForString(Signatures.Unknowns[0]),
            PropertyValue.BoolValue truth => Value.ForBool(truth.Value),
            PropertyValue.NumberValue number => Value.ForNumber(number.Value),
            PropertyValue.TextValue text => Value.ForString(text.Value),
            PropertyValue.ListValue list => Value.ForList([.. list.Items.Select(Write)]),
            PropertyValue.MapValue map => Value.ForStruct(Write(map.Map)),
            PropertyValue.SecretValue secret => Marked(Signatures.Secret, ("value", Write(secret.Value))),
            PropertyValue.OutputValue { IsSecretOutput: true, Value: var inner } => Write(
                new PropertyValue.SecretValue(inner ?? PropertyValue.Unknown)
            ),
            PropertyValue.OutputValue output => Write(output.Value ?? PropertyValue.Unknown),
            PropertyValue.ReferenceValue reference => Marked(
                Signatures.Reference,
                ("urn", Value.ForString(reference.Urn)),
                ("id", Write(reference.Id ?? PropertyValue.Null)),
                ("packageVersion", Value.ForString(reference.PackageVersion))
            ),
            PropertyValue.AssetValue asset => Value.ForStruct(Write(asset.Content)),
            _ => throw new InvalidOperationException($"{value.GetType()} has no form on the wire."),
        };

    private static Value Marked(string signature, params ReadOnlySpan<(string Key, Value Value)> fields)
    {
        var marked = new Struct { Fields = { [Signatures.Key] = Value.ForString(signature) } };
        foreach (var (key, value) in fields)
            marked.Fields[key] = value;

        return Value.ForStruct(marked);
    }

    public static PropertyValue Read(Value? value) =>
        value?.KindCase switch
        {
            Value.KindOneofCase.BoolValue => PropertyValue.Of(value.BoolValue),
            Value.KindOneofCase.NumberValue => PropertyValue.Of(value.NumberValue),
            Value.KindOneofCase.StringValue when Signatures.Unknowns.Contains(value.StringValue) =>
                PropertyValue.Unknown,
            Value.KindOneofCase.StringValue => PropertyValue.Of(value.StringValue),
            Value.KindOneofCase.ListValue => new PropertyValue.ListValue([.. value.ListValue.Values.Select(Read)]),
            Value.KindOneofCase.StructValue => ReadObject(value.StructValue),
            _ => PropertyValue.Null,
        };

    private static PropertyValue ReadObject(Struct fields)
    {
        var signature = fields.Fields.TryGetValue(Signatures.Key, out var marker) ? marker.StringValue : null;
        return signature switch
        {
            null => PropertyValue.Of(Read(fields)),
            Signatures.Secret => Read(fields.Fields["value"]).AsSecret(),
            Signatures.Output => ReadOutput(fields),
            Signatures.Reference => new PropertyValue.ReferenceValue(
                fields.Fields["urn"].StringValue,
                fields.Fields.TryGetValue("id", out var id) ? Read(id) : null,
                fields.Fields.TryGetValue("packageVersion", out var version) ? version.StringValue : ""
            ),
            Signatures.Asset or Signatures.Archive => new PropertyValue.AssetValue(Read(fields)),
            _ => throw new EngineException($"A value has the unknown signature '{signature}'."),
        };
    }

    private static PropertyValue ReadOutput(Struct fields)
    {
        var value = fields.Fields.TryGetValue("value", out var inner) ? Read(inner) : PropertyValue.Unknown;
        return fields.Fields.TryGetValue("secret", out var secret) && secret.BoolValue ? value.AsSecret() : value;
    }
}
