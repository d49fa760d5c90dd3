using System.Text;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>The secrets that must not be shown, kept as hashes of their pieces. A text is compared with all of them at
/// once, in a time that depends on the text's length alone.</summary>
/// <remarks>
/// A secret of 1 to 3 characters, and one that is a word of the provider's own messages such as <c>password</c>, is not
/// looked for by its value: it would take ordinary words apart, and its place in a text tells nothing. It is still taken
/// out where a key names it (<see cref="SecretPatterns"/>). One of 4 or 5 characters is found as a whole. Of a longer one
/// a piece is found too, where its beginning or its end is cut off: half of it, from 5 up to 8 characters; of what reads
/// like a plain word two thirds, up to 10 characters.
/// </remarks>
internal sealed class SecretBook
{
    /// <summary>A shorter secret is not looked for by its value.</summary>
    public const int Shortest = 4;

    private const int ShortestWithPieces = 6;
    private const int LongestPiece = 8;
    private const int LongestWord = 10;
    private const int LongestSecret = 4096;

    /// <summary>How many secrets are kept: the oldest is forgotten first.</summary>
    private const int MostLasting = 10_000;

    /// <summary>How many signatures are kept; each is of use for a minute.</summary>
    private const int MostPassing = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, int>[] _pieces =
    [
        .. Enumerable.Range(0, LongestPiece + 1).Select(_ => new Dictionary<ulong, int>()),
    ];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _whole;
    private readonly Queue<string> _lasting = new();
    private readonly Queue<string> _passing = new();

    public SecretBook() => _whole = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The secrets of this process: of all resources, and of all instances of the provider.</summary>
    public static SecretBook OfProcess { get; } = new();

    /// <summary>Notes a secret; <paramref name="isPassing"/> says that it is worth little after a minute.</summary>
    public void Add(string secret, bool isPassing = false)
    {
        if (secret.Length is < Shortest or > LongestSecret || Vocabulary.IsWord(secret))
            return;

        lock (_gate)
        {
            if (!_known.Add(secret))
                return;

            Count(secret, 1);
            var (queue, most) = isPassing ? (_passing, MostPassing) : (_lasting, MostLasting);
            queue.Enqueue(secret);
            if (queue.Count > most)
            {
                var oldest = queue.Dequeue();
                _known.Remove(oldest);
                Count(oldest, -1);
            }
        }
    }

    /// <summary>The parts of the text that are a secret, or a piece of one that is long enough.</summary>
    public List<(int Start, int Length)> Find(string text)
    {
        var found = new List<(int Start, int Length)>();
        lock (_gate)
        {
            for (var length = Shortest; length <= LongestPiece; length++)
            {
                if (_pieces[length].Count > 0)
                    Find(text, length, found);
            }
        }

        return found;
    }

    private void Find(string text, int length, List<(int Start, int Length)> found)
    {
        var pieces = _pieces[length];
        var (start, end, needed) = (-1, -1, int.MaxValue);
        foreach (var (at, hash) in new Pieces(text, length))
        {
            if (!pieces.TryGetValue(hash, out var entry))
                continue;
            if (at > end)
            {
                Take();
                (start, needed) = (at, int.MaxValue);
            }

            end = at + length;
            needed = Math.Min(needed, entry & NeededMask);
        }

        Take();

        void Take()
        {
            if (start >= 0 && IsTelling(text.AsSpan(start, end - start), needed))
                found.Add((start, end - start));
        }
    }

    /// <summary>Whether a match is no coincidence: an ordinary word must be longer than a piece that no word has.</summary>
    private bool IsTelling(ReadOnlySpan<char> match, int needed) =>
        Vocabulary.IsWithinWord(match) ? _whole.Contains(match) : match.Length >= needed || !IsLikeAWord(match);

    /// <summary>Whether it has nothing but letters and what joins words.</summary>
    public static bool IsLikeAWord(ReadOnlySpan<char> match)
    {
        var (letters, upper) = (0, 0);
        foreach (var c in match)
        {
            if (char.IsAsciiLetter(c))
            {
                letters++;
                upper += char.IsAsciiLetterUpper(c) ? 1 : 0;
            }
            else if (c is not ('-' or '_' or '.' or ' ' or ':' or '/'))
            {
                return false;
            }
        }

        var beginsUpper = char.IsAsciiLetterUpper(match[0]) ? 1 : 0;
        return upper == letters || upper <= beginsUpper;
    }

    // An entry is how long a plain word must match (the low bits), and how many secrets have the piece.
    private const int NeededMask = 0xff;
    private const int One = NeededMask + 1;

    private void Count(string secret, int sign)
    {
        foreach (var spelling in Spellings(secret))
        {
            var length = PieceOf(spelling.Length);
            var needed =
                spelling.Length < ShortestWithPieces
                    ? spelling.Length
                    : Math.Clamp(((2 * spelling.Length) + 2) / 3, length, LongestWord);
            foreach (var (_, hash) in new Pieces(spelling, length))
                Count(_pieces[length], hash, needed, sign);
        }
    }

    private static void Count(Dictionary<ulong, int> pieces, ulong hash, int needed, int sign)
    {
        var entry = pieces.GetValueOrDefault(hash, needed);
        var count = (entry / One) + sign;
        if (count <= 0)
            pieces.Remove(hash);
        else
            pieces[hash] = (count * One) | Math.Min(entry & NeededMask, needed);
    }

    private static int PieceOf(int length) =>
        length < ShortestWithPieces ? length : Math.Clamp((length + 1) / 2, ShortestWithPieces - 1, LongestPiece);

    /// <summary>The secret, its UTF-8 bytes each as a character, and both without the characters that quoting adds or
    /// that get lost on the way (<see cref="Folding"/>).</summary>
    private static IEnumerable<string> Spellings(string secret)
    {
        var bytes = string.Concat(Encoding.UTF8.GetBytes(secret).Select(value => (char)value));
        return new[] { secret, bytes, Folding.Of(secret), Folding.Of(bytes) }
            .Where(spelling => spelling.Length >= Shortest && !Vocabulary.IsWord(spelling))
            .Distinct(StringComparer.Ordinal);
    }
}
