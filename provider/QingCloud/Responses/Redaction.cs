using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Makes foreign text fit for a message: without secrets, on one line, and short.</summary>
internal static partial class Redaction
{
    private const string Mark = "[redacted]";
    private const int MostThatIsRead = 64 * 1024;

    /// <summary>Takes the known secrets out, in every way they may be written, then everything from the first key on
    /// that names a secret: what follows such a key may be quoted in more ways than one can list. Only then is the text
    /// shortened.</summary>
    public static string Clean(string text, IEnumerable<SecretText> secrets, int length)
    {
        text = text[..Math.Min(text.Length, MostThatIsRead)];
        var spellings = secrets.SelectMany(Spellings).Distinct(StringComparer.Ordinal);
        foreach (var spelling in spellings.OrderByDescending(spelling => spelling.Length))
            text = text.Replace(spelling, Mark, StringComparison.Ordinal);

        if (SecretKey().Match(text) is { Success: true } key)
            text = text[..(key.Index + key.Groups["name"].Length)] + " " + Mark;

        text = Unprintable().Replace(text, " ").Trim();
        return text.Length <= length ? text : text[..length] + "...";
    }

    private static IEnumerable<string> Spellings(SecretText secret)
    {
        var plain = secret.Reveal();
        var backslashes = plain.Replace("\\", "\\\\", StringComparison.Ordinal);
        return plain.Length == 0
            ? []
            :
            [
                plain,
                Uri.EscapeDataString(plain),
                System.Net.WebUtility.UrlEncode(plain),
                JavaScriptEncoder.Default.Encode(plain),
                JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(plain),
                backslashes.Replace("'", "\\'", StringComparison.Ordinal),
                backslashes.Replace("\"", "\\\"", StringComparison.Ordinal),
            ];
    }

    [GeneratedRegex(
        "(?<name>(?:password|passwd|passphrase|pwd|secret|token|signature|directive|service_params|credential"
            + "|access_key)(?>\\w{0,20}))"
            + """(?>(?:\\|["'\u2018\u2019\u201c\u201d]|%22|%27|&quot;|\s){0,20})(?:[:=]|%3[AaDd])""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex SecretKey();

    [GeneratedRegex(
        @"[\p{Cc}\p{Cf}\s\u2028\u2029\ufffd]+",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Unprintable();
}
