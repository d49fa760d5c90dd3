using System.ComponentModel;

namespace Pulumi.QingCloudMySqlStandby;

/// <summary>Where a link stands.</summary>
[EnumType]
public readonly struct LinkState : IEquatable<LinkState>
{
    private readonly string _value;

    private LinkState(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>
    /// The link is being started, or its start did not succeed yet and the next update starts it again.
    /// </summary>
    public static LinkState Starting { get; } = new("starting");

    /// <summary>The standby replicates.</summary>
    public static LinkState Replicating { get; } = new("replicating");

    /// <summary>The promotion is under way, or the source is read-only for a switchover that is not complete.</summary>
    public static LinkState Promoting { get; } = new("promoting");

    /// <summary>The standby was promoted; it may be the live primary.</summary>
    public static LinkState Promoted { get; } = new("promoted");

    /// <summary>The link ended without a promotion; the standby may be the live primary.</summary>
    public static LinkState Stopped { get; } = new("stopped");

    /// <summary>What could be read does not show whether there is a link, or was one.</summary>
    public static LinkState Unknown { get; } = new("unknown");

    /// <summary>Whether both are the same value.</summary>
    public static bool operator ==(LinkState left, LinkState right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(LinkState left, LinkState right) => !left.Equals(right);

    /// <summary>The text that Pulumi knows the value by.</summary>
    public static explicit operator string(LinkState value) => value._value;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is LinkState other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(LinkState other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => _value;
}
