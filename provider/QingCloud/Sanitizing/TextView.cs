using System.Text;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>A text, or what it reads as once an encoding is taken off, with the place in the original text that each of
/// its characters comes from.</summary>
internal sealed class TextView
{
    private readonly int[] _from;
    private readonly int[] _to;

    private TextView(string text, int[] from, int[] to) => (Text, _from, _to) = (text, from, to);

    public string Text { get; }

    /// <summary>The original text itself.</summary>
    public static TextView Of(string text) =>
        new(text, [.. Enumerable.Range(0, text.Length)], [.. Enumerable.Range(1, text.Length)]);

    /// <summary>The part of the original text that some characters of this view come from.</summary>
    public (int From, int To) Origin(int start, int length) => (_from[start], _to[start + length - 1]);

    /// <summary>Makes a view of another view.</summary>
    public sealed class Builder(TextView source)
    {
        private readonly StringBuilder _text = new(source.Text.Length);
        private readonly List<int> _from = new(source.Text.Length);
        private readonly List<int> _to = new(source.Text.Length);

        /// <summary>Adds a character that stands for so many characters of the source.</summary>
        public void Add(char c, int start, int length)
        {
            var (from, to) = source.Origin(start, length);
            _text.Append(c);
            _from.Add(from);
            _to.Add(to);
        }

        /// <summary>Adds a code point that stands for so many characters of the source.</summary>
        public void Add(Rune rune, int start, int length)
        {
            Span<char> units = stackalloc char[2];
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
                Add(unit, start, length);
        }

        /// <summary>The view; null where it is the source itself.</summary>
        public TextView? Build() =>
            _text.Length == source.Text.Length && _text.Equals(source.Text)
                ? null
                : new TextView(_text.ToString(), [.. _from], [.. _to]);
    }
}
