using System.Net;
using System.Text;
using System.Text.Json;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Ways in which a server, a shell or a library writes a string.</summary>
internal sealed record Spelling(string Name, Func<string, string> Write)
{
    public static IReadOnlyList<Spelling> OfText { get; } =
    [
        new("plain", text => text),
        new("percent", Uri.EscapeDataString),
        new("percent, lower case", text => Percent(text, "%{0:x2}", IsUnreserved)),
        new("percent, every byte", text => Percent(text, "%{0:X2}", _ => false)),
        new("form", WebUtility.UrlEncode),
        new("JSON", text => JsonSerializer.Serialize(text)),
        new("JSON, every character", text => Units(text, @"\u{0:x4}")),
        new("JSON, upper case", text => Units(text, @"\u{0:X4}")),
        new("HTML", WebUtility.HtmlEncode),
        new("HTML, decimal", text => Runes(text, "&#{0};")),
        new("HTML, hexadecimal", text => Runes(text, "&#x{0:x};")),
        new("HTML, upper case", text => Runes(text, "&#X{0:X};")),
        new("HTML, names", Named),
        new("Python bytes", text => Percent(text, @"\x{0:x2}", c => char.IsAsciiLetterOrDigit(c))),
        new("Python bytes, every byte", text => Percent(text, @"\x{0:x2}", _ => false)),
        new("octal", text => Octal(text)),
        new(
            "Python",
            text =>
                $"u'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'"
        ),
        new("SQL", text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"),
        new("SQL, backslashes", text => Before(text, @"\", @"\'""")),
        new("shell, single quotes", text => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'"),
        new("shell, both quotes", text => $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'"),
        new("shell, double quotes", text => $"\"{Before(text, @"\", "\\\"$`!")}\""),
        new("shell, backslashes", text => Before(text, @"\", @" \'""$`!&|;<>()*?[]#~={}%^@,:+")),
        new("cmd", text => Before(text, "^", "&|<>^%!\"")),
        new("CSV", text => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
    ];

    public static IReadOnlyList<Spelling> OfBytes { get; } =
    [
        .. Enumerable
            .Range(0, 3)
            .SelectMany(lead =>
                new Spelling[]
                {
                    new($"base64 + {lead}", text => Base64(text, lead)),
                    new(
                        $"base64url + {lead}",
                        text => Base64(text, lead).Replace('+', '-').Replace('/', '_').TrimEnd('=')
                    ),
                    new($"base64 in lines + {lead}", text => Lines(Base64(text, lead), 12)),
                }
            ),
        new("hexadecimal", text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))),
        new("HEXADECIMAL", text => "0x" + Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
        new("hexadecimal, colons", text => Percent(text, ":{0:x2}", _ => false)),
        new("hexadecimal, blanks", text => Percent(text, " {0:X2}", _ => false)),
        new("hexadecimal, array", text => Percent(text, "0x{0:x2}, ", _ => false)),
    ];

    public string Of(string text) => Write(text);

    public override string ToString() => Name;

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';

    private static string Percent(string text, string form, Func<char, bool> isKept) =>
        string.Concat(
            Encoding
                .UTF8.GetBytes(text)
                .Select(value =>
                    isKept((char)value)
                        ? ((char)value).ToString()
                        : string.Format(System.Globalization.CultureInfo.InvariantCulture, form, value)
                )
        );

    private static string Octal(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(value => @"\" + Convert.ToString(value, 8).PadLeft(3, '0')));

    private static string Units(string text, string form) =>
        string.Concat(text.Select(c => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, (int)c)));

    private static string Runes(string text, string form) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(rune => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, rune.Value))
        );

    private static string Before(string text, string escape, string special) =>
        string.Concat(text.Select(c => special.Contains(c, StringComparison.Ordinal) ? escape + c : c.ToString()));

    private static string Named(string text) =>
        string.Concat(
            text.Select(c =>
                c switch
                {
                    '@' => "&commat;",
                    '!' => "&excl;",
                    '#' => "&num;",
                    '$' => "&dollar;",
                    '%' => "&percnt;",
                    '/' => "&sol;",
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '"' => "&quot;",
                    '\'' => "&apos;",
                    '+' => "&plus;",
                    _ => c.ToString(),
                }
            )
        );

    private static string Base64(string text, int lead) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes("u:p"[..lead] + text));

    private static string Lines(string text, int length) =>
        string.Join("\r\n", text.Chunk(length).Select(line => new string(line)));
}
