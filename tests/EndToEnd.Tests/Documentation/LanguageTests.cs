namespace QingCloudMySqlStandby.EndToEnd.Tests.Documentation;

/// <summary>The Chinese pages keep in step with the English ones.</summary>
public sealed class LanguageTests
{
    public static TheoryData<string, string> Pages =>
        new() { { "README.md", "README.zh-CN.md" }, { "docs/failover.md", "docs/zh-CN/failover.md" } };

    [Theory]
    [MemberData(nameof(Pages))]
    public void Both_have_the_same_headings(string english, string chinese)
    {
        var levels = MarkdownPage.Read(english).Levels;

        Assert.InRange(levels.Count, 5, 100);
        Assert.Equal(levels, MarkdownPage.Read(chinese).Levels);
    }

    /// <summary>What is typed and printed is the same. Comments and drawings may be translated.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Both_have_the_same_code(string english, string chinese) =>
        Assert.Equal(Code(MarkdownPage.Read(english)), Code(MarkdownPage.Read(chinese)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Both_have_the_same_rows_in_each_table(string english, string chinese) =>
        Assert.Equal(Rows(MarkdownPage.Read(english)), Rows(MarkdownPage.Read(chinese)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_links_to_the_other_at_the_top(string english, string chinese)
    {
        Assert.Contains(Path.GetRelativePath(Folder(english), chinese), Top(english), StringComparison.Ordinal);
        Assert.Contains(Path.GetRelativePath(Folder(chinese), english), Top(chinese), StringComparison.Ordinal);

        static string Folder(string page) => Path.GetDirectoryName(page) is { Length: > 0 } folder ? folder : ".";
        static string Top(string page) => string.Join('\n', File.ReadLines(Repository.PathOf(page)).Take(4));
    }

    private static IEnumerable<string> Code(MarkdownPage page) =>
        page.Blocks.Select(block =>
            $"{block.Language}: "
            + (block.Language == "mermaid" ? $"{block.Lines.Count} lines" : string.Join('\n', block.Lines.Select(Bare)))
        );

    private static string Bare(string line)
    {
        var comment = line.IndexOf("  # ", StringComparison.Ordinal);
        comment = comment < 0 ? line.IndexOf("  // ", StringComparison.Ordinal) : comment;
        return (comment < 0 ? line : line[..comment]).TrimEnd();
    }

    private static IEnumerable<string> Rows(MarkdownPage page) =>
        page.Tables.Select(table => $"{table.Count} rows of {table[0].Count(letter => letter == '|')} bars");
}
