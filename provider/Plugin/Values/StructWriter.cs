using Google.Protobuf.WellKnownTypes;

namespace QingCloudMySqlStandby.Plugin.Values;

/// <summary>Writes property values in the protocol's form.</summary>
internal static class StructWriter
{
    public static Struct Write(PropertyMap source) =>
        new() { Fields = { source.ToDictionary(p => p.Key, p => Write(p.Value), StringComparer.Ordinal) } };

    public static Value Write(PropertyValue source) =>
        source switch
        {
            PropertyValue.UnknownValue unknown => Value.ForString(unknown.Mark ?? Marks.UnknownText),
            PropertyValue.BoolValue flag => Value.ForBool(flag.Value),
            PropertyValue.NumberValue number => Value.ForNumber(number.Value),
            PropertyValue.TextValue text => Value.ForString(text.Value),
            PropertyValue.ListValue list => Value.ForList([.. list.Items.Select(Write)]),
            PropertyValue.MapValue map => Value.ForStruct(Write(map.Map)),
            PropertyValue.SecretValue secret => WriteMarked(Marks.Secret, (Marks.Value, Write(secret.Value))),
            PropertyValue.OutputValue output => WriteOutput(output),
            PropertyValue.ReferenceValue reference => WriteReference(reference),
            PropertyValue.AssetValue asset => Value.ForStruct(Write(asset.Content)),
            _ => Value.ForNull(),
        };

    private static Value WriteOutput(PropertyValue.OutputValue source) =>
        WriteMarked(
            Marks.Output,
            (Marks.Value, source.Value is null ? null : Write(source.Value)),
            (Marks.IsSecret, source.IsSecretOutput ? Value.ForBool(true) : null),
            (
                Marks.Dependencies,
                source.Dependencies is { IsDefaultOrEmpty: false } urns
                    ? Value.ForList([.. urns.Select(Value.ForString)])
                    : null
            )
        );

    private static Value WriteReference(PropertyValue.ReferenceValue source)
    {
        var target = WriteMarked(
            Marks.Reference,
            (Marks.Urn, Value.ForString(source.Urn)),
            (Marks.Id, source.Id is null ? null : Write(source.Id)),
            (Marks.PackageVersion, source.PackageVersion.Length > 0 ? Value.ForString(source.PackageVersion) : null)
        );
        target.StructValue.Fields.Add(Write(source.Others).Fields);
        return target;
    }

    private static Value WriteMarked(string signature, params ReadOnlySpan<(string Key, Value? Value)> fields)
    {
        var target = new Struct { Fields = { [Marks.Signature] = Value.ForString(signature) } };
        foreach (var (key, value) in fields)
        {
            if (value is not null)
                target.Fields.Add(key, value);
        }

        return Value.ForStruct(target);
    }
}
