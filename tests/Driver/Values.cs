using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.Driver;

/// <summary>What the engine does with property values beside passing them on.</summary>
internal static class Values
{
    /// <summary>The values without any wrappers.</summary>
    public static PropertyMap Strip(PropertyMap map) =>
        PropertyMap.From(map.Select(entry => KeyValuePair.Create(entry.Key, Strip(entry.Value))));

    /// <summary>The value without any wrappers.</summary>
    public static PropertyValue Strip(PropertyValue value) =>
        value.Bare switch
        {
            PropertyValue.ListValue list => new PropertyValue.ListValue([.. list.Items.Select(Strip)]),
            PropertyValue.MapValue map => PropertyValue.Of(Strip(map.Map)),
            var bare => bare,
        };

    /// <summary>The outputs, each a secret where the input of the same name is one.</summary>
    public static PropertyMap MarkSecrets(PropertyMap outputs, PropertyMap inputs) =>
        PropertyMap.From(
            outputs.Select(output =>
                KeyValuePair.Create(output.Key, inputs[output.Key].IsSecret ? output.Value.AsSecret() : output.Value)
            )
        );

    /// <summary>The new inputs with the old value at each ignored path.</summary>
    public static PropertyMap Ignoring(IEnumerable<string> paths, PropertyMap news, PropertyMap olds) =>
        paths.Aggregate(
            news,
            (inputs, path) =>
                path == "*" ? olds : Put(inputs, PropertyPath.Parse(path).Steps.AsSpan(), Find(olds, path))
        );

    /// <summary>The value at a path; null where there is none.</summary>
    public static PropertyValue? Find(PropertyMap map, string path)
    {
        PropertyValue? value = PropertyValue.Of(map);
        foreach (var step in PropertyPath.Parse(path).Steps)
            value =
                value?.Bare is PropertyValue.MapValue inner && inner.Map.TryGetValue(step, out var next) ? next : null;

        return value;
    }

    /// <summary>Whether any of these paths covers another one.</summary>
    public static bool Covers(IEnumerable<string> paths, string other)
    {
        var changed = PropertyPath.Parse(other);
        return paths.Any(path => PropertyPath.Parse(path).Covers(changed));
    }

    private static PropertyMap Put(PropertyMap map, ReadOnlySpan<string> path, PropertyValue? value)
    {
        var name = path[0];
        if (path.Length == 1)
            return value is null ? map.Without(name) : map.With(name, value);

        return map[name].Bare is PropertyValue.MapValue inner
            ? map.With(name, PropertyValue.Of(Put(inner.Map, path[1..], value)))
            : map;
    }
}
