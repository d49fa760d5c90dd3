using System.Collections.Immutable;
using System.Globalization;

namespace QingCloudMySqlStandby.Engine;

/// <summary>A way into a value, such as <c>source.hosts[0]</c> or <c>tags["a.b"]</c>.</summary>
internal sealed record PropertyPath(ImmutableArray<PropertyPath.Segment> Segments)
{
    internal readonly record struct Segment(string? Name, int Index);

    public static PropertyPath Parse(string text)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var at = 0;
        while (at < text.Length)
        {
            segments.Add(text[at] == '[' ? ReadIndex(text, ref at) : ReadName(text, ref at));
            if (at < text.Length && text[at] == '.')
                at++;
        }

        return segments.Count > 0 ? new PropertyPath(segments.ToImmutable()) : throw Malformed(text);
    }

    /// <summary>The path without its first segment.</summary>
    public PropertyPath Rest => new(Segments.RemoveAt(0));

    /// <summary>What lies at this path. Whatever lies in a secret is a secret; whatever lies in an unknown is unknown;
    /// where there is nothing the answer is null.</summary>
    public PropertyValue? Find(PropertyValue root)
    {
        var (value, secret) = (root, false);
        foreach (var segment in Segments)
        {
            secret |= value.IsSecret;
            if (Step(value.Bare, segment) is not { } next)
                return null;

            value = next;
        }

        return secret ? value.AsSecret() : value;
    }

    /// <summary>Whether it is another path, or leads to where that one goes on; <c>*</c> stands for any name or
    /// index.</summary>
    public bool Covers(PropertyPath other) =>
        Segments.Length <= other.Segments.Length
        && Segments.Zip(other.Segments).All(pair => pair.First.Name == "*" || pair.First == pair.Second);

    /// <summary>
    /// This map with the value at this path replaced, or removed where <paramref name="value"/> is null.
    /// </summary>
    public PropertyMap Replace(PropertyMap map, PropertyValue? value)
    {
        if (Segments[0].Name is not { } name)
            return map;

        var replacement = Segments.Length == 1 ? value : Rest.ReplaceIn(map[name], value);
        return replacement is null ? map.Without(name) : map.With(name, replacement);
    }

    private PropertyValue? ReplaceIn(PropertyValue container, PropertyValue? value)
    {
        PropertyValue replaced = (container.Bare, Segments[0]) switch
        {
            (PropertyValue.MapValue map, { Name: not null }) => PropertyValue.Of(Replace(map.Map, value)),
            (PropertyValue.ListValue list, { Name: null, Index: var index }) when index < list.Items.Length =>
                new PropertyValue.ListValue(
                    list.Items.SetItem(
                        index,
                        (Segments.Length == 1 ? value : Rest.ReplaceIn(list.Items[index], value)) ?? PropertyValue.Null
                    )
                ),
            _ => container.Bare,
        };
        return container.IsSecret ? replaced.AsSecret() : replaced;
    }

    private static PropertyValue? Step(PropertyValue value, Segment segment) =>
        (value, segment) switch
        {
            (PropertyValue.UnknownValue, _) => value,
            (PropertyValue.MapValue map, { Name: { } name }) => map.Map.TryGetValue(name, out var found) ? found : null,
            (PropertyValue.ListValue list, { Name: null, Index: var index }) when index < list.Items.Length =>
                list.Items[index],
            _ => null,
        };

    private static Segment ReadName(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny('.', '[');
        var name = end < 0 ? text[at..] : text.Substring(at, end);
        at += name.Length;
        return name.Length > 0 ? new Segment(name, 0) : throw Malformed(text);
    }

    private static Segment ReadIndex(string text, ref int at)
    {
        var quoted = at + 1 < text.Length && text[at + 1] == '"';
        var close = text.IndexOf(quoted ? "\"]" : "]", quoted ? at + 2 : at, StringComparison.Ordinal);
        if (close < 0)
            throw Malformed(text);

        var content = text[(at + (quoted ? 2 : 1))..close];
        at = close + (quoted ? 2 : 1);
        if (quoted)
            return new Segment(content, 0);

        return int.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new Segment(null, index)
            : throw Malformed(text);
    }

    private static EngineException Malformed(string text) => new($"'{text}' is not a property path.");
}
