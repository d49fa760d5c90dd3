using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Takes one layer of escapes off a text. What is no escape stays as it is, and what is malformed too.</summary>
internal static class Escapes
{
    private const int LongestEntity = 32;

    /// <summary>Names of HTML 5 for ASCII characters, which HTML 4 did not have.</summary>
    private static readonly FrozenDictionary<string, char> Names = new Dictionary<string, char>(StringComparer.Ordinal)
    {
        ["excl"] = '!',
        ["QUOT"] = '"',
        ["num"] = '#',
        ["dollar"] = '$',
        ["percnt"] = '%',
        ["AMP"] = '&',
        ["lpar"] = '(',
        ["rpar"] = ')',
        ["ast"] = '*',
        ["midast"] = '*',
        ["plus"] = '+',
        ["comma"] = ',',
        ["period"] = '.',
        ["sol"] = '/',
        ["colon"] = ':',
        ["semi"] = ';',
        ["LT"] = '<',
        ["equals"] = '=',
        ["GT"] = '>',
        ["quest"] = '?',
        ["commat"] = '@',
        ["lbrack"] = '[',
        ["lsqb"] = '[',
        ["bsol"] = '\\',
        ["rbrack"] = ']',
        ["rsqb"] = ']',
        ["Hat"] = '^',
        ["lowbar"] = '_',
        ["UnderBar"] = '_',
        ["grave"] = '`',
        ["DiacriticalGrave"] = '`',
        ["lbrace"] = '{',
        ["lcub"] = '{',
        ["verbar"] = '|',
        ["vert"] = '|',
        ["VerticalLine"] = '|',
        ["rbrace"] = '}',
        ["rcub"] = '}',
        ["Tab"] = '\t',
        ["NewLine"] = '\n',
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The ways to take a layer off.</summary>
    public static IReadOnlyList<Func<TextView, TextView?>> All { get; } = [Percent, Form, Backslash, Html, Quotes];

    /// <summary><c>%40</c>, and <c>%u0040</c> of old browsers.</summary>
    public static TextView? Percent(TextView view) => Percent(view, isForm: false);

    /// <summary>The same, where a plus is a blank.</summary>
    public static TextView? Form(TextView view) =>
        view.Text.Contains('+', StringComparison.Ordinal) ? Percent(view, isForm: true) : null;

    /// <summary>The escapes of JSON, Python, C, SQL and shells.</summary>
    public static TextView? Backslash(TextView view)
    {
        var text = view.Text;
        if (!text.Contains('\\', StringComparison.Ordinal))
            return null;

        var built = new TextView.Builder(view);
        for (var at = 0; at < text.Length; )
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                built.Add(text[at], at, 1);
                at++;
            }
            else if (ByteAt(text, at) is { Length: > 0 })
            {
                at = AddBytes(built, text, at, ByteAt);
            }
            else
            {
                var (rune, length) = Escaped(text, at);
                built.Add(rune, at, length);
                at += length;
            }
        }

        return built.Build();

        static (byte Value, int Length) ByteAt(string text, int at) =>
            Digits(text, at, @"\x", 2, 2, 16) is { Length: > 0 } hex ? ((byte)hex.Value, hex.Length)
            : Digits(text, at, @"\", 3, 3, 8) is { Length: > 0, Value: < 256 } octal ? ((byte)octal.Value, octal.Length)
            : default;
    }

    /// <summary><c>&amp;amp;</c>, <c>&amp;#64;</c>, <c>&amp;#x40;</c>.</summary>
    public static TextView? Html(TextView view)
    {
        var text = view.Text;
        if (!text.Contains('&', StringComparison.Ordinal))
            return null;

        var built = new TextView.Builder(view);
        for (var at = 0; at < text.Length; )
        {
            var (rune, length) = text[at] == '&' ? Entity(text, at) : default;
            if (length > 0)
                built.Add(rune, at, length);
            else
                built.Add(text[at], at, 1);

            at += Math.Max(length, 1);
        }

        return built.Build();
    }

    /// <summary>A quote within quotes, as shells (<c>'\''</c>, <c>'"'"'</c>), SQL and CSV (<c>''</c>) write it.</summary>
    public static TextView? Quotes(TextView view)
    {
        var text = view.Text;
        var built = new TextView.Builder(view);
        for (var at = 0; at < text.Length; )
        {
            var rest = text.AsSpan(at);
            var length =
                rest.StartsWith(@"'\''", StringComparison.Ordinal) ? 4
                : rest.StartsWith("'\"'\"'", StringComparison.Ordinal) ? 5
                : rest.StartsWith("\"'\"'\"", StringComparison.Ordinal) ? 5
                : rest.StartsWith("''", StringComparison.Ordinal) || rest.StartsWith("\"\"", StringComparison.Ordinal)
                    ? 2
                : 1;
            built.Add(text[at], at, length);
            at += length;
        }

        return built.Build();
    }

