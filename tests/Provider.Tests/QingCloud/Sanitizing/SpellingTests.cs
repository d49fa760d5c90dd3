using FsCheck;
using FsCheck.Fluent;
using QingCloudMySqlStandby.QingCloud.Sanitizing;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>A known secret is taken out of a text in every spelling of it, and little else is.</summary>
public sealed class SpellingTests
{
    private const string Mark = "[redacted]";
    private const string Before = "error connecting to 10.0.0.1:3306, using ";
    private const string After = " at line 7 of the query";

    /// <summary>What may stay at the edges: quotes, and parts of an encoded character.</summary>
    private const int MostThatStays = 6;

    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20260301, 1);

    private static Gen<string> Secrets =>
        from length in Gen.Choose(8, 32)
        from characters in Gen.Frequency(
                (12, Gen.Choose(33, 126)),
                (6, Gen.Elements(Enumerable.Range('a', 26).ToArray())),
                (2, Gen.Elements<int>('\'', '"', '\\', '%', '&', '+', '/', '@', ' ')),
                (1, Gen.Elements<int>('\u00e9', '\u4e2d', '\u20ac'))
            )
            .ListOf(length)
        let secret = string.Concat(characters.Select(c => (char)c))
        where secret.Trim().Length == length && secret.Count(char.IsAsciiLetterOrDigit) >= 6
        select secret;

    [Fact]
    public void Every_spelling_of_a_secret_is_found() =>
        Prop.ForAll(
                (
                    from secret in Secrets
                    from spelling in Gen.Elements<Spelling>([.. Spelling.OfText, .. Spelling.OfBytes])
                    select (secret, spelling)
                ).ToArbitrary(),
                sample => Hides(sample.secret, sample.spelling.Of(sample.secret), sample.spelling.Name)
            )
            .Check(Fixed);

    [Fact]
    public void Every_spelling_of_a_secret_is_found_behind_the_name_of_a_key() =>
        Prop.ForAll(
                (
                    from secret in Secrets
                    from spelling in Gen.Elements<Spelling>([.. Spelling.OfText, .. Spelling.OfBytes])
                    from key in Gen.Elements(
                        "password=",
                        "passwd: ",
                        "\"password\":",
                        "mysql -p",
                        "IDENTIFIED BY ",
                        "u:"
                    )
                    select (secret, spelling, key)
                ).ToArbitrary(),
                sample =>
                {
                    var spelled = sample.spelling.Of(sample.secret);
                    var clean = Redacted(sample.secret, sample.key + spelled, findsUnknown: true);

                    // What follows an open quote may be taken for a part of the value.
                    var left = clean.Replace(Mark, "", StringComparison.Ordinal).Length;
                    var isHidden = left <= Before.Length + sample.key.Length + After.Length + MostThatStays;
                    return isHidden && clean.Contains(Mark, StringComparison.Ordinal)
                        ? true
                        : throw new InvalidOperationException(
                            $"{sample.spelling}: {sample.key}{spelled} became {clean}"
                        );
                }
            )
            .Check(Fixed);

    [Fact]
    public void Every_spelling_of_every_spelling_is_found() =>
        Prop.ForAll(
                (
                    from secret in Secrets
                    from inner in Gen.Elements<Spelling>([.. Spelling.OfText, .. Spelling.OfBytes])
                    from outer in Gen.Elements<Spelling>([.. Spelling.OfText, .. Spelling.OfBytes.Take(3)])
                    select (secret, inner, outer)
                ).ToArbitrary(),
                sample =>
                    Hides(
                        sample.secret,
                        sample.outer.Of(sample.inner.Of(sample.secret)),
                        $"{sample.inner} in {sample.outer}",
                        mostThatStays: 4 * MostThatStays
                    )
            )
            .Check(Fixed);

    [Fact]
    public void What_is_left_of_a_secret_is_found_when_its_beginning_or_end_is_cut_off() =>
        Prop.ForAll(
                (
                    from secret in Secrets
                    from spelling in Gen.Elements<Spelling>([.. Spelling.OfText, .. Spelling.OfBytes])
                    from third in Gen.Choose(1, secret.Length / 3)
                    from isBeginning in Gen.Elements(true, false)
                    select (spelling, secret, rest: isBeginning ? secret[third..] : secret[..^third])
                ).ToArbitrary(),
                sample => Hides(sample.secret, sample.spelling.Of(sample.rest), $"{sample.spelling} of {sample.rest}")
            )
            .Check(Fixed);

    [Fact]
    public void An_encoded_secret_is_found_when_the_beginning_of_its_code_is_cut_off() =>
        Prop.ForAll(
                (
                    from secret in Secrets
                    from spelling in Gen.Elements(Spelling.OfBytes.ToArray())
                    from cut in Gen.Choose(1, 5)
                    select (secret, spelling, cut)
                ).ToArbitrary(),
                sample =>
                    Hides(
                        sample.secret,
                        sample.spelling.Of(sample.secret)[sample.cut..],
                        $"{sample.spelling} without {sample.cut}",
                        mostThatStays: 2 * MostThatStays
                    )
            )
            .Check(Fixed);

    [Fact]
    public void A_text_without_the_secret_stays_as_it_is() =>
        Prop.ForAll(
                Secrets.ToArbitrary(),
                secret =>
                {
                    var book = new SecretBook();
                    book.Add(secret);
                    return Sanitizer.Redact(Before + After, book, findsUnknown: true) == Before + After;
                }
            )
            .Check(Fixed);

    private static bool Hides(string secret, string spelled, string how, int mostThatStays = MostThatStays)
    {
        var clean = Redacted(secret, spelled, findsUnknown: false);

        var left = clean.Replace(Mark, "", StringComparison.Ordinal);
        var isHidden =
            clean.Contains(Mark, StringComparison.Ordinal)
            && clean.StartsWith(Before[..^1], StringComparison.Ordinal)
            && clean.EndsWith(After[1..], StringComparison.Ordinal)
            && left.Length <= Before.Length + After.Length + mostThatStays;
        return isHidden ? true : throw new InvalidOperationException($"{how}: {spelled} became {clean}");
    }

    private static string Redacted(string secret, string spelled, bool findsUnknown)
    {
        var book = new SecretBook();
        book.Add(secret);
        return Sanitizer.Redact(Before + spelled + After, book, findsUnknown);
    }
}
