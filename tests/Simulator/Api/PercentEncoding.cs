using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>RFC 3986, strictly: what a query or a form may hold raw, and what an escape means.</summary>
internal static partial class PercentEncoding
{
    private const string Legal = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@/?%";

    // A raw plus is legal in a query, but some servers read it as a blank: a client that means either has to escape it.
    private static readonly SearchValues<char> LegalInQuery = SearchValues.Create(Legal);
    private static readonly SearchValues<char> LegalInForm = SearchValues.Create(Legal + "+");
    private static readonly UTF8Encoding Utf8Only = new(false, throwOnInvalidBytes: true);

    /// <param name="text">What is encoded.</param>
    /// <param name="inForm">Whether it is from a form, where a plus is a blank.</param>
    public static string Decode(ReadOnlySpan<char> text, bool inForm)
    {
        if (text.IndexOfAnyExcept(inForm ? LegalInForm : LegalInQuery) is >= 0 and var illegal)
            throw Refuse.Malformed($"character U+{(int)text[illegal]:X4} has to be percent-encoded");
        if (text.IndexOfAny('%', '+') < 0)
            return text.ToString();

        return BadEscape().IsMatch(text)
            ? throw Refuse.Malformed("a percent sign is not followed by two hexadecimal digits")
            : Unescape(text);
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        var bytes = Encoding.ASCII.GetBytes(text.ToArray());
        try
        {
            return Utf8Only.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length)!);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse.Malformed("the percent-encoded bytes are not UTF-8");
        }
    }

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex BadEscape();
}
