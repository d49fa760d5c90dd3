using System.Globalization;
using System.Text;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>How a status message and its details are written in trailers, which hold printable ASCII only.</summary>
internal static class StatusText
{
    /// <summary>Percent-encodes a message's UTF-8; blanks at its ends too, which HTTP would strip.</summary>
    public static string Encode(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEnd = i == 0 || i == bytes.Length - 1;
            if (IsPlain(bytes[i], isEnd))
            {
                text.Append((char)bytes[i]);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{bytes[i]:X2}");
            }
        }

        return text.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/>; a percent sign that begins no code stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && TryReadCode(text, i, out var code))
            {
                bytes.Add(code);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    public static string EncodeBinary(ReadOnlyMemory<byte> value) => Convert.ToBase64String(value.Span).TrimEnd('=');

    /// <summary>Reads base64 with or without padding.</summary>
    public static byte[] DecodeBinary(string text)
    {
        var bare = text.TrimEnd('=');
        return Convert.FromBase64String(bare.PadRight((bare.Length + 3) / 4 * 4, '='));
    }

    private static bool IsPlain(byte value, bool isEnd) =>
        value is > 0x20 and < 0x7F and not (byte)'%' || (value == 0x20 && !isEnd);

    private static bool TryReadCode(string text, int at, out byte code)
    {
        code = 0;
        return at + 2 < text.Length && byte.TryParse(
            text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
