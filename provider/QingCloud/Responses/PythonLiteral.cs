using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>
/// Rewrites the text of a Python 2 dictionary, which QingCloud answers some calls with, as JSON. It reads what Python's own
/// <c>repr</c> writes of dictionaries, lists, tuples, texts, numbers, None, True and False, and nothing else.
/// </summary>
internal ref struct PythonLiteral
{
    private const int MaxDepth = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<char> text;
    private readonly Utf8JsonWriter json;
    private int at;

    private PythonLiteral(ReadOnlySpan<char> text, Utf8JsonWriter writer)
    {
        this.text = text;
        json = writer;
    }

    /// <summary>Gives the literal as UTF-8 JSON.</summary>
    /// <exception cref="FormatException">It is no such literal. The message says where, and quotes nothing.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<char> text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth + 1 }))
        {
            var literal = new PythonLiteral(text, writer);
            literal.Value(0);
            literal.SkipSpace();
            if (literal.at != text.Length)
            {
                throw literal.Unexpected();
            }
        }

        return buffer.WrittenMemory;
    }

    private void Value(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException("The literal is nested too deeply.");
        }

        SkipSpace();
        switch (Peek())
        {
            case '{':
                Dictionary(depth);
                break;
            case '[':
                List(']', depth);
                break;
            case '(':
                List(')', depth);
                break;
            case '-' or '+' or '.' or (>= '0' and <= '9'):
                Number();
                break;
            default:
                WordOrText();
                break;
        }
    }

    private void Dictionary(int depth)
    {
        at++;
        json.WriteStartObject();
        for (var first = true; !Closes('}', first); first = false)
        {
            json.WritePropertyName(Key());
            Expect(':');
            Value(depth + 1);
        }

        json.WriteEndObject();
    }

    private void List(char end, int depth)
    {
        at++;
        json.WriteStartArray();
        for (var first = true; !Closes(end, first); first = false)
        {
            Value(depth + 1);
        }

        json.WriteEndArray();
    }

    // Steps over the comma between two items, or over the closing bracket; Python allows a comma before it.
    private bool Closes(char end, bool first)
    {
        SkipSpace();
        if (!first && Peek() != end)
        {
            Expect(',');
            SkipSpace();
        }

        if (Peek() != end)
        {
            return false;
        }

        at++;
        return true;
    }

    private string Key()
    {
        SkipSpace();
        if (TryText(out var key))
        {
            return key;
        }

        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > start ? text[start..at].ToString() : throw Unexpected();
    }

    private void WordOrText()
    {
        if (TryText(out var value))
        {
            json.WriteStringValue(value);
        }
        else if (TryWord("None"))
        {
            json.WriteNullValue();
        }
        else if (TryWord("True"))
        {
            json.WriteBooleanValue(true);
        }
        else if (TryWord("False"))
        {
            json.WriteBooleanValue(false);
        }
        else
        {
            throw Unexpected();
        }
    }

    private bool TryWord(string word)
    {
        if (!text[at..].StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        at += word.Length;
        return true;
    }

    private void Number()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '+' or '-' or '.' or 'e' or 'E'))
        {
            at++;
        }

        var digits = text[start..at];
        if (at < text.Length && text[at] is 'L' or 'l')
        {
            at++;
        }

        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            json.WriteNumberValue(whole);
        }
        else if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
        {
            json.WriteNumberValue(real);
        }
        else
        {
            throw Unexpected();
        }
    }

    private bool TryText(out string value)
    {
        value = "";
        var open = at;
        var isUnicode = open < text.Length && text[open] is 'u' or 'U';
        if (open < text.Length && text[open] is 'u' or 'U' or 'b' or 'B')
        {
            open++;
        }

        if (open >= text.Length || Closing(text[open]) is not { } close)
        {
            return false;
        }

        at = open + 1;
        value = Text(close, isUnicode);
        return true;
    }

    private static char? Closing(char open) => open switch
    {
        '\'' or '"' => open,
        '\u201c' => '\u201d',
        '\u2018' => '\u2019',
        _ => null,
    };

    private string Text(char close, bool isUnicode)
    {
        var value = new StringBuilder();
        var holdsBytes = false;
        while (Peek() != close)
        {
            if (text[at] != '\\')
            {
                value.Append(text[at++]);
                continue;
            }

            at++;
            holdsBytes |= Peek() == 'x' && !isUnicode;
            Escape(value);
        }

        at++;
        var read = value.ToString();
        return WithoutLoneSurrogates(holdsBytes ? FromBytes(read) : read);
    }

    private void Escape(StringBuilder value)
    {
        var kind = text[at++];
        switch (kind)
        {
            case 'x':
                value.Append((char)Hex(2));
                break;
            case 'u':
                value.Append((char)Hex(4));
                break;
            case 'U':
                var point = Hex(8);
                value.Append(Rune.IsValid(point) ? new Rune(point).ToString() : throw Unexpected());
                break;
            case '\n':
                break;
            default:
                // Python leaves a backslash that begins no escape where it is.
                value.Append(Simple(kind) is { } character ? [character] : ['\\', kind]);
                break;
        }
    }

    private static char? Simple(char kind) => kind switch
    {
        '\\' or '\'' or '"' or '/' => kind,
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        '0' => '\0',
        _ => null,
    };

    private int Hex(int digits)
    {
        if (at + digits > text.Length
            || !int.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Unexpected();
        }

        at += digits;
        return value;
    }

    // A text without the u prefix holds bytes: Python 2 writes each byte of a UTF-8 character as its own escape.
    private static string FromBytes(string read)
    {
        if (read.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff'))
        {
            return read;
        }

        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(read));
        }
        catch (DecoderFallbackException)
        {
            return read;
        }
    }

    private static string WithoutLoneSurrogates(string read) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(read));

    private void Expect(char wanted)
    {
        SkipSpace();
        if (Peek() != wanted)
        {
            throw Unexpected();
        }

        at++;
    }

    private readonly char Peek() => at < text.Length ? text[at] : throw new FormatException("The literal ends too early.");

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private readonly FormatException Unexpected() =>
        new(string.Create(CultureInfo.InvariantCulture, $"The literal has something unexpected at position {at}."));
}
