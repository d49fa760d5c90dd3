using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.World;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>Many resources at once, interrupted in the middle, and two that want the same cluster.</summary>
public sealed class ManyLinks : IDisposable
{
    private const int Links = 100;

    private readonly SimulatedWorld _world = new();
    private readonly ProgramStack _stack;

    public ManyLinks() => _stack = new ProgramStack(_world);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_hundred_links_are_started_once_each() => _world.Run(async () =>
    {
        var program = Fleet();

        Assert.True((await _stack.UpAsync(program)).IsSuccess);

        Assert.Equal(Links, _world.Orders("start_standby"));
        Assert.True((await _stack.RefreshAsync()).IsSame);
        Assert.True((await _stack.UpAsync(program)).IsSame);
    });

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(1_000)]
    [InlineData(600_000)]
    public void A_hundred_links_interrupted_in_the_middle_are_waited_on_for(int milliseconds) => _world.Run(async () =>
    {
        var program = Fleet();
        _world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));

        var interrupted = await _stack.UpAsync(program, new RunOptions { CancelAfter = TimeSpan.FromMilliseconds(milliseconds) });
        var jobs = _world.Cloud.Jobs.Where(job => job.Service is not null).Select(job => job.Id).Order(StringComparer.Ordinal).ToList();

        Assert.False(interrupted.IsSuccess);
        Assert.Equal(jobs, _stack.State.All.Select(resource => Text(resource.State, "jobId")).Order(StringComparer.Ordinal));
        Assert.True((await _stack.UpAsync(program)).IsSuccess);
        Assert.Equal(Links, _world.Orders("start_standby"));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(150)]
    public void A_hundred_links_of_a_process_that_died_are_adopted(int call) => _world.Run(async () =>
    {
        var program = Fleet();
        _world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));

        Assert.True((await _stack.UpAsync(program, new RunOptions { Kill = new Kill(call, After: true) })).WasKilled);

        Assert.True((await _stack.UpAsync(program)).IsSuccess);
        Assert.Equal(Links, _world.Cloud.Jobs.Count(job => job.Service == "start_standby"));
    });

    [Fact]
    public void Of_two_resources_on_one_cluster_the_second_is_told_and_the_first_is_left_alone() => _world.Run(async () =>
    {
        var first = new Declaration().ToInputs();
        Assert.True((await _stack.UpAsync(new Dictionary<string, PropertyMap> { ["x"] = first })).IsSuccess);
        var second = new Declaration { Source = "T" }.ToInputs();

        var report = await _stack.UpAsync(new Dictionary<string, PropertyMap> { ["x"] = first, ["y"] = second });

        var told = Assert.Single(report.Outcomes, outcome => outcome.Error is not null);
        Assert.Equal("y", told.Name);
        Assert.Contains("a cluster has one source at most", told.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(SimulatedWorld.Source, _world.Cloud.LinkOf(SimulatedWorld.Standby)!.Source.ClusterId);
        Assert.Equal((1, 0), (_world.Orders("start_standby"), _world.Orders("stop_standby")));
    });

    private Dictionary<string, PropertyMap> Fleet()
    {
        var program = new Dictionary<string, PropertyMap>(StringComparer.Ordinal);
        for (var link = 0; link < Links; link++)
        {
            var cluster = FormattableString.Invariant($"cl-fleet{link:d3}");
            _world.Cloud.AddCluster(new ClusterSpec(cluster, SimulatedWorld.StandbyZone));
            program[FormattableString.Invariant($"link{link:d3}")] =
                new Declaration().ToInputs().With("clusterId", PropertyValue.Of(cluster));
        }

        return program;
    }

    private static string Text(PropertyMap state, string name) => ((PropertyValue.TextValue)state[name]).Value;
}
