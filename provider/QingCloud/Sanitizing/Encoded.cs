namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Reads a text as if all of it were base64 or hexadecimal: where it is, a secret shows; elsewhere nothing that
/// means anything does. An encoded secret may begin anywhere in a run, and the run's own beginning may be cut off: each
/// alignment is one view.</summary>
internal static class Encoded
{
    /// <summary>Stands between two runs, so that they are not read as one.</summary>
    public const char Gap = '\uffff';

    private const int LongestSeparator = 4;

    /// <summary>The value of a hexadecimal digit; -1 for any other character.</summary>
    public static int HexValue(char c) =>
        c switch
        {
            >= '0' and <= '9' => c - '0',
            >= 'a' and <= 'f' => c - 'a' + 10,
            >= 'A' and <= 'F' => c - 'A' + 10,
            _ => -1,
        };

    /// <summary>The text as base64, in either alphabet, with line breaks in it or without; bytes are shown as the
    /// characters of the same number.</summary>
    public static IEnumerable<TextView> Base64(TextView view) =>
        Enumerable.Range(0, 4).Select(part => Base64(view, 2 * part)).OfType<TextView>();

    /// <summary>The text as hexadecimal, with separators or without; bytes are shown as the characters of the same
    /// number.</summary>
    public static IEnumerable<TextView> Hexadecimal(TextView view) =>
        Enumerable.Range(0, 2).Select(skipped => Hexadecimal(view, skipped)).OfType<TextView>();

    /// <summary>Bytes begin so many bits after the first character of a run.</summary>
    private static TextView? Base64(TextView view, int skippedBits)
    {
        var built = new TextView.Builder(view);
        var (bits, count, first) = (0, -skippedBits, 0);
        for (var at = 0; at < view.Text.Length; at++)
        {
            var c = view.Text[at];
            var value = Base64Value(c);
            if (value < 0 && IsBreakOfLine(view.Text, at))
                continue;
            if (value < 0)
            {
                // Whatever follows is not of the same run.
                built.Add(Gap, at, 1);
                count = -skippedBits;
                continue;
            }

            first = count <= 0 ? at : first;
            bits = ((bits << 6) | value) & 0xffff;
            count += 6;
            if (count < 8)
                continue;

            // The next byte begins within this character, unless all of its bits are used up.
            count -= 8;
            built.Add((char)((bits >> count) & 0xff), first, at + 1 - first);
            first = at;
        }

        return built.Build();
    }

    /// <summary>Whether a character breaks a line, or is a blank at the beginning of one.</summary>
    private static bool IsBreakOfLine(string text, int at)
    {
        while (at > 0 && text[at] is ' ' or '\t')
            at--;

        return text[at] is '\r' or '\n';
    }

    private static int Base64Value(char c) =>
        c switch
        {
            >= 'A' and <= 'Z' => c - 'A',
            >= 'a' and <= 'z' => c - 'a' + 26,
            >= '0' and <= '9' => c - '0' + 52,
            '+' or '-' => 62,
            '/' or '_' => 63,
            _ => -1,
        };

    private static TextView? Hexadecimal(TextView view, int skipped)
    {
        var built = new TextView.Builder(view);
        var digits = Digits(view.Text);
        for (var index = skipped; index + 1 < digits.Count; index += 2)
        {
            var (high, low) = (digits[index], digits[index + 1]);

            // Digits that are far apart are of two runs.
            var isOne = low - high <= LongestSeparator;
            var value = isOne ? (HexValue(view.Text[high]) << 4) | HexValue(view.Text[low]) : Gap;
            built.Add((char)value, high, low + 1 - high);
        }

        return built.Build();
    }

    /// <summary>The places of the hexadecimal digits. The zero of <c>0x</c> is none of them.</summary>
    private static List<int> Digits(string text)
    {
        var places = new List<int>();
        for (var at = 0; at < text.Length; at++)
        {
            var isPrefix = text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X';
            if (!isPrefix && HexValue(text[at]) >= 0)
                places.Add(at);
        }

        return places;
    }
}
