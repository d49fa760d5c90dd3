namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Every piece of one length that a text has, each by a polynomial hash; the next one costs a step,
/// whatever its length.</summary>
internal ref struct Pieces
{
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;
    private const ulong Mixer = 0xD6E8_FEB8_6659_FD93;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _length;
    private readonly ulong _leaving;
    private ulong _hash;
    private int _end;

    public Pieces(ReadOnlySpan<char> text, int length)
    {
        _text = text;
        _length = length;
        _leaving = 1;
        for (var at = 1; at < length; at++)
            _leaving = unchecked(_leaving * Factor);
        for (; _end < length - 1 && _end < text.Length; _end++)
            _hash = unchecked((_hash * Factor) + Mixed(text[_end]));
    }

    public readonly (int At, ulong Hash) Current => (_end - _length, _hash);

    public readonly Pieces GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_end >= _text.Length)
            return false;

        if (_end >= _length)
            _hash = unchecked(_hash - (Mixed(_text[_end - _length]) * _leaving));

        _hash = unchecked((_hash * Factor) + Mixed(_text[_end]));
        _end++;
        return true;
    }

    private static ulong Mixed(char c) => unchecked((c + 1UL) * Mixer);
}
