using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>Compares an excerpt with an output: its parts, between lines and <c>...</c>, must come in that order.
/// Blanks do not count, as Pulumi aligns and people wrap; any job id stands for <c>j-xxxxxxxxxxx</c>, any time for the
/// one of the example.</summary>
internal static partial class Excerpt
{
    /// <summary>The first part that the output lacks; null when it has all.</summary>
    public static string? Missing(IEnumerable<string> excerpt, string output)
    {
        var text = Flat(output);
        var position = 0;
        foreach (var part in excerpt.SelectMany(line => line.Split("...")).Select(Flat).Where(part => part.Length > 0))
        {
            position = text.IndexOf(part, position, StringComparison.Ordinal);
            if (position < 0)
                return part;

            position += part.Length;
        }

        return null;
    }

    private static string Flat(string text) =>
        Blank().Replace(Time().Replace(JobId().Replace(text, "j-x"), "(time)"), "");

    [GeneratedRegex(@"\bj-[0-9a-z]+\b", RegexOptions.None, 1000)]
    private static partial Regex JobId();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", RegexOptions.None, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blank();
}
