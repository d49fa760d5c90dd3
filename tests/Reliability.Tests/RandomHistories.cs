using System.Globalization;
using QingCloudMySqlStandby.Reliability.Tests.Checks;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>The model-based test. <c>HISTORIES</c> says how many; history n of a run has the seed SEED + n. Without
/// <c>SEED</c> each day (UTC) has seeds of its own; a failure names its seed, and is had again with that and
/// HISTORIES=1.</summary>
public sealed class RandomHistories(ITestOutputHelper output)
{
    private const int MostFailures = 5;

    [Fact]
    public void No_fault_loses_a_link_or_starts_one_twice()
    {
        var count = Setting("HISTORIES", 10_000);
        var seed = (ulong)Setting("SEED", Today);

        var search = Search.Run(seed, count, mostFailures: MostFailures);

        output.WriteLine(search.Summary);
        Assert.True(
            search.Failures.Count == 0,
            string.Join(Environment.NewLine + Environment.NewLine, search.Failures)
        );
    }

    /// <summary>The first seed of a day, far enough from the next day's.</summary>
    private static int Today =>
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber % 20_000 * 100_000;

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
