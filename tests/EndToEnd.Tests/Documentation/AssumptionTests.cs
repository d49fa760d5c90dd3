using System.Reflection;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Simulator;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Documentation;

/// <summary>docs/assumptions.md has a row for each check of the doctor and for each knob of the simulator.</summary>
public sealed partial class AssumptionTests
{
    private static readonly IReadOnlyList<string> Rows =
    [
        .. MarkdownPage.Read("docs/assumptions.md").Tables.SelectMany(table => table.Skip(2)),
    ];

    [Fact]
    public void Each_check_that_is_listed_exists()
    {
        var checks = Rows.Select(row => Check().Match(row)).Where(match => match.Success).ToList();
        var sources = string.Concat(
            Directory.EnumerateFiles(Repository.PathOf("provider", "Doctor"), "*.cs").Select(File.ReadAllText)
        );

        Assert.InRange(checks.Count, 30, 100);
        Assert.All(checks, check => Assert.Contains($"\"{check.Groups["name"]}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_knob_is_in_a_row()
    {
        var knobs = typeof(Knobs)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsStatic: false } && property.SetMethod is not null)
            .Select(property => $"`{property.Name}`")
            .ToList();

        Assert.InRange(knobs.Count, 30, 100);
        Assert.All(knobs, knob => Assert.Contains(Rows, row => row.Contains(knob, StringComparison.Ordinal)));
    }

    [GeneratedRegex("^\\| `(?<name>[a-z-]+)` \\|", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Check();
}
