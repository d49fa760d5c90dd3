using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>The document names tests as proof: they exist.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var root = FindRoot(AppContext.BaseDirectory);
        var named = TestName().Matches(File.ReadAllText(Path.Combine(root, "docs", "reliability.md")));
        var sources = Directory
            .EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);

        Assert.InRange(named.Count, 40, int.MaxValue);
        Assert.Empty(
            named
                .Where(name =>
                    !sources[name.Groups["class"].Value]
                        .Any(path =>
                            File.ReadAllText(path).Contains($" {name.Groups["test"].Value}(", StringComparison.Ordinal)
                        )
                )
                .Select(name => name.Value)
        );
    }

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "schema.json"))
            ? directory
            : FindRoot(
                Path.GetDirectoryName(directory)
                    ?? throw new InvalidOperationException("This runs outside the " + "repository.")
            );

    [GeneratedRegex(
        @"`(?<class>[A-Z][A-Za-z]+)\.(?<test>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex TestName();
}