    private static TextView? Percent(TextView view, bool isForm)
    {
        var text = view.Text;
        if (!isForm && !text.Contains('%', StringComparison.Ordinal))
            return null;

        var built = new TextView.Builder(view);
        for (var at = 0; at < text.Length; )
        {
            if (ByteAt(text, at) is { Length: > 0 })
            {
                at = AddBytes(built, text, at, ByteAt);
            }
            else if (Digits(text, at, "%u", 4, 4, 16) is { Length: > 0 } unit)
            {
                built.Add((char)unit.Value, at, unit.Length);
                at += unit.Length;
            }
            else
            {
                built.Add(isForm && text[at] == '+' ? ' ' : text[at], at, 1);
                at++;
            }
        }

        return built.Build();

        static (byte Value, int Length) ByteAt(string text, int at)
        {
            var (value, length) = Digits(text, at, "%", 2, 2, 16);
            return ((byte)value, length);
        }
    }

    /// <summary>Adds a run of escaped bytes as the UTF-8 that it is, and as Latin-1 where it is none. Returns where the
    /// run ends.</summary>
    private static int AddBytes(
        TextView.Builder built,
        string text,
        int start,
        Func<string, int, (byte Value, int Length)> byteAt
    )
    {
        var bytes = new List<byte>();
        var places = new List<int> { start };
        for (var at = start; byteAt(text, at) is { Length: > 0 } one; )
        {
            bytes.Add(one.Value);
            at += one.Length;
            places.Add(at);
        }

        var run = bytes.ToArray();
        for (var index = 0; index < run.Length; )
        {
            var isRune = Rune.DecodeFromUtf8(run.AsSpan(index), out var rune, out var used) == OperationStatus.Done;
            used = isRune ? used : 1;
            built.Add(isRune ? rune : new Rune((char)run[index]), places[index], places[index + used] - places[index]);
            index += used;
        }

        return places[^1];
    }

    private static (Rune Rune, int Length) Escaped(string text, int at)
    {
        (int Value, int Length) code =
            Digits(text, at, @"\u", 4, 4, 16) is { Length: > 0 } four ? four
            : Digits(text, at, @"\U", 8, 8, 16) is { Length: > 0 } eight ? eight
            : Digits(text, at, @"\u{", 1, 6, 16) is { Length: > 0 } braced && at + braced.Length < text.Length
                ? (braced.Value, braced.Length + 1)
            : default;
        if (code.Length > 0)
        {
            var low = Digits(text, at + code.Length, @"\u", 4, 4, 16);
            return char.IsHighSurrogate((char)code.Value)
                && low.Length > 0
                && Rune.TryCreate((char)code.Value, (char)low.Value, out var pair)
                    ? (pair, code.Length + low.Length)
                : Rune.TryCreate(code.Value, out var rune) ? (rune, code.Length)
                : (Rune.ReplacementChar, code.Length);
        }

        var next = text[at + 1];
        var meant = next switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => '\u001b',
            'Z' => '\u001a',
            '0' => '\0',
            _ => next,
        };
        return char.IsSurrogate(next) && at + 2 < text.Length && Rune.TryCreate(next, text[at + 2], out var whole)
                ? (whole, 3)
            : Rune.TryCreate(meant, out var single) ? (single, 2)
            : (Rune.ReplacementChar, 2);
    }

    private static (Rune Rune, int Length) Entity(string text, int at)
    {
        var number =
            Digits(text, at, "&#x", 1, 6, 16) is { Length: > 0 } hex ? hex
            : Digits(text, at, "&#X", 1, 6, 16) is { Length: > 0 } upper ? upper
            : Digits(text, at, "&#", 1, 7, 10);
        if (number.Length > 0 && Rune.TryCreate(number.Value, out var numbered))
        {
            var isClosed = at + number.Length < text.Length && text[at + number.Length] == ';';
            return (numbered, number.Length + (isClosed ? 1 : 0));
        }

        var end = text.IndexOf(';', at, Math.Min(LongestEntity, text.Length - at));
        if (end < 0)
            return default;

        var name = text[(at + 1)..end];
        if (Names.TryGetValue(name, out var ascii))
            return (new Rune(ascii), end + 1 - at);

        var decoded = WebUtility.HtmlDecode(text[at..(end + 1)]);
        return decoded.Length == 1 && Rune.TryCreate(decoded[0], out var known) ? (known, end + 1 - at) : default;
    }

    /// <summary>Reads so many digits after a prefix; a length of 0 says that they are not there.</summary>
    private static (int Value, int Length) Digits(string text, int at, string prefix, int least, int most, int radix)
    {
        if (string.CompareOrdinal(text, at, prefix, 0, prefix.Length) != 0)
            return default;

        var (value, count) = (0, 0);
        for (var place = at + prefix.Length; count < most && place < text.Length; place++, count++)
        {
            var digit = Encoded.HexValue(text[place]);
            if (digit < 0 || digit >= radix)
                break;

            value = (value * radix) + digit;
        }

        return count >= least ? (value, prefix.Length + count) : default;
    }
}
