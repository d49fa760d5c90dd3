using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Documentation;

/// <summary>A code block of a page.</summary>
/// <param name="Language">What stands after the opening fence.</param>
/// <param name="Lines">Its lines, without indentation of the block.</param>
internal sealed record CodeBlock(string Language, IReadOnlyList<string> Lines);

/// <summary>The structure of a Markdown page of this repository: headings, code blocks, tables.</summary>
internal sealed partial class MarkdownPage
{
    private readonly List<(int Level, string Text)> _headings = [];
    private readonly List<(string Section, CodeBlock Block)> _blocks = [];
    private readonly List<IReadOnlyList<string>> _tables = [];

    private MarkdownPage(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
                i = AddBlock(lines, i, fence);
            else if (Heading().Match(lines[i]) is { Success: true } heading)
                _headings.Add((heading.Groups["marks"].Length, heading.Groups["text"].Value));
            else if (lines[i].StartsWith('|'))
                AddRow(lines, i);
        }
    }

    /// <summary>The levels of its headings, in order.</summary>
    public IReadOnlyList<int> Levels => [.. _headings.Select(heading => heading.Level)];

    /// <summary>Its headings.</summary>
    public IReadOnlyList<string> Headings => [.. _headings.Select(heading => heading.Text)];

    /// <summary>Its code blocks, in order.</summary>
    public IReadOnlyList<CodeBlock> Blocks => [.. _blocks.Select(block => block.Block)];

    /// <summary>Its tables, each as its lines.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Tables => _tables;

    /// <summary>Reads a page, named from the repository's folder.</summary>
    public static MarkdownPage Read(string page) => new(File.ReadAllLines(Repository.PathOf(page)));

    /// <summary>The code blocks under a heading.</summary>
    public IReadOnlyList<CodeBlock> BlocksOf(string section) =>
        [.. _blocks.Where(block => block.Section == section).Select(block => block.Block)];

    private int AddBlock(string[] lines, int opening, Match fence)
    {
        var indent = fence.Groups["indent"].Length;
        var block = lines
            .Skip(opening + 1)
            .TakeWhile(line => line.Trim() != "```")
            .Select(line => line.Length >= indent ? line[indent..] : line.TrimStart())
            .ToList();
        var section = _headings.Count > 0 ? _headings[^1].Text : "";
        _blocks.Add((section, new CodeBlock(fence.Groups["language"].Value, block)));
        return opening + block.Count + 1;
    }

    private void AddRow(string[] lines, int index)
    {
        var continues = index > 0 && lines[index - 1].StartsWith('|');
        if (continues)
            _tables[^1] = [.. _tables[^1], lines[index]];
        else
            _tables.Add([lines[index]]);
    }

    [GeneratedRegex("^(?<indent> *)```(?<language>[a-z]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("^(?<marks>#+) (?<text>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();
}
