using System.Security.Cryptography;
using System.Text;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A text that must not be shown: printing or interpolating it gives <c>[secret]</c>.</summary>
internal sealed class SecretText(string value) : IEquatable<SecretText>
{
    /// <summary>The text itself, for the one place that sends or signs with it.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public bool Equals(SecretText? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(value),
            Encoding.UTF8.GetBytes(other.Reveal())
        );

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretText);

    /// <inheritdoc/>
    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "[secret]";
}
