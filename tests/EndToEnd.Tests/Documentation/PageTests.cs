using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Documentation;

/// <summary>What the pages refer to exists.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Repository.Root, "*.md")
                .Concat(Folders.SelectMany(folder => Files(Repository.PathOf(folder))))
                .Select(page => Path.GetRelativePath(Repository.Root, page)),
        ];

    private static readonly string[] Folders = ["docs", "examples", "tests"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_links_to_what_is_there(string page)
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        var links = Link().Matches(text).Select(link => link.Groups["target"].Value);

        // Pages of the Pulumi Registry have its addresses.
        foreach (
            var target in links.Where(target =>
                !target.Contains("://", StringComparison.Ordinal) && !target.EndsWith('/')
            )
        )
        {
            var (file, anchor) = target.Split('#') is [var name, var heading] ? (name, heading) : (target, "");
            var path = file.Length == 0 ? Repository.PathOf(page) : Path.GetFullPath(Path.Combine(folder, file));

            Assert.True(Path.Exists(path), $"{page} links to {target}, which does not exist.");
            if (anchor.Length > 0 && path.EndsWith(".md", StringComparison.Ordinal))
            {
                var anchors = MarkdownPage.Read(Path.GetRelativePath(Repository.Root, path)).Headings.Select(Anchor);
                Assert.Contains(anchor, anchors);
            }
        }
    }

    /// <summary>The tests that docs/reliability.md names for each fault.</summary>
    [Fact]
    public void Each_test_that_is_named_exists()
    {
        var named = Test().Matches(File.ReadAllText(Repository.PathOf("docs", "reliability.md"))).ToList();
        var sources = string.Concat(
            Directory
                .EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText)
        );

        Assert.InRange(named.Count, 30, 200);
        Assert.All(named, test => Assert.Contains($" {test.Groups["name"]}(", sources, StringComparison.Ordinal));
    }

    /// <summary>A heading's anchor, as GitHub makes it.</summary>
    private static string Anchor(string heading) =>
        NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`[A-Z]\w+\.(?<name>[A-Z][A-Za-z0-9]*_\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();

    [GeneratedRegex(@"[^\w \-]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchors();
}
