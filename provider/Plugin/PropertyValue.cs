using System.Collections.Immutable;
using System.Text;

namespace QingCloudMySqlStandby.Plugin;

/// <summary>A Pulumi property value: JSON's kinds, and the wrappers that the Pulumi protocol adds to them (secrets,
/// outputs, unknowns, references to resources, assets). Equality is structural.</summary>
internal abstract record PropertyValue
{
    private PropertyValue() { }

    /// <summary>No value.</summary>
    public static PropertyValue Null { get; } = new NullValue();

    /// <summary>A value that is not known yet; reaches a provider only in previews.</summary>
    public static PropertyValue Unknown { get; } = new UnknownValue();

    /// <summary>Wraps a text.</summary>
    public static PropertyValue Of(string value) => new TextValue(value);

    /// <summary>Wraps a number.</summary>
    public static PropertyValue Of(double value) => new NumberValue(value);

    /// <summary>Wraps a Boolean.</summary>
    public static PropertyValue Of(bool value) => new BoolValue(value);

    /// <summary>Wraps an object.</summary>
    public static PropertyValue Of(PropertyMap value) => new MapValue(value);

    /// <summary>Marks this value as a secret, unless it is one already.</summary>
    public PropertyValue AsSecret() => this is SecretValue ? this : new SecretValue(this);

    /// <summary>The value without its outer secret and output wrappers: what the user wrote. An output without a value
    /// is <see cref="Unknown"/>; a reference to a resource without an id (a component) is its URN. Values nested in it
    /// keep their wrappers.</summary>
    public PropertyValue Bare =>
        this switch
        {
            SecretValue secret => secret.Value.Bare,
            OutputValue output => output.Value?.Bare ?? Unknown,
            ReferenceValue reference => reference.Target,
            _ => this,
        };

    /// <summary>Whether this value is a secret itself, by either of the protocol's wrappers.</summary>
    public bool IsSecret =>
        this switch
        {
            SecretValue => true,
            OutputValue output => output.IsSecretOutput || (output.Value?.IsSecret ?? false),
            _ => false,
        };

    /// <summary>Whether this value or anything nested in it is not known yet.</summary>
    public bool HasUnknowns =>
        Bare switch
        {
            UnknownValue => true,
            ListValue list => list.Items.Any(item => item.HasUnknowns),
            MapValue map => map.Map.Values.Any(item => item.HasUnknowns),
            _ => false,
        };

    /// <summary>What is derived above, <see cref="Bare"/> first, would print itself again without end.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>JSON null.</summary>
    public sealed record NullValue : PropertyValue;

    /// <summary>A value that is not known yet. All unknowns are equal, whatever type the sender expects of
    /// them.</summary>
    public sealed record UnknownValue : PropertyValue
    {
        /// <summary>The mark that the value came with, where it was a rarer one: it goes back with the same
        /// one.</summary>
        internal string? Mark { get; init; }

        /// <inheritdoc/>
        public bool Equals(UnknownValue? other) => other is not null;

        /// <inheritdoc/>
        public override int GetHashCode() => 1;
    }

    /// <summary>A Boolean.</summary>
    public sealed record BoolValue(bool Value) : PropertyValue;

    /// <summary>A number; the protocol has doubles only.</summary>
    public sealed record NumberValue(double Value) : PropertyValue;

    /// <summary>A text. It may be a secret's: it is left out of <see cref="object.ToString"/>.</summary>
    public sealed record TextValue(string Value) : PropertyValue
    {
        /// <inheritdoc/>
        public override string ToString() => "text";
    }

    /// <summary>A list.</summary>
    public sealed record ListValue(ImmutableArray<PropertyValue> Items) : PropertyValue
    {
        /// <inheritdoc/>
        public bool Equals(ListValue? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Length;
    }

    /// <summary>An object.</summary>
    public sealed record MapValue(PropertyMap Map) : PropertyValue;

    /// <summary>A value that must be kept encrypted and shown to nobody.</summary>
    public sealed record SecretValue(PropertyValue Value) : PropertyValue
    {
        /// <inheritdoc/>
        public override string ToString() => "secret";
    }

    /// <summary>An output: a value, or none while it is unknown, with what it depends on.</summary>
    public sealed record OutputValue(PropertyValue? Value, bool IsSecretOutput, ImmutableArray<string> Dependencies)
        : PropertyValue
    {
        /// <inheritdoc/>
        public bool Equals(OutputValue? other) =>
            other is not null
            && Equals(Value, other.Value)
            && IsSecretOutput == other.IsSecretOutput
            && Dependencies.SequenceEqual(other.Dependencies);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Value, IsSecretOutput);

        /// <inheritdoc/>
        public override string ToString() => IsSecretOutput ? "secret output" : "output";
    }

    /// <summary>A reference to a resource; it reads as the resource's id.</summary>
    public sealed record ReferenceValue(string Urn, PropertyValue? Id, string PackageVersion) : PropertyValue
    {
        /// <summary>What else the sender said of the resource, such as its name and type.</summary>
        public PropertyMap Others { get; init; } = PropertyMap.Empty;

        /// <summary>The id; senders write an unknown one as an empty text too.</summary>
        internal PropertyValue Target =>
            Id?.Bare switch
            {
                null => Of(Urn),
                TextValue { Value: "" } => Unknown,
                var id => id,
            };
    }

    /// <summary>An asset or archive, carried as it came: this provider has no property of that kind.</summary>
    public sealed record AssetValue(PropertyMap Content) : PropertyValue;
}
