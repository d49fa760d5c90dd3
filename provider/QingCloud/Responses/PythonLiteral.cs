using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>
/// Rewrites the text of a Python 2 dictionary, which QingCloud answers some calls with, as JSON. It reads what Python's own
/// <c>repr</c> writes of dictionaries, lists, tuples, texts, numbers, None, True and False, and nothing else.
/// </summary>
internal ref struct PythonLiteral
{
    private const int MaxDepth = 64;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<char> _text;
    private readonly Utf8JsonWriter _json;
    private int _at;

    private PythonLiteral(ReadOnlySpan<char> text, Utf8JsonWriter writer)
    {
        _text = text;
        _json = writer;
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
            if (literal._at != text.Length)
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
        _at++;
        _json.WriteStartObject();
        for (var first = true; !Closes('}', first); first = false)
        {
            _json.WritePropertyName(Key());
            Expect(':');
            Value(depth + 1);
        }

        _json.WriteEndObject();
    }

    private void List(char end, int depth)
    {
        _at++;
        _json.WriteStartArray();
        for (var first = true; !Closes(end, first); first = false)
        {
            Value(depth + 1);
        }

        _json.WriteEndArray();
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

        _at++;
        return true;
    }

    private string Key()
    {
        SkipSpace();
        if (TryText(out var key))
        {
            return key;
        }

        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _at > start ? _text[start.._at].ToString() : throw Unexpected();
    }

    private void WordOrText()
    {
        if (TryText(out var value))
        {
            _json.WriteStringValue(value);
        }
        else if (TryWord("None"))
        {
            _json.WriteNullValue();
        }
        else if (TryWord("True"))
        {
            _json.WriteBooleanValue(true);
        }
        else if (TryWord("False"))
        {
            _json.WriteBooleanValue(false);
        }
        else
        {
            throw Unexpected();
        }
    }

    private bool TryWord(string word)
    {
        if (!_text[_at..].StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private void Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '+' or '-' or '.' or 'e' or 'E'))
        {
            _at++;
        }

        var digits = _text[start.._at];
        if (_at < _text.Length && _text[_at] is 'L' or 'l')
        {
            _at++;
        }

        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            _json.WriteNumberValue(whole);
        }
        else if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
        {
            _json.WriteNumberValue(real);
        }
        else
        {
            throw Unexpected();
        }
    }

    private bool TryText(out string value)
    {
        value = "";
        var open = _at;
        var isUnicode = open < _text.Length && _text[open] is 'u' or 'U';
        if (open < _text.Length && _text[open] is 'u' or 'U' or 'b' or 'B')
        {
            open++;
        }

        if (open >= _text.Length || Closing(_text[open]) is not { } close)
        {
            return false;
        }

        _at = open + 1;
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
            if (_text[_at] != '\\')
            {
                value.Append(_text[_at++]);
                continue;
            }

            _at++;
            holdsBytes |= Peek() == 'x' && !isUnicode;
            Escape(value);
        }

        _at++;
        var read = value.ToString();
        return WithoutLoneSurrogates(holdsBytes ? FromBytes(read) : read);
    }

    private void Escape(StringBuilder value)
    {
        var kind = _text[_at++];
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
        if (_at + digits > _text.Length
            || !int.TryParse(_text.Slice(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Unexpected();
        }

        _at += digits;
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

        _at++;
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : throw new FormatException("The literal ends too early.");

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private readonly FormatException Unexpected() =>
        new(string.Create(CultureInfo.InvariantCulture, $"The literal has something unexpected at position {_at}."));
}
