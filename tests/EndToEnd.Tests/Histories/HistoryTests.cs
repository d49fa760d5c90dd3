using System.Globalization;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>Holds this repository's engine against Pulumi's, where that is on the PATH: histories of one stack, with
/// options, edits, faults, Ctrl-C and kills, after whose every command both have the same state, ended alike, and asked
/// the provider for the same. Each takes half a minute and more: <c>PULUMI_HISTORIES</c> says how many of each kind are
/// lived through, all of them with a large number.</summary>
public sealed class HistoryTests
{
    private const int Usually = 2;

    [Fact]
    public Task Things_fare_alike() => CompareAsync(HistoriesOfThings.All, () => new Things());

    [Fact]
    public Task Links_fare_alike() => CompareAsync(HistoriesOfLinks.All, Links.Start);

    private static int Count => int.TryParse(
        Environment.GetEnvironmentVariable("PULUMI_HISTORIES"), CultureInfo.InvariantCulture, out var count)
        ? count
        : Usually;

    private static async Task CompareAsync(IEnumerable<string> histories, Func<ISubject> begin)
    {
        Engines.PulumiCommandLine.SkipWithoutNeeds("yaml");
        var differences = new List<string>();
        foreach (var history in histories.Take(Count))
        {
            var pulumis = await Player.PlayAsync(history, begin(), RealEngine.StartAsync);
            var models = await Player.PlayAsync(history, begin(), ModelEngine.StartAsync);
            if (!pulumis.SequenceEqual(models))
                differences.Add(string.Join('\n', [history, "Pulumi:", .. pulumis, "model:", .. models]));
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }
}
