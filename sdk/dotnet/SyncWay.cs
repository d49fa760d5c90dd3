using System.ComponentModel;

namespace Pulumi.QingCloudMySqlStandby;

/// <summary>How the data comes to the standby.</summary>
[EnumType]
public readonly struct SyncWay : IEquatable<SyncWay>
{
    private readonly string _value;

    private SyncWay(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>A full copy, then incrementally. It overwrites the standby's data.</summary>
    public static SyncWay Full { get; } = new("full");

    /// <summary>Incrementally only: the standby holds the source's data already.</summary>
    public static SyncWay Increment { get; } = new("increment");

    /// <summary>Whether both are the same value.</summary>
    public static bool operator ==(SyncWay left, SyncWay right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(SyncWay left, SyncWay right) => !left.Equals(right);

    /// <summary>The text that Pulumi knows the value by.</summary>
    public static explicit operator string(SyncWay value) => value._value;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is SyncWay other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(SyncWay other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => _value;
}
