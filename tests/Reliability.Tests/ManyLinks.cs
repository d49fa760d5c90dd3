using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>Many resources at once, interrupted in the middle, and two that want the same cluster.</summary>
public sealed class ManyLinks : IDisposable
{
    private const int Links = 100;

    private readonly TestEnvironment _environment = new();
    private readonly ProgramStack _stack;

    public ManyLinks() => _stack = new ProgramStack(_environment);

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void A_hundred_links_are_started_once_each() =>
        _environment.Run(async () =>
        {
            var program = Fleet();

            Assert.True((await UpAsync(program)).Succeeded);

            Assert.Equal(Links, _environment.Submissions("start_standby"));
            Assert.False((await _stack.RefreshAsync()).HasChanges);
            Assert.False((await UpAsync(program)).HasChanges);
        });

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(1_000)]
    [InlineData(600_000)]
    public void A_hundred_links_interrupted_in_the_middle_are_waited_on_for(int milliseconds) =>
        _environment.Run(async () =>
        {
            var program = Fleet();
            _environment.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));

            var interrupted = await UpAsync(
                program,
                new Interference { CancelAfter = TimeSpan.FromMilliseconds(milliseconds) }
            );
            var jobs = _environment
                .Cloud.Jobs.Where(job => job.Service is not null)
                .Select(job => job.Id)
                .Order(StringComparer.Ordinal)
                .ToList();

            Assert.False(interrupted.Succeeded);
            Assert.Equal(
                jobs,
                _stack.Links.Select(resource => Text(resource.Outputs, "jobId")).Order(StringComparer.Ordinal)
            );
            Assert.True((await UpAsync(program)).Succeeded);
            Assert.Equal(Links, _environment.Submissions("start_standby"));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(150)]
    public void A_hundred_links_of_a_process_that_died_are_adopted(int call) =>
        _environment.Run(async () =>
        {
            var program = Fleet();
            _environment.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));

            Assert.True((await UpAsync(program, new Interference { Kill = new Kill(call, After: true) })).Crashed);

            Assert.True((await UpAsync(program)).Succeeded);
            Assert.Equal(Links, _environment.Cloud.Jobs.Count(job => job.Service == "start_standby"));
        });

    [Fact]
    public void Of_two_resources_on_one_cluster_the_second_is_refused_and_the_first_is_left_alone() =>
        _environment.Run(async () =>
        {
            var first = new Declaration().ToInputs();
            Assert.True((await UpAsync(new Dictionary<string, PropertyMap> { ["x"] = first })).Succeeded);
            var second = new Declaration { Source = "T" }.ToInputs();

            var report = await UpAsync(new Dictionary<string, PropertyMap> { ["x"] = first, ["y"] = second });

            var refused = Assert.Single(report.Failures);
            Assert.Equal("y", refused.Name);
            Assert.Contains("a cluster has one source at most", refused.Message, StringComparison.Ordinal);
            Assert.Equal(TestEnvironment.Source, _environment.Cloud.LinkOf(TestEnvironment.Standby)!.Source.ClusterId);
            Assert.Equal((1, 0), (_environment.Submissions("start_standby"), _environment.Submissions("stop_standby")));
        });

    private Task<RunResult> UpAsync(Dictionary<string, PropertyMap> program, Interference? interference = null)
    {
        _stack.Program = [.. program.Select(resource => ProgramStack.Link(resource.Key, resource.Value))];
        return _stack.UpAsync(null, interference);
    }

    private Dictionary<string, PropertyMap> Fleet()
    {
        var program = new Dictionary<string, PropertyMap>(StringComparer.Ordinal);
        for (var link = 0; link < Links; link++)
        {
            var cluster = FormattableString.Invariant($"cl-fleet{link:d3}");
            _environment.Cloud.AddCluster(new ClusterSpec(cluster, TestEnvironment.StandbyZone));
            program[FormattableString.Invariant($"link{link:d3}")] = new Declaration()
                .ToInputs()
                .With("clusterId", PropertyValue.Of(cluster));
        }

        return program;
    }

    private static string Text(PropertyMap state, string name) => ((PropertyValue.TextValue)state[name]).Value;
}
