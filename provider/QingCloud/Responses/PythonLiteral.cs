using System.Text;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads the text of a Python 2 dictionary, which QingCloud answers some calls with: what Python's own
/// <c>repr</c> writes of dictionaries, lists, tuples, strings, numbers, None, True and False, and nothing else. Each
/// token is written as JSON's, and a JSON parser sees to the rest.</summary>
internal static partial class PythonLiteral
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowTrailingCommas = true };
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Gives what the literal stands for.</summary>
    /// <exception cref="FormatException">It is no such literal. The message quotes nothing.</exception>
    public static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(ToJson(text), Options);
        }
        catch (JsonException e)
        {
            throw new FormatException("The literal's parts do not fit together.", e);
        }
    }

    private static string ToJson(string text)
    {
        var json = new StringBuilder(text.Length);
        var end = 0;
        for (var token = Token().Match(text); token.Success; token = token.NextMatch())
        {
            json.Append(ToJson(token));
            end = token.Index + token.Length;
        }

        return end == text.Length ? json.ToString() : throw new FormatException("The literal has an unexpected part.");
    }

    private static string ToJson(Match token) =>
        token switch
        {
            _ when token.Groups["string"] is { Success: true } body => Quoted(
                Unescaped(body.Value, token.Groups["prefix"].Value)
            ),
            _ when token.Groups["key"] is { Success: true } key => Quoted(key.Value),
            _ when token.Groups["number"] is { Success: true } number => Number(number.Value),
            _ => token.Value switch
            {
                "None" => "null",
                "True" => "true",
                "False" => "false",
                "(" => "[",
                ")" => "]",
                var mark => mark,
            },
        };

    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    private static string Number(string digits) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer.ToString(CultureInfo.InvariantCulture)
        : double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
        && double.IsFinite(real)
            ? real.ToString("R", CultureInfo.InvariantCulture)
        : throw new FormatException("The literal has a number that is none.");

    /// <summary>A string without the u prefix holds bytes: Python 2 writes each byte of a UTF-8 character as an escape
    /// of its own.</summary>
    private static string Unescaped(string body, string prefix)
    {
        var read = Escape().Replace(body, Unescaped);
        var holdsBytes = prefix is not ("u" or "U") && HexadecimalEscape().IsMatch(body);
        return WithoutLoneSurrogates(holdsBytes ? FromBytes(read) : read);
    }

    private static string Unescaped(Match escape) =>
        escape.Groups["hex"] is { Success: true } hex
            ? Character(int.Parse(hex.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : escape.Value[1] switch
            {
                '\\' or '\'' or '"' or '/' => escape.Value[1..],
                'n' => "\n",
                't' => "\t",
                'r' => "\r",
                'a' => "\a",
                'b' => "\b",
                'f' => "\f",
                'v' => "\v",
                '0' => "\0",
                '\n' => "",
                'x' or 'u' or 'U' => throw new FormatException("The literal has an escape that is cut short."),
                _ => escape.Value,
            };

    private static string Character(int point) =>
        point is >= 0 and <= char.MaxValue ? ((char)point).ToString()
        : Rune.IsValid(point) ? new Rune(point).ToString()
        : throw new FormatException("The literal has an escape that stands for no character.");

    private static string FromBytes(string read)
    {
        try
        {
            return read.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff')
                ? read
                : StrictUtf8.GetString(Encoding.Latin1.GetBytes(read));
        }
        catch (DecoderFallbackException)
        {
            return read;
        }
    }

    private static string WithoutLoneSurrogates(string read) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(read));

    [GeneratedRegex(
        """
            \G(?:
              \s+
            | [][{}(),:]
            | (?<prefix>[uUbB]?)(?:
                ' (?<string>(?>(?:[^'\\]+|\\.)*)) '
              | " (?<string>(?>(?:[^"\\]+|\\.)*)) "
              | \u201c (?<string>(?>(?:[^\u201d\\]+|\\.)*)) \u201d
              | \u2018 (?<string>(?>(?:[^\u2019\\]+|\\.)*)) \u2019 )
            | (?<key>[0-9]+)(?=\s*:)
            | (?<number>[-+.0-9][-+.0-9eE]*)[lL]?
            | None | True | False )
            """,
        Flags,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Token();

    [GeneratedRegex(
        @"\\(?:x(?<hex>[0-9a-fA-F]{2})|u(?<hex>[0-9a-fA-F]{4})|U(?<hex>[0-9a-fA-F]{8})|.)",
        Flags,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\\x", Flags, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HexadecimalEscape();

    private const RegexOptions Flags =
        RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture
        | RegexOptions.IgnorePatternWhitespace
        | RegexOptions.Singleline;
}
