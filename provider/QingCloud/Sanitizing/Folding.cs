using System.Text;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Leaves out of a text the characters that quoting adds (quotes, backslashes, carets), and those that get lost
/// where an encoding is mistaken: everything beyond ASCII, and the question marks that take its place. A secret that is
/// written in any quoting then reads like the secret itself.</summary>
internal static class Folding
{
    public static string Of(string text) =>
        text.All(IsKept)
            ? text
            : string.Create(
                text.Count(IsKept),
                text,
                static (target, source) =>
                {
                    var at = 0;
                    foreach (var c in source)
                    {
                        if (IsKept(c))
                            target[at++] = c;
                    }
                }
            );

    /// <summary>The view without those characters; null where it has none.</summary>
    public static TextView? Of(TextView view)
    {
        if (view.Text.All(IsKept))
            return null;

        var built = new TextView.Builder(view);
        for (var at = 0; at < view.Text.Length; at++)
        {
            if (IsKept(view.Text[at]))
                built.Add(view.Text[at], at, 1);
        }

        return built.Build();
    }

    private static bool IsKept(char c) =>
        c == Encoded.Gap || c is > '\0' and <= '~' and not ('\\' or '\'' or '"' or '^' or '`' or '?');
}
