using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Finds what is a secret by where it stands, known or not: after a key that names one (<c>password=...</c>), in
/// a command (<c>-p...</c>, <c>IDENTIFIED BY '...'</c>) or in a URL (<c>mysql://user:...@host</c>).</summary>
internal static partial class SecretPatterns
{
    private const RegexOptions Flags =
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private const int TimeoutMilliseconds = 10_000;
    private const string Openers = "\"'`\u2018\u201c";
    private const string Closers = "\"'`\u2019\u201d";

    /// <summary>The parts of the text that are the values of secrets, in order and apart from each other.</summary>
    public static IEnumerable<(int Start, int Length)> Find(string text)
    {
        var end = 0;
        foreach (var place in Places(text).Where(place => place.Start < text.Length).OrderBy(place => place.Start))
        {
            if (place.Start < end)
                continue;

            var (start, length) = place.Length > 0 ? place : ValueAt(text, place.Start);
            if (length == 0 || IsNoSecret(text.AsSpan(start, length)))
                continue;

            end = start + length;
            yield return (start, length);
        }
    }

    /// <summary>Where a value begins; its length where the pattern knows it, otherwise 0.</summary>
    private static IEnumerable<(int Start, int Length)> Places(string text) =>
        Key()
            .Matches(text)
            .Concat(IdentifiedBy().Matches(text))
            .Select(match => (match.Index + match.Length, 0))
            .Concat(Header().Matches(text).Select(Value))
            .Concat(UserInfo().Matches(text).Select(Value))
            .Concat(Option().Matches(text).Where(IsPassword).Select(Value));

    private static (int Start, int Length) Value(Match match) =>
        (match.Groups["value"].Index, match.Groups["value"].Length);

    /// <summary>MySQL's <c>-pPASSWORD</c>; a word in lower-case letters is another command's option, unless MySQL's is
    /// there.</summary>
    private static bool IsPassword(Match option) =>
        option.Groups["command"].Success || !option.Groups["value"].ValueSpan.ContainsOnlyLowerCase();

    private static bool ContainsOnlyLowerCase(this ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (c is not ((>= 'a' and <= 'z') or '-' or '=' or ',' or '.' or ';' or ':' or ')' or '\'' or '"'))
                return false;
        }

        return true;
    }

    /// <summary>MySQL says <c>(using password: YES)</c>, and what is redacted already needs nothing.</summary>
    private static bool IsNoSecret(ReadOnlySpan<char> value) =>
        value.Equals("YES", StringComparison.Ordinal)
        || value.Equals("NO", StringComparison.Ordinal)
        || value.StartsWith("[redacted]", StringComparison.Ordinal);

    /// <summary>The value that begins there: up to the quote that closes it, the brace that closes it, or, where it has
    /// neither, the next blank or what begins another pair.</summary>
    private static (int Start, int Length) ValueAt(string text, int start)
    {
        var first = text[start];
        if (first is '{' or '[')
            return (start, LengthOfObject(text, start));
        if (Openers.IndexOf(first, StringComparison.Ordinal) is >= 0 and var kind)
            return (start + 1, LengthOfQuoted(text, start + 1, Closers[kind]));

        var bare = Bare().Match(text, start);
        return (start, bare.Success ? bare.Length : 0);
    }

    private static int LengthOfQuoted(string text, int start, char closer)
    {
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == closer)
                return at - start;
        }

        return text.Length - start;
    }

    private static int LengthOfObject(string text, int start)
    {
        var depth = 0;
        for (var at = start; at < text.Length; at++)
        {
            depth += text[at] switch
            {
                '{' or '[' => 1,
                '}' or ']' => -1,
                _ => 0,
            };
            if (depth == 0)
                return at + 1 - start;
        }

        return text.Length - start;
    }

    [GeneratedRegex(
        "(password|passwd|passphrase|pwd|secret|token|signature|directive|service_params|credential|access_?key"
            + @"|api_?key|private_?key|auth_string|\u5bc6\u7801|\u53e3\u4ee4)(?>[\w-]{0,20})"
            + """(?>(?:\\|["'`\u2018\u2019\u201c\u201d]|\]|\s){0,20})(?:=>|:=|[:=\uff1a>])(?>(?:\\|\s){0,20}(?:u(?=["']))?)"""
            + """|(?:password|passwd|passphrase|pwd)(?>\s{1,20})(?=["'`\u2018\u201c])|--password(?>\s{1,20})(?!-)""",
        Flags,
        TimeoutMilliseconds
    )]
    private static partial Regex Key();

    [GeneratedRegex(
        @"identified\s{1,20}(with\s{1,20}\S{1,64}\s{1,20})?(by|as)\s{1,20}(password\s{1,20})?|\bpassword\s{0,20}\(\s{0,20}(?=['""])",
        Flags,
        TimeoutMilliseconds
    )]
    private static partial Regex IdentifiedBy();

    [GeneratedRegex(
        @"\b(authorization[\\""']*\s{0,20}[:=][\s\\""']{0,20}\w{1,20}\s{1,20}|bearer\s{1,20})(?<value>[^\s""',;]{4,})",
        Flags,
        TimeoutMilliseconds
    )]
    private static partial Regex Header();

    [GeneratedRegex(
        @"://(?>[^\s/:@""'<>]{0,256}):(?<value>[^\s/""'<>]{1,256})@|\s(-u|--user)[\s=]{1,20}(?>[^\s:""']{1,256}):(?<value>\S{1,256})",
        Flags,
        TimeoutMilliseconds
    )]
    private static partial Regex UserInfo();

    [GeneratedRegex(
        @"(?<command>\b(mysql\w{0,20}|mariadb\S{0,20}|xtrabackup|innobackupex|mydumper|myloader)\b[^\r\n]{0,500}?)?(?<=^|[\s""'(\[,])-p(?<value>[^\s-][^\s]{0,255})",
        Flags,
        TimeoutMilliseconds
    )]
    private static partial Regex Option();

    [GeneratedRegex(
        @"\G(?:(?![,;]\s{0,20}[""']?\w{1,64}[""']?\s{0,20}[=:]|[,;.)}\]]{1,20}(\s|$))[^\s&""'<])+",
        Flags,
        TimeoutMilliseconds
    )]
    private static partial Regex Bare();
}
