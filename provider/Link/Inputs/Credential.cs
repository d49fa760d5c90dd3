using System.Text;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>What MySQL's replication takes as user and password. It cuts nothing off: with a longer value the link
/// does not come up, after the old one was stopped for it.</summary>
internal static class Credential
{
    /// <summary>The most bytes of a password, as UTF-8.</summary>
    public const int MostPasswordBytes = 32;

    /// <summary>The most characters of a user's name.</summary>
    public const int MostUserCharacters = 32;

    /// <summary>What is wrong with a user's name, as a sentence without its subject; null where nothing is.</summary>
    public static string? UserProblem(string user)
    {
        var length = user.EnumerateRunes().Count();
        return ControlProblem(user) is { } control ? control
            : user.Trim().Length != user.Length ? "begins or ends with a blank; MySQL has no such user"
            : length > MostUserCharacters
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {length} characters, and a MySQL user has at most {MostUserCharacters}"
                )
            : null;
    }

    /// <summary>What is wrong with a password, without a word of it; null where nothing is. It may begin and end with
    /// blanks.</summary>
    public static string? PasswordProblem(string password)
    {
        var length = Encoding.UTF8.GetByteCount(password);
        return ControlProblem(password) is { } control ? control
            : length > MostPasswordBytes
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {length} bytes; MySQL's replication takes at most {MostPasswordBytes}: use a shorter password"
                )
            : null;
    }

    /// <summary>What is unusual about a user or a password that may work all the same; null where nothing is.</summary>
    public static string? Oddity(string value) =>
        value.Trim().Length != value.Length ? "begins or ends with a blank"
        : value.EnumerateRunes().Any(IsInvisible) ? "contains a character that is not shown, such as a zero-width space"
        : null;

    /// <summary>What is wrong with a string that has control characters; null where it has none.</summary>
    public static string? ControlProblem(string value) =>
        value.TrimEnd('\r', '\n').Length != value.Length
            ? "ends with a line break, most often that of the file it was read from: take it off"
        : value.Any(char.IsControl) ? "contains a control character: take it out"
        : null;

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse;
}
