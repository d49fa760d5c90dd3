namespace QingCloudMySqlStandby.EndToEnd.Tests.CallOrder;

/// <summary>The driver calls providers as Pulumi's own engine does, where that is on the PATH: the same calls with the
/// same content, in the same order, and each command ends alike.</summary>
public sealed class CallOrderTests
{
    public static TheoryData<string> Names => [.. Scenarios.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_driver_calls_as_Pulumis_engine_does(string scenario)
    {
        PulumiCommandLine.SkipWithoutNeeds("yaml");

        var isParallel = Scenarios.Parallel.Contains(scenario);
        var engine = Text(await PulumiPlayer.PlayAsync(Scenarios.All[scenario]), isParallel);
        var driver = Text(DriverPlayer.Play(Scenarios.All[scenario]), isParallel);

        Assert.True(engine == driver, $"{scenario}\n\nPulumi:\n{engine}\n\ndriver:\n{driver}");
    }

    /// <summary>The calls of independent resources, and of provider instances, have an order by chance: only the order
    /// of each resource's own calls counts.</summary>
    private static string Text(IReadOnlyList<IReadOnlyList<string>> runs, bool isParallel) =>
        string.Join(
            '\n',
            runs.SelectMany(run =>
                isParallel
                    ? run.Take(1).Concat(run.Skip(1).OrderBy(line => line[0] == ':' ? line : line.Split(':')[0]))
                    : run
            )
        );
}
