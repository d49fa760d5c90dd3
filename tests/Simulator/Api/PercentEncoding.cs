using System.Buffers;
using System.Text;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>RFC 3986, to the letter: what a query may hold raw, and what an escape means.</summary>
internal static class PercentEncoding
{
    // A raw plus is legal, but some servers read it as a space: a client that means either has to escape it.
    private static readonly SearchValues<char> Unescaped = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@/?");

    private static readonly UTF8Encoding Utf8Only = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept(Unescaped) < 0)
        {
            return text.ToString();
        }

        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            bytes[length++] = text[i] == '%' ? Escaped(text, ref i) : Raw(text[i]);
        }

        return Utf8(bytes.AsSpan(0, length));
    }

    private static byte Raw(char c) =>
        Unescaped.Contains(c) ? (byte)c : throw Refuse.Malformed($"character U+{(int)c:X4} has to be percent-encoded");

    private static byte Escaped(ReadOnlySpan<char> text, ref int position)
    {
        if (position + 2 >= text.Length || !char.IsAsciiHexDigit(text[position + 1]) || !char.IsAsciiHexDigit(text[position + 2]))
        {
            throw Refuse.Malformed("a percent sign is not followed by two hexadecimal digits");
        }

        position += 2;
        return Convert.FromHexString(text.Slice(position - 1, 2))[0];
    }

    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8Only.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse.Malformed("the percent-encoded bytes are not UTF-8");
        }
    }
}
