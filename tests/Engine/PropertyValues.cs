using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Engine;

/// <summary>What the engine does with values beside passing them on.</summary>
internal static class PropertyValues
{
    public static bool ContainsSecrets(PropertyValue value) =>
        value.IsSecret
        || value.Bare switch
        {
            PropertyValue.ListValue list => list.Items.Any(ContainsSecrets),
            PropertyValue.MapValue map => map.Map.Values.Any(ContainsSecrets),
            _ => false,
        };

    public static bool HasUnknowns(PropertyMap map) => map.Values.Any(value => value.HasUnknowns);

    /// <summary>The value without any wrappers, however deep.</summary>
    public static PropertyValue Strip(PropertyValue value) =>
        value.Bare switch
        {
            PropertyValue.ListValue list => new PropertyValue.ListValue([.. list.Items.Select(Strip)]),
            PropertyValue.MapValue map => PropertyValue.Of(Strip(map.Map)),
            var bare => bare,
        };

    public static PropertyMap Strip(PropertyMap map) =>
        PropertyMap.From(map.Select(entry => KeyValuePair.Create(entry.Key, Strip(entry.Value))));

    /// <summary>
    /// Marks in <paramref name="target"/> what <paramref name="source"/> has as secrets under the same names.
    /// </summary>
    public static PropertyMap MarkSecrets(PropertyMap target, PropertyMap source) =>
        PropertyMap.From(
            target.Select(entry => KeyValuePair.Create(entry.Key, MarkSecret(entry.Value, source[entry.Key])))
        );

    private static PropertyValue MarkSecret(PropertyValue target, PropertyValue source) =>
        (target, source) switch
        {
            (PropertyValue.MapValue to, PropertyValue.MapValue from) => PropertyValue.Of(MarkSecrets(to.Map, from.Map)),
            _ when ContainsSecrets(source) => target.AsSecret(),
            _ => target,
        };

    /// <summary>What the engine stores of a resource's outputs: those that the program calls secret, and those whose
    /// input of the same name is a secret, are secrets.</summary>
    public static PropertyMap ProtectOutputs(
        PropertyMap outputs,
        PropertyMap inputs,
        IReadOnlyList<string> secretOutputs
    ) =>
        PropertyMap.From(
            outputs.Select(output =>
                KeyValuePair.Create(
                    output.Key,
                    secretOutputs.Contains(output.Key) || inputs[output.Key].IsSecret
                        ? output.Value.AsSecret()
                        : output.Value
                )
            )
        );

    /// <summary>The new inputs with the old value at each ignored path.</summary>
    public static PropertyMap IgnoreChanges(PropertyMap news, PropertyMap olds, IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (path == "*")
                return olds;

            var parsed = PropertyPath.Parse(path);
            news = parsed.Replace(news, parsed.Find(PropertyValue.Of(olds)));
        }

        return news;
    }

    public static ImmutableSortedSet<string> ChangedKeys(PropertyMap olds, PropertyMap news) =>
        [
            .. olds
                .Keys.Union(news.Keys, StringComparer.Ordinal)
                .Where(key => !Strip(olds[key]).Equals(Strip(news[key]))),
        ];
}
