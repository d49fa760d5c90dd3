using System.Text;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>Whether a string that is shown where a password belongs may be a mask, a hash or a part of it. Then the
/// password is unknown, and not another one. A real password that looks like a mask counts as one as well: to know too
/// little only means that nothing is done.</summary>
internal static partial class PasswordMask
{
    /// <summary>MySQL's replication takes no more of a password; a longer string is a hash or ciphertext.</summary>
    private const int MostBytes = 32;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "blank",
        "censored",
        "cleared",
        "confidential",
        "credential",
        "credentials",
        "default",
        "deleted",
        "dummy",
        "empty",
        "encrypted",
        "example",
        "false",
        "filter",
        "filtered",
        "hash",
        "hashed",
        "hidden",
        "hide",
        "invisible",
        "mask",
        "masked",
        "na",
        "nil",
        "none",
        "null",
        "obfuscated",
        "omitted",
        "passphrase",
        "passwd",
        "password",
        "placeholder",
        "private",
        "protected",
        "pwd",
        "redact",
        "redacted",
        "removed",
        "replaced",
        "sanitized",
        "scrubbed",
        "secret",
        "secured",
        "sensitive",
        "set",
        "shadow",
        "stripped",
        "suppressed",
        "true",
        "unavailable",
        "undefined",
        "unknown",
        "unset",
        "withheld",
        "yes",
        "no",
    };

    /// <summary>Words that never stand in a password by chance: one of them is enough.</summary>
    private static readonly HashSet<string> Telling = new(StringComparer.OrdinalIgnoreCase)
    {
        "censored",
        "encrypted",
        "filtered",
        "hidden",
        "masked",
        "obfuscated",
        "omitted",
        "redacted",
        "sanitized",
        "scrubbed",
        "suppressed",
        "withheld",
    };

    private static readonly string[] ChineseWords =
    [
        "\u9690\u85cf", // hidden
        "\u8131\u654f", // masked
        "\u5c4f\u853d", // blocked
        "\u52a0\u5bc6", // encrypted
        "\u4fdd\u5bc6", // confidential
        "\u5bc6\u7801", // password
    ];

    /// <summary>Whether the shown string is certainly another password than the given one.</summary>
    public static bool IsOther(string shown, string password) =>
        !string.Equals(shown, password, StringComparison.Ordinal) && !MayBe(shown);

    /// <summary>Whether the string may stand for a password instead of being one.</summary>
    public static bool MayBe(string shown)
    {
        var text = shown.Trim();
        return text.Distinct().Take(2).Count() < 2
            || Encoding.UTF8.GetByteCount(text) > MostBytes
            || Covered().IsMatch(text)
            || CoveredByLetters().IsMatch(text)
            || IsBracketed(text)
            || IsOfWords(text)
            || IsDigest(text)
            || Variable().IsMatch(text);
    }

    /// <summary>Whether brackets enclose nothing but words, whichever they are.</summary>
    private static bool IsBracketed(string text) => Bracketed().IsMatch(text);

    private static bool IsOfWords(string text)
    {
        var words = Word().Matches(text).Select(word => word.Value).ToList();
        var isChinese = Array.Exists(ChineseWords, word => text.Contains(word, StringComparison.Ordinal));
        var isNothingElse = words.Count > 0 && words.TrueForAll(Words.Contains) && !text.Any(char.IsAsciiDigit);
        return isChinese || isNothingElse || words.Exists(Telling.Contains);
    }

    /// <summary>Whether it has the form of a hash: hexadecimal or base64 of a digest's length, or a scheme before
    /// it.</summary>
    private static bool IsDigest(string text) =>
        (text.Length is 16 or 32 && text.All(char.IsAsciiHexDigit))
        || Base64Digest().IsMatch(text)
        || Scheme().IsMatch(text);

    [GeneratedRegex(
        @"[*\u2022\u25cf\u25e6\u2219\u00b7\u2027\u30fb\uff0a\u2217\u2731\u25a0\u25aa\u2588\u2592]{2}"
            + @"|\u2026|\.{3}|#{3}|_{4}|-{4}|\?{3}|\A[*\u2022\u25cf]|[*\u2022\u25cf]\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Covered();

    /// <summary>A few characters of the password may be shown before or after the letters that cover it.</summary>
    [GeneratedRegex(
        @"\A.{0,4}([xX]{3,}|0{4,}).{0,4}\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CoveredByLetters();

    [GeneratedRegex(
        @"\A["
            + "'\"`]*"
            + @"(<.*>|\[.*\]|\(.*\)|\{.*\}|\$\{.*\}|%\(?\w+\)?%?s?|__\w+__|\u3010.*\u3011|\uff08.*\uff09|\u300a.*\u300b|\u00ab.*\u00bb)["
            + "'\"`]*"
            + @"\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Bracketed();

    [GeneratedRegex(
        @"\p{L}+",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\A([A-Za-z0-9+/_-]{22}==|[A-Za-z0-9+/_-]{27}=)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Base64Digest();

    [GeneratedRegex(
        @"\A(\*[0-9A-Fa-f]{6}|\$[0-9A-Za-z-]{1,10}\$|(md5|sha-?\d+|ssha|crypt|bcrypt|pbkdf2|scrypt|argon2\w*|aes|enc|vault|cipher|kms)\b[:({$])",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"\A(\$[A-Z_]+|%[sdv]|:\w+|@\w+)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Variable();
}
