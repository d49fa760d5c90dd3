namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>
/// Holds this repository's engine against Pulumi's, where that is on the PATH: histories of one stack, with options,
/// edits, faults, Ctrl-C and kills, after whose every command both have the same state, ended alike, and asked the
/// provider for the same.
/// </summary>
public sealed class HistoryTests
{
    [Theory]
    [MemberData(nameof(HistoriesOfThings.All), MemberType = typeof(HistoriesOfThings))]
    public Task Things_fare_alike(string history) => CompareAsync(history, () => new Things());

    [Theory]
    [MemberData(nameof(HistoriesOfLinks.All), MemberType = typeof(HistoriesOfLinks))]
    public Task Links_fare_alike(string history) => CompareAsync(history, Links.Start);

    private static async Task CompareAsync(string history, Func<ISubject> begin)
    {
        Engines.PulumiCommandLine.SkipWithoutNeeds("yaml");
        var pulumis = await Player.PlayAsync(history, begin(), RealEngine.StartAsync);
        var models = await Player.PlayAsync(history, begin(), ModelEngine.StartAsync);

        Stories.AssertEqual(pulumis, models);
    }
}
