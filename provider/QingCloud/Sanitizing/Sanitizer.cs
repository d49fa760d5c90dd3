using System.Text;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Takes secrets out of strings. Whatever comes from outside (an answer, a job's error_codes, a status, an
/// exception of the network) passes <see cref="Clean"/> where it enters; whatever leaves the process as a message passes
/// <see cref="WithoutSecrets"/> once more.</summary>
/// <remarks>
/// A known secret is found in any spelling: escaped for URLs, JSON, Python, SQL, HTML or a shell, up to several layers
/// of that, in base64 or hexadecimal; with its beginning or end cut off, as <see cref="SecretBook"/> says. A secret that
/// is not known is found where a key or a command names it, as <see cref="SecretPatterns"/> says. The rest stays as it
/// is. The time grows with the text's length alone, and of a text that is longer than any message only the beginning is
/// kept.
/// </remarks>
internal static partial class Sanitizer
{
    private const string Mark = "[redacted]";
    private const int MostThatIsRead = 8 * 1024;

    /// <summary>At the end of a text that was cut, a secret may be cut too.</summary>
    private const int MostOfASecret = 256;

    /// <summary>Notes a secret, to be taken out of every text from now on.</summary>
    public static void Remember(string secret) => SecretBook.OfProcess.Add(secret);

    /// <summary>Makes a foreign text fit for a message: without secrets, on one line, and no longer than
    /// <paramref name="length"/> characters and an ellipsis.</summary>
    public static string Clean(string text, int length)
    {
        var clean = Unprintable().Replace(Redact(text, SecretBook.OfProcess, findsUnknown: true), " ").Trim();
        return clean.Length <= length ? clean : clean[..length] + "...";
    }

    /// <summary>A message of the provider's own without the secrets of this process.</summary>
    public static string WithoutSecrets(string text) => Redact(text, SecretBook.OfProcess, findsUnknown: false);

    /// <summary>The text without the secrets of a book and, on request, without what is named as a secret.</summary>
    public static string Redact(string text, SecretBook book, bool findsUnknown)
    {
        if (text.Length < SecretBook.Shortest)
            return text;

        var isCut = text.Length > MostThatIsRead;
        var original = TextView.Of(isCut ? text[..MostThatIsRead] : text);
        var texts = Views.OfText(original);
        var hidden = new Ranges();
        if (findsUnknown)
        {
            var named = new SecretBook();
            foreach (var view in texts)
            {
                foreach (var (start, length) in SecretPatterns.Find(view.Text))
                {
                    hidden.Add(view.Origin(start, length));
                    if (!SecretBook.IsLikeAWord(view.Text.AsSpan(start, length)))
                        named.Add(view.Text.Substring(start, length));
                }
            }

            // What is named as a secret once may stand elsewhere without its name.
            Hide(texts, named, hidden);
        }

        Hide(texts, book, hidden);
        Hide(Views.OfContents(texts), book, hidden);
        var end = isCut ? MostThatIsRead - MostOfASecret : text.Length;
        return hidden.Replace(text, end, Mark) + (isCut ? "..." : "");
    }

    private static void Hide(IEnumerable<TextView> views, SecretBook book, Ranges hidden)
    {
        foreach (var view in views)
        {
            foreach (var (start, length) in book.Find(view.Text))
                hidden.Add(view.Origin(start, length));

            if (Folding.Of(view) is not { } folded)
                continue;

            foreach (var (start, length) in book.Find(folded.Text))
                hidden.Add(folded.Origin(start, length));
        }
    }

    [GeneratedRegex(
        @"[\p{Cc}\p{Cf}\s\u2028\u2029\ufffd]+",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Unprintable();

    /// <summary>Parts of a text, in any order.</summary>
    private sealed class Ranges
    {
        private readonly List<(int From, int To)> _all = [];

        public void Add((int From, int To) range) => _all.Add(range);

        /// <summary>The text up to an end, with each part, or parts that touch, replaced.</summary>
        public string Replace(string text, int end, string mark)
        {
            var result = new StringBuilder();
            var kept = 0;
            foreach (var (from, to) in Merged().Where(range => range.From < end))
            {
                result.Append(text, kept, from - kept).Append(mark);
                kept = Math.Min(to, end);
            }

            return kept == 0 && end == text.Length && result.Length == 0
                ? text
                : result.Append(text, kept, end - kept).ToString();
        }

        private IEnumerable<(int From, int To)> Merged()
        {
            (int From, int To)? last = null;
            foreach (var range in _all.OrderBy(range => range.From))
            {
                if (last is { } open && range.From <= open.To)
                {
                    last = (open.From, Math.Max(open.To, range.To));
                    continue;
                }

                if (last is { } ended)
                    yield return ended;

                last = range;
            }

            if (last is { } final)
                yield return final;
        }
    }
}
