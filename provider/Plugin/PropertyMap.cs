using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace QingCloudMySqlStandby.Plugin;

/// <summary>An immutable set of named property values, in ordinal order of their names. Equality is
/// structural.</summary>
internal sealed class PropertyMap : IReadOnlyDictionary<string, PropertyValue>, IEquatable<PropertyMap>
{
    private readonly ImmutableSortedDictionary<string, PropertyValue> _values;

    private PropertyMap(ImmutableSortedDictionary<string, PropertyValue> values) => _values = values;

    /// <summary>A map with no properties.</summary>
    public static PropertyMap Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, PropertyValue>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<PropertyValue> Values => _values.Values;

    /// <summary>The value of a property, or <see cref="PropertyValue.Null"/> where there is none.</summary>
    public PropertyValue this[string key] => _values.TryGetValue(key, out var value) ? value : PropertyValue.Null;

    /// <summary>Makes a map of these properties; of two with one name the later counts.</summary>
    public static PropertyMap From(IEnumerable<KeyValuePair<string, PropertyValue>> values) =>
        new(Empty._values.SetItems(values));

    /// <summary>This map with one property set.</summary>
    public PropertyMap With(string key, PropertyValue value) => new(_values.SetItem(key, value));

    /// <summary>This map with one property set to a string; unchanged where there is none.</summary>
    public PropertyMap With(string key, string? value) => value is null ? this : With(key, PropertyValue.Of(value));

    /// <summary>This map with one property set to a boolean.</summary>
    public PropertyMap With(string key, bool value) => With(key, PropertyValue.Of(value));

    /// <summary>This map with one property set to a number; unchanged where there is none.</summary>
    public PropertyMap With(string key, int? value) => value is { } number ? With(key, PropertyValue.Of(number)) : this;

    /// <summary>This map without one property.</summary>
    public PropertyMap Without(string key) => new(_values.Remove(key));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PropertyValue value) =>
        _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, PropertyValue>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(PropertyMap? other) =>
        other is not null
        && Keys.SequenceEqual(other.Keys, StringComparer.Ordinal)
        && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PropertyMap);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Count;
}
