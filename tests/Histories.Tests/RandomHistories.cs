using System.Globalization;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Histories.Playing;
using QingCloudMySqlStandby.Histories.Scripts;
using QingCloudMySqlStandby.Link;

namespace QingCloudMySqlStandby.Histories;

/// <summary>The search. <c>HISTORIES</c> says how many histories are played; history n has the seed SEED + n. A failure
/// names its seed, and is had again with that and HISTORIES=1. <c>SKIP</c> is a pattern of violations that are
/// known. <c>TOTALS</c> names a file for what was reached and excused, and how often; 0: never.</summary>
public sealed class RandomHistories(ITestOutputHelper output)
{
    /// <summary>From so many histories on, what never occurs fails the search.</summary>
    private const int EnoughForAll = 20_000;

    /// <summary>What histories cannot lead to, and why.</summary>
    private static readonly Dictionary<string, string> Unreachable = new(StringComparer.Ordinal)
    {
        [$"Refuse {RefusalKind.InvalidInputs}"] = "only a policy changes inputs after Check",
        [$"warning {WarningKind.NotLooked}"] = "every program has credentials",
    };

    [Fact]
    public void No_history_breaks_a_promise()
    {
        var skips = Environment.GetEnvironmentVariable("SKIP") is { Length: > 0 } known ? new Regex(known) : null;
        var count = Setting("HISTORIES", 10_000);
        var search = new Search(Setting("SEED", 1), count)
        {
            MostFailures = Setting("FAILURES", 5),
            Skips = found => skips?.IsMatch(found.Description) == true,
            Progress = line => Console.Error.WriteLine(line),
        };
        var failures = search.Run();
        output.WriteLine(search.Summary);
        foreach (var (what, times) in search.Reached.OrderBy(each => each.Key, StringComparer.Ordinal))
            output.WriteLine($"{times, 9} {what}");

        if (Environment.GetEnvironmentVariable("TOTALS") is { Length: > 0 } totals)
            File.WriteAllLines(totals, Totals(search));

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        if (count >= EnoughForAll)
            Assert.Empty(Everything().Except(search.Reached.Keys).Except(Unreachable.Keys));
    }

    [Fact]
    public void A_history_is_the_same_each_time()
    {
        var seed = Setting("SEED", 1);
        Parallel.ForEach(
            Enumerable.Range(seed, Setting("TWICE", 40)),
            each =>
            {
                var script = new Generator(new Random(each)).Draw();
                var (first, second) = (new List<string>(), new List<string>());
                var violations = History.Play(script, trace: first).Violations;
                Assert.Equal(violations, History.Play(script, trace: second).Violations);
                Assert.Equal(first, second);
            }
        );
    }

    /// <summary>Plays the script in <c>SCRIPT</c> and prints what happened.</summary>
    [Fact]
    public void A_script_is_shown()
    {
        var script = Environment.GetEnvironmentVariable("SCRIPT");
        Assert.SkipWhen(script is null, "SCRIPT is not set.");
        var trace = new List<string>();
        var outcome = History.Play(Script.Parse(script), trace: trace);
        trace.AddRange(outcome.Violations.Select(found => $"BROKEN {found}"));
        output.WriteLine(string.Join(Environment.NewLine, trace));
    }

    private static IEnumerable<string> Totals(Search search) =>
        search
            .Reached.Concat(search.Excused.Select(each => KeyValuePair.Create($"excused: {each.Key}", each.Value)))
            .Concat(
                Everything()
                    .Except(search.Reached.Keys)
                    .Except(Unreachable.Keys)
                    .Select(what => KeyValuePair.Create(what, 0))
            )
            .Select(each => $"{each.Value} {each.Key}");

    private static IEnumerable<string> Everything() =>
        [
            .. Enum.GetNames<RefusalKind>().Select(kind => $"Refuse {kind}"),
            .. Enum.GetNames<WarningKind>().Select(kind => $"warning {kind}"),
            "Done",
            "Wait",
            "Look Tab",
            "Look Source",
            "Start full",
            "Start increment",
            .. Enum.GetNames<Link.Evidence.Purpose>()
                .Where(purpose => purpose != nameof(Link.Evidence.Purpose.Start))
                .Select(NameOf),
        ];

    private static string NameOf(string purpose) =>
        purpose.StartsWith("Stop", StringComparison.Ordinal) ? $"Stop {purpose}"
        : purpose.StartsWith("Promote", StringComparison.Ordinal) ? $"Promote {purpose}"
        : $"{purpose} {purpose}";

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
