using System.ComponentModel;

namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What becomes of the standby when the resource is deleted.</summary>
[EnumType]
public readonly struct OnDelete : IEquatable<OnDelete>
{
    private readonly string _value;

    private OnDelete(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The link is cut (<c>stop_standby</c>), whether the standby has caught up or not.</summary>
    public static OnDelete Stop { get; } = new("stop");

    /// <summary>
    /// The standby is promoted (<c>promote_standby</c>), which needs it to have caught up. The source is not made
    /// read-only.
    /// </summary>
    public static OnDelete Promote { get; } = new("promote");

    /// <summary>Whether both are the same value.</summary>
    public static bool operator ==(OnDelete left, OnDelete right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(OnDelete left, OnDelete right) => !left.Equals(right);

    /// <summary>The text that Pulumi knows the value by.</summary>
    public static explicit operator string(OnDelete value) => value._value;

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is OnDelete other && Equals(other);

    /// <inheritdoc/>
    public bool Equals(OnDelete other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => _value;
}
