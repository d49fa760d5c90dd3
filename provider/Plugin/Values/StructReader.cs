using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;

namespace QingCloudMySqlStandby.Plugin.Values;

/// <summary>Reads property values from the protocol's form.</summary>
internal static class StructReader
{
    public static PropertyMap Read(Struct? source) => source is null ? PropertyMap.Empty : ReadFields(source.Fields);

    public static PropertyValue Read(Value source) =>
        source.KindCase switch
        {
            Value.KindOneofCase.BoolValue => PropertyValue.Of(source.BoolValue),
            Value.KindOneofCase.NumberValue => PropertyValue.Of(source.NumberValue),
            Value.KindOneofCase.StringValue => ReadText(source.StringValue),
            Value.KindOneofCase.ListValue => new PropertyValue.ListValue([.. source.ListValue.Values.Select(Read)]),
            Value.KindOneofCase.StructValue => ReadObject(source.StructValue),
            _ => PropertyValue.Null,
        };

    private static PropertyValue ReadText(string text) =>
        text switch
        {
            Marks.UnknownText => PropertyValue.Unknown,
            _ when Marks.IsUnknown(text) => new PropertyValue.UnknownValue { Mark = text },
            _ => PropertyValue.Of(text),
        };

    private static PropertyValue ReadObject(Struct source) =>
        source.Fields.GetValueOrDefault(Marks.Signature)?.StringValue switch
        {
            Marks.Secret => new PropertyValue.SecretValue(
                ReadField(source, Marks.Value) ?? throw Malformed("secret", Marks.Value)
            ),
            Marks.Output => ReadOutput(source),
            Marks.Reference => ReadReference(source),
            Marks.Asset or Marks.Archive => new PropertyValue.AssetValue(Read(source)),

            // A kind that is not known here is carried as the object it looks like.
            _ => PropertyValue.Of(Read(source)),
        };

    private static PropertyValue.OutputValue ReadOutput(Struct source)
    {
        var isSecret = ReadField(source, Marks.IsSecret) switch
        {
            null => false,
            PropertyValue.BoolValue flag => flag.Value,
            _ => throw Malformed("output", Marks.IsSecret),
        };
        return new PropertyValue.OutputValue(ReadField(source, Marks.Value), isSecret, ReadDependencies(source));
    }

    private static ImmutableArray<string> ReadDependencies(Struct source) =>
        ReadField(source, Marks.Dependencies) switch
        {
            null => [],
            PropertyValue.ListValue list when list.Items.All(item => item is PropertyValue.TextValue) =>
            [
                .. list.Items.Cast<PropertyValue.TextValue>().Select(urn => urn.Value),
            ],
            _ => throw Malformed("output", Marks.Dependencies),
        };

    private static PropertyValue.ReferenceValue ReadReference(Struct source)
    {
        var urn =
            ReadField(source, Marks.Urn) as PropertyValue.TextValue ?? throw Malformed("resource reference", Marks.Urn);
        var version = (ReadField(source, Marks.PackageVersion) as PropertyValue.TextValue)?.Value ?? "";
        return new PropertyValue.ReferenceValue(urn.Value, ReadField(source, Marks.Id), version)
        {
            Others = ReadFields(
                source.Fields.Where(field =>
                    field.Key switch
                    {
                        Marks.Signature or Marks.Urn or Marks.Id => false,
                        Marks.PackageVersion => version.Length == 0,
                        _ => true,
                    }
                )
            ),
        };
    }

    private static PropertyMap ReadFields(IEnumerable<KeyValuePair<string, Value>> fields) =>
        PropertyMap.From(fields.Select(field => KeyValuePair.Create(field.Key, Read(field.Value))));

    private static PropertyValue? ReadField(Struct source, string key) =>
        source.Fields.GetValueOrDefault(key) is { } value ? Read(value) : null;

    private static PluginException Malformed(string kind, string field) =>
        new(
            PluginErrorCode.InvalidArgument,
            $"The engine sent a malformed {kind}: its '{field}' is missing or of a wrong type."
        );
}
