using System.Globalization;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>Holds this repository's engine against Pulumi's, where that is on the PATH: histories of one stack, with
/// options, edits, faults, Ctrl-C and kills, after whose every command both have the same state, ended alike, and asked
/// the provider for the same. Each takes about half a minute: <c>PULUMI_HISTORIES</c> says how many of each kind are
/// lived through, all of them with a large number.</summary>
public sealed class HistoryTests
{
    private const int Usually = 2;

    public static TheoryData<string> OfThings => [.. HistoriesOfThings.All.Take(Count)];
    public static TheoryData<string> OfLinks => [.. HistoriesOfLinks.All.Take(Count)];

    [Theory]
    [MemberData(nameof(OfThings))]
    public Task Things_fare_alike(string history) => CompareAsync(history, () => new Things());

    [Theory]
    [MemberData(nameof(OfLinks))]
    public Task Links_fare_alike(string history) => CompareAsync(history, Links.Start);

    private static int Count =>
        int.TryParse(
            Environment.GetEnvironmentVariable("PULUMI_HISTORIES"),
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : Usually;

    private static async Task CompareAsync(string history, Func<ISubject> begin)
    {
        Engines.PulumiCommandLine.SkipWithoutNeeds("yaml");

        var pulumis = string.Join('\n', await Player.PlayAsync(history, begin(), RealEngine.StartAsync));
        var models = string.Join('\n', await Player.PlayAsync(history, begin(), ModelEngine.StartAsync));

        Assert.True(pulumis == models, $"{history}\n\nPulumi:\n{pulumis}\n\nmodel:\n{models}");
    }
}
