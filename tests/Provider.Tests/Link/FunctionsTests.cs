using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>The functions that a gate in CI asks.</summary>
public sealed class FunctionsTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_cluster_without_a_link_says_so() =>
        _rig.Run(async () =>
        {
            var answer = await LinkAsync();

            Assert.Equal(("none", "False"), (Text(answer, "state"), Text(answer, "linked")));
            Assert.Equal("sh1a/cl-ouhutv70", Text(answer, "id"));
            Assert.False(answer.ContainsKey("source"));
            Assert.False(answer.ContainsKey("jobId"));
        });

    [Fact]
    public void A_link_says_since_when_from_where_and_by_which_job() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            var job = _rig.Cloud.Jobs[0];

            var answer = await LinkAsync();

            Assert.Equal(
                ("replicating", "True", "full"),
                (Text(answer, "state"), Text(answer, "linked"), Text(answer, "syncWay"))
            );
            Assert.Equal(
                (job.Id, $"{job.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}"),
                (Text(answer, "jobId"), Text(answer, "startedAt"))
            );
            var source = QingCloudMySqlStandby.Link.Inputs.StandbyInputs.Map(answer["source"]);
            Assert.Equal(["clusterId", "host", "port", "user", "zone"], source.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(World.Source, Text(source, "clusterId"));
        });

    [Theory]
    [InlineData("promoted", "promoted")]
    [InlineData("stopped", "stopped")]
    public void A_failed_over_standby_is_not_linked(string how, string state) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync(how);

            var answer = await LinkAsync();

            Assert.Equal((state, "False"), (Text(answer, "state"), Text(answer, "linked")));
            Assert.Equal(_rig.Cloud.Jobs[0].Id, Text(answer, "jobId"));
        });

    [Fact]
    public void The_last_promotion_that_succeeded_was_the_last_rehearsal() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            Assert.False((await LinkAsync()).ContainsKey("lastRehearsedAt"));

            await _rig.FailOverAsync("promoted");
            var promotion = _rig.Cloud.Jobs[0];
            await _rig.UpAsync(_rig.Relink, "update");
            _rig.Cloud.PlanJobs(new JobPlan { Service = "promote_standby", Outcome = JobOutcome.Failed });
            await _rig.FailOverAsync("promoted");

            Assert.Equal("failed", Text(await JobAsync(_rig.Cloud.Jobs[0].Id), "status"));
            Assert.Equal($"{promotion.StatusAt:yyyy-MM-ddTHH:mm:ssZ}", Text(await LinkAsync(), "lastRehearsedAt"));
        });

    [Fact]
    public void A_rehearsal_that_has_left_the_history_is_not_known() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync("promoted");
            _rig.Cloud.Knobs = _rig.Cloud.Knobs with { JobsListedFor = TimeSpan.FromDays(20) };
            await _rig.PassAsync(TimeSpan.FromDays(21));

            Assert.False((await LinkAsync()).ContainsKey("lastRehearsedAt"));
        });

    [Fact]
    public void A_link_that_is_being_started_is_not_up_yet() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
            await _rig.BreakOffAsync(LifecycleRig.Program, TimeSpan.FromMinutes(1));

            var answer = await LinkAsync();

            Assert.Equal(("starting", "False"), (Text(answer, "state"), Text(answer, "linked")));
        });

    [Fact]
    public void A_start_that_failed_is_reported_with_its_codes() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.PlanJobs(
                new JobPlan
                {
                    Service = "start_standby",
                    Outcome = JobOutcome.Failed,
                    ErrorCodes = "4711",
                }
            );
            Assert.False((await _rig.Stack.UpAsync(LifecycleRig.Program)).IsSuccess);

            var answer = await LinkAsync();

            Assert.Equal(
                ("none", _rig.Cloud.Jobs[0].Id, "4711"),
                (Text(answer, "state"), Text(answer, "failedJobId"), Text(answer, "errorCodes"))
            );
        });

    [Fact]
    public void A_job_says_where_it_stands() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            var job = _rig.Cloud.Jobs[0];

            var answer = await JobAsync(job.Id);

            Assert.Equal(
                ("successful", "True", "False"),
                (Text(answer, "status"), Text(answer, "ended"), Text(answer, "failed"))
            );
            Assert.Equal(("start_standby", World.Standby), (Text(answer, "service"), Text(answer, "clusterId")));
            Assert.DoesNotContain("Passwd", Flat(answer), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(JobOutcome.Failed, "failed")]
    [InlineData(JobOutcome.DoneWithFailure, "done with failure")]
    public void A_job_that_failed_says_why(JobOutcome outcome, string status) =>
        _rig.Run(async () =>
        {
            _rig.Cloud.PlanJobs(new JobPlan { Outcome = outcome, ErrorCodes = "4711" });
            await _rig.Stack.UpAsync(LifecycleRig.Program);

            var answer = await JobAsync(_rig.Cloud.Jobs[0].Id);

            Assert.Equal(
                (status, "True", "True", "4711"),
                (Text(answer, "status"), Text(answer, "ended"), Text(answer, "failed"), Text(answer, "errorCodes"))
            );
        });

    [Fact]
    public void What_does_not_exist_is_an_error_that_names_it() =>
        _rig.Run(async () =>
        {
            var cluster = await Assert.ThrowsAsync<PluginException>(() => LinkAsync("cl-nowhere"));
            var job = await Assert.ThrowsAsync<PluginException>(() => JobAsync("j-nothing"));

            Assert.Contains("cl-nowhere does not exist in zone sh1a", cluster.Message, StringComparison.Ordinal);
            Assert.Contains("j-nothing does not exist in zone sh1a", job.Message, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(Names.GetStandbyReplication, "clusterId", "bad", "clusterId")]
    [InlineData(Names.GetStandbyReplication, "zone", "NO", "zone,clusterId")]
    [InlineData(Names.GetJob, "jobId", "cl-1", "jobId")]
    [InlineData(Names.GetJob, "job", "j-1", "jobId,job")]
    public void Arguments_that_are_wrong_are_reported_by_name(
        string function,
        string name,
        string value,
        string expected
    ) =>
        _rig.Run(async () =>
        {
            var result = await CallAsync(function, PropertyMap.Empty.With(name, PropertyValue.Of(value)));

            Assert.Equal(
                expected.Split(',').Order(StringComparer.Ordinal),
                result.Failures.Select(failure => failure.Property).Order(StringComparer.Ordinal)
            );
            Assert.Equal(0, _rig.World.Api.Calls.Total);
        });

    [Theory]
    [InlineData(Names.GetStandbyReplication, "clusterId", "linked")]
    [InlineData(Names.GetJob, "jobId", "ended")]
    public void Arguments_that_are_not_known_yet_make_the_answer_unknown(string function, string name, string asked) =>
        _rig.Run(async () =>
        {
            var result = await CallAsync(function, PropertyMap.Empty.With(name, PropertyValue.Unknown));

            Assert.Empty(result.Failures);
            Assert.IsType<PropertyValue.UnknownValue>(result.Return[asked]);
            Assert.Equal(0, _rig.World.Api.Calls.Total);
        });

    [Fact]
    public void A_function_that_does_not_exist_is_unimplemented() =>
        _rig.Run(async () =>
        {
            var error = await Assert.ThrowsAsync<PluginException>(() =>
                CallAsync("qingcloud-mysql-standby:index:getAll", PropertyMap.Empty)
            );

            Assert.Equal(PluginErrorCode.Unimplemented, error.Code);
        });

    private async Task<PropertyMap> LinkAsync(string cluster = World.Standby)
    {
        var answer = await AnswerAsync(
            Names.GetStandbyReplication,
            PropertyMap.Empty.With("clusterId", PropertyValue.Of(cluster))
        );
        Assert.DoesNotContain("Passwd", Flat(answer), StringComparison.Ordinal);
        return answer;
    }

    private Task<PropertyMap> JobAsync(string id) =>
        AnswerAsync(Names.GetJob, PropertyMap.Empty.With("jobId", PropertyValue.Of(id)));

    private async Task<PropertyMap> AnswerAsync(string function, PropertyMap args)
    {
        var result = await CallAsync(function, args);
        Assert.Empty(result.Failures);
        return result.Return;
    }

    private async Task<InvokeResult> CallAsync(string function, PropertyMap args)
    {
        var provider = await _rig.World.StartProviderAsync();
        return await provider.InvokeAsync(new InvokeRequest(function, args), CancellationToken.None);
    }

    private static string? Text(PropertyMap map, string name) =>
        map[name].Bare switch
        {
            PropertyValue.TextValue text => text.Value,
            PropertyValue.BoolValue flag => flag.Value.ToString(),
            _ => null,
        };

    private static string Flat(PropertyMap map) =>
        string.Join(
            ' ',
            map.Select(entry =>
                entry.Value.Bare switch
                {
                    PropertyValue.MapValue inner => Flat(inner.Map),
                    PropertyValue.TextValue text => text.Value,
                    var other => other.ToString(),
                }
            )
        );
}
