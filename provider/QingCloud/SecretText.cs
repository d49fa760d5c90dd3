using System.Security.Cryptography;
using System.Text;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A text that must not be shown: printing or interpolating it gives <c>[secret]</c>, and from when it is made
/// the <see cref="Sanitizer"/> takes it out of every text.</summary>
internal sealed class SecretText : IEquatable<SecretText>
{
    /// <summary>Stands for a password that cannot be read; it is no secret itself.</summary>
    public const string Unreadable = "(imported: set source.password in the program)";

    private readonly string _value;

    /// <summary>Makes a secret of a text.</summary>
    public SecretText(string value)
        : this(value, isPassing: false) { }

    private SecretText(string value, bool isPassing)
    {
        _value = value;
        if (value != Unreadable)
            SecretBook.OfProcess.Add(value, isPassing);
    }

    /// <summary>A secret that is worth nothing after a minute, as a call's signature.</summary>
    public static SecretText Passing(string value) => new(value, isPassing: true);

    /// <summary>The text itself, for the one place that sends or signs with it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(SecretText? other) =>
        other is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(_value),
            Encoding.UTF8.GetBytes(other.Reveal())
        );

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretText);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "[secret]";
}
