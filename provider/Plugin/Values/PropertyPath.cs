using System.Collections.Immutable;
using System.Text;

namespace QingCloudMySqlStandby.Plugin.Values;

/// <summary>A path to a property: <c>source.host</c>, <c>tags["a.b"]</c>, <c>list[0]</c>, with <c>*</c> for any
/// element.</summary>
internal sealed record PropertyPath(ImmutableArray<string> Steps)
{
    /// <summary>The top-level property that the path leads into.</summary>
    public string Root => Steps.Length == 0 ? "" : Steps[0];

    /// <summary>Reads a path. Text that is no path is one step: the name of a property.</summary>
    public static PropertyPath Parse(string text)
    {
        var steps = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (at < text.Length)
        {
            var step = text[at] == '[' ? ReadBracket(text, ref at) : ReadName(text, ref at, isFirst: steps.Count == 0);
            if (step is null)
                return new PropertyPath([text]);

            steps.Add(step);
        }

        return new PropertyPath(steps.ToImmutable());
    }

    /// <summary>Whether what <paramref name="other"/> leads to is this path's target or lies within it.</summary>
    public bool Covers(PropertyPath other) =>
        Steps.Length > 0
        && Steps.Length <= other.Steps.Length
        && Steps.Zip(other.Steps).All(
            pair => pair.First is "*" || string.Equals(pair.First, pair.Second, StringComparison.Ordinal));

    private static string? ReadName(string text, ref int at, bool isFirst)
    {
        if (!isFirst)
        {
            if (text[at] != '.')
                return null;

            at++;
        }

        var end = text.IndexOfAny(['.', '['], at);
        end = end < 0 ? text.Length : end;
        var name = text[at..end];
        at = end;
        return name.Length > 0 ? name : null;
    }

    private static string? ReadBracket(string text, ref int at)
    {
        at++;
        if (at < text.Length && text[at] == '"')
            return ReadQuoted(text, ref at);

        var end = text.IndexOf(']', at);
        if (end <= at)
            return null;

        var index = text[at..end];
        at = end + 1;
        return index;
    }

    private static string? ReadQuoted(string text, ref int at)
    {
        var name = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;

            name.Append(text[at]);
        }

        if (at + 1 >= text.Length || text[at + 1] != ']')
            return null;

        at += 2;
        return name.ToString();
    }
}
