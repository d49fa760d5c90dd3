namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class JobTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_job_is_described_with_its_directive()
    {
        await _bench.StartAsync();
        _bench.Pass(2);
        var answer = await _bench.CallAsync("DescribeJobs", ("verbose", "0"));
        var job = Assert.Single(answer.Jobs())!;
        Assert.Equal(1, (int)answer["total_count"]!);
        Assert.Equal("successful", (string)job["status"]!);
        Assert.Equal("RunClusterCustomService", (string)job["job_action"]!);
        Assert.Equal(Bench.Standby, (string)job["resource_ids"]!);
        Assert.Equal("2026-03-04T05:06:07Z", (string)job["create_time"]!);
        Assert.Equal("2026-03-04T05:06:09Z", (string)job["status_time"]!);
        Assert.Equal(Bench.ServiceParams, (string)Bench.Parse((string)job["directive"]!)["service_params"]!);
    }

    [Fact]
    public async Task Pages_hold_twenty_rows_unless_asked_and_never_more_than_a_hundred()
    {
        var ids = MakeJobs(130);
        var first = await _bench.CallAsync("DescribeJobs");
        Assert.Equal(130, (int)first["total_count"]!);
        Assert.Equal(Enumerable.Reverse(ids).Take(20), first.Jobs().Select(job => (string)job!["job_id"]!));
        Assert.Equal(100, (await _bench.CallAsync("DescribeJobs", ("limit", "1000"))).Jobs().Count);
        var last = await _bench.CallAsync("DescribeJobs", ("limit", "100"), ("offset", "120"));
        Assert.Equal(ids.Take(10).Reverse(), last.Jobs().Select(job => (string)job!["job_id"]!));
    }

    [Fact]
    public async Task Jobs_are_found_by_id_and_status_newest_first()
    {
        var ids = MakeJobs(3);
        var some = await _bench.CallAsync("DescribeJobs", ("jobs.1", ids[0]), ("jobs.2", ids[2]));
        Assert.Equal([ids[2], ids[0]], some.Jobs().Select(job => (string)job!["job_id"]!));
        Assert.Empty((await _bench.CallAsync("DescribeJobs", ("status.1", "pending"), ("status.2", "working"))).Jobs());
        Assert.Equal(3, (await _bench.CallAsync("DescribeJobs", ("status.1", "successful"))).Jobs().Count);
    }

    [Fact]
    public async Task A_hundred_ids_are_the_most()
    {
        var ids = MakeJobs(101);
        (string, string)[] named = [.. ids.Select((id, i) => (FormattableString.Invariant($"jobs.{i + 1}"), id))];
        Assert.Equal(1101, (await _bench.CallAsync("DescribeJobs", [.. named, ("limit", "100")])).RetCode());
        Assert.Equal(100, (await _bench.CallAsync("DescribeJobs", [.. named[..100], ("limit", "100")])).Jobs().Count);
    }

    [Fact]
    public async Task An_unknown_job_is_an_error_and_so_is_one_of_another_zone()
    {
        var id = MakeJobs(1)[0];
        Assert.Equal(2100, (await _bench.CallAsync("DescribeJobs", ("jobs.1", id), ("jobs.2", "j-unknown"))).RetCode());
        Assert.Equal(2100, (await _bench.CallAsync("DescribeJobs", ("jobs.1", id), ("zone", "pek3a"))).RetCode());
        Assert.Empty((await _bench.CallAsync("DescribeJobs", ("zone", "pek3a"))).Jobs());
    }

    [Theory]
    [InlineData("jobs.2", "j-1", 1100)]
    [InlineData("limit", "-1", 1101)]
    [InlineData("limit", "x", 1101)]
    [InlineData("verbose", "2", 1101)]
    public async Task Bad_filters_are_refused(string name, string value, int expected) =>
        Assert.Equal(expected, (await _bench.CallAsync("DescribeJobs", (name, value))).RetCode());

    [Theory]
    [InlineData(JobActionFilter.Applied, "RestartClusters", 0, 1)]
    [InlineData(JobActionFilter.Applied, "RunClusterCustomService", 0, 2)]
    [InlineData(JobActionFilter.Ignored, "RestartClusters", 0, 3)]
    [InlineData(JobActionFilter.Refused1100, "RestartClusters", 1100, 0)]
    [InlineData(JobActionFilter.Refused1101, "RestartClusters", 1101, 0)]
    public async Task Jobs_are_listed_by_their_action_unless_set_otherwise(
        JobActionFilter filter,
        string action,
        int expected,
        int jobs
    )
    {
        _bench.Link();
        _bench.Cloud.StopByConsole(Bench.Standby);
        _bench.Pass(2);
        _bench.Cloud.Restart(Bench.Standby);
        _bench.Api.JobListing = new JobListing(JobAction: filter);
        var answer = await _bench.CallAsync("DescribeJobs", ("job_action", action));
        Assert.Equal(expected, answer.RetCode());
        Assert.True(expected == 0 || answer.Message().Contains("job_action", StringComparison.Ordinal));
        Assert.Equal(jobs, expected == 0 ? answer.Jobs().Count : 0);
        Assert.Equal(3, (await _bench.CallAsync("DescribeJobs")).Jobs().Count);
    }

    [Theory]
    [InlineData(JobOutcome.Failed, "failed", false)]
    [InlineData(JobOutcome.DoneWithFailure, "done with failure", false)]
    [InlineData(JobOutcome.Endless, "working", true)]
    public async Task A_job_ends_as_planned(JobOutcome outcome, string status, bool linked)
    {
        _bench.Cloud.PlanJobs(
            new JobPlan
            {
                Service = "start_standby",
                Outcome = outcome,
                ErrorCodes = "E1,E2",
            }
        );
        await _bench.StartAsync();
        _bench.Clock.Advance(TimeSpan.FromDays(1));
        var job = Assert.Single((await _bench.CallAsync("DescribeJobs")).Jobs())!;
        Assert.Equal(status, (string)job["status"]!);
        Assert.Equal(outcome == JobOutcome.Endless ? "" : "E1,E2", (string)job["error_codes"]!);
        Assert.Equal(linked, _bench.Cloud.LinkOf(Bench.Standby) is not null);
    }

    [Fact]
    public async Task A_job_that_is_done_with_failure_may_have_taken_effect()
    {
        _bench.Cloud.PlanJobs(new JobPlan { Outcome = JobOutcome.DoneWithFailure, TakesEffect = true });
        await _bench.StartAsync();
        _bench.Pass(2);
        Assert.Equal(LinkState.Replicating, _bench.Cloud.LinkOf(Bench.Standby)!.State);
    }

    [Fact]
    public async Task A_plan_holds_for_its_service_and_its_times()
    {
        _bench.Cloud.PlanJobs(new JobPlan { Service = "stop_standby", Outcome = JobOutcome.Failed });
        _bench.Link();
        await _bench.ServiceAsync("stop_standby");
        _bench.Pass(2);
        Assert.NotNull(_bench.Cloud.LinkOf(Bench.Standby));
        await _bench.ServiceAsync("stop_standby");
        _bench.Pass(2);
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));
    }

    [Fact]
    public async Task Jobs_take_as_long_as_was_set()
    {
        _bench.Cloud.SetDuration("start_standby", TimeSpan.FromHours(5));
        await _bench.StartAsync();
        _bench.Clock.Advance(TimeSpan.FromHours(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(JobStatus.Working, _bench.Cloud.Jobs[0].Status);
        _bench.Pass(1);
        Assert.Equal(JobStatus.Successful, _bench.Cloud.Jobs[0].Status);

        _bench.Cloud.SetDuration("stop_standby", TimeSpan.Zero);
        await _bench.ServiceAsync("stop_standby");
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));
    }

    [Fact]
    public async Task A_job_can_be_unknown_at_first_and_again_later()
    {
        _bench.Cloud.PlanJobs(
            new JobPlan { HiddenFor = TimeSpan.FromSeconds(5), VanishesAfter = TimeSpan.FromSeconds(10) }
        );
        var id = (string)(await _bench.StartAsync())["job_id"]!;
        Assert.Equal(2100, (await _bench.CallAsync("DescribeJobs", ("jobs.1", id))).RetCode());
        Assert.Empty((await _bench.CallAsync("DescribeJobs")).Jobs());
        _bench.Pass(5);
        Assert.Single((await _bench.CallAsync("DescribeJobs", ("jobs.1", id))).Jobs());
        _bench.Pass(5);
        Assert.Equal(2100, (await _bench.CallAsync("DescribeJobs", ("jobs.1", id))).RetCode());
    }

    private List<string> MakeJobs(int count)
    {
        _bench.Cloud.UsualDuration = TimeSpan.Zero;
        return [.. Enumerable.Range(0, count).Select(_ => _bench.Cloud.Restart(Bench.Standby).Id)];
    }
}
