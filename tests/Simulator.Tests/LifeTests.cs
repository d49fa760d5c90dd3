namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>Clusters that are stopped, suspended and deleted, and that come back.</summary>
public sealed class LifeTests : IDisposable
{
    private readonly Bench _bench = new();

    private SimulatedCloud Cloud => _bench.Cloud;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Calls_stop_and_start_clusters()
    {
        _bench.Link();
        var stopped = await _bench.CallAsync("StopClusters", ("clusters.1", Bench.Standby));
        Assert.Equal(0, stopped.RetCode());
        var job = (string)stopped["job_ids"]![Bench.Standby]!;
        Assert.Equal("stopping", Cloud.Cluster(Bench.Standby)!.TransitionStatus);
        _bench.Pass(2);
        var row = (await _bench.CallAsync("DescribeJobs", ("jobs.1", job))).Jobs().Single()!;
        Assert.Equal("StopClusters", (string)row["job_action"]!);
        Assert.Equal(Bench.Standby, (string)row["resource_ids"]!);
        Assert.Equal("api", (string)Bench.Parse((string)row["directive"]!)["sender"]!["channel"]!);
        Assert.Equal("stopped", (string)(await _bench.CallAsync("DescribeClusters")).Clusters()[0]!["status"]!);
        Assert.Equal(1400, (await _bench.StartAsync()).RetCode());

        await _bench.CallAsync("StartClusters", ("clusters.1", Bench.Standby));
        _bench.Pass(2);
        Assert.Equal([Bench.Standby, Bench.Source], Cloud.Writable);
        WorldEventKind[] expected =
        [
            WorldEventKind.Overwritten,
            WorldEventKind.Linked,
            WorldEventKind.Replicating,
            WorldEventKind.ClusterStopped,
            WorldEventKind.LinkEnded,
            WorldEventKind.ClusterStarted,
        ];
        Assert.Equal(expected, _bench.Truth());
        Assert.Equal(LinkEnd.ClusterStopped, Cloud.World.Single(past => past.Cause is not null).Cause);
    }

    [Theory]
    [InlineData("StartClusters", "clusters.1", Bench.Standby, 1400)]
    [InlineData("StopClusters", "clusters.1", "cl-unknown", 2100)]
    [InlineData("StopClusters", "clusters.1", Bench.Source, 2100)]
    [InlineData("StopClusters", "cluster", Bench.Standby, 1100)]
    public async Task What_cannot_be_stopped_or_started_is_refused(
        string action,
        string name,
        string value,
        int expected
    )
    {
        Assert.Equal(expected, (await _bench.CallAsync(action, (name, value))).RetCode());
        var both = await _bench.CallAsync(action, ("clusters.1", Bench.Standby), ("clusters.2", "cl-unknown"));
        Assert.Equal(2100, both.RetCode());
        Assert.Empty(Cloud.Jobs);
    }

    public static TheoryData<string, bool, LinkEnd?> Ends { get; } =
        new()
        {
            { "stop", true, LinkEnd.ClusterStopped },
            { "suspend", true, LinkEnd.ClusterSuspended },
            { "delete", true, LinkEnd.ClusterDeleted },
            { "stop", false, LinkEnd.ClusterStopped },
            { "suspend", false, null },
            { "delete", false, null },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_cluster_that_comes_back_has_its_link_or_has_lost_it(string way, bool endsLink, LinkEnd? expected)
    {
        Cloud.Knobs = new Knobs { SuspendEndsLink = endsLink, DeleteEndsLink = endsLink };
        _bench.Link();
        (Func<JobView> Leave, Func<JobView> Return, ClusterStatus Gone) step = way switch
        {
            "stop" => (
                () => Cloud.StopCluster(Bench.Standby),
                () => Cloud.StartCluster(Bench.Standby),
                ClusterStatus.Stopped
            ),
            "suspend" => (
                () => Cloud.Suspend(Bench.Standby),
                () => Cloud.Resume(Bench.Standby),
                ClusterStatus.Suspended
            ),
            _ => (
                () => Cloud.DeleteCluster(Bench.Standby),
                () => Cloud.RecoverCluster(Bench.Standby),
                ClusterStatus.Deleted
            ),
        };
        step.Leave();
        _bench.Pass(2);
        Assert.Throws<RefusedException>(step.Leave);
        Assert.Equal(step.Gone, Cloud.Cluster(Bench.Standby)!.Status);
        Cloud.WriteTo(Bench.Source);
        Assert.Empty(Cloud.DataOf(Bench.Standby));
        step.Return();
        _bench.Pass(2);
        Assert.Equal(ClusterStatus.Active, Cloud.Cluster(Bench.Standby)!.Status);
        Assert.Equal(expected, Cloud.World.SingleOrDefault(past => past.Kind == WorldEventKind.LinkEnded)?.Cause);
        Assert.Equal(expected is null ? [1] : [], Cloud.DataOf(Bench.Standby));
        Assert.Throws<RefusedException>(step.Return);
    }

    [Fact]
    public void A_deleted_cluster_ceases_and_is_forgotten()
    {
        Cloud.DeleteCluster(Bench.Standby);
        _bench.Pass(2);
        Cloud.SetStatus(Bench.Standby, ClusterStatus.Ceased);
        Assert.Equal(2100, Assert.Throws<RefusedException>(() => Cloud.RecoverCluster(Bench.Standby)).RetCode);
        Cloud.Forget(Bench.Standby);
        Assert.Null(Cloud.Cluster(Bench.Standby));
        Assert.Equal(
            [WorldEventKind.ClusterDeleted, WorldEventKind.ClusterCeased, WorldEventKind.ClusterForgotten],
            _bench.Truth()
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_time_of_the_status_may_move(bool moves)
    {
        Cloud.Knobs = new Knobs { StatusTimeMoves = moves };
        var before = Cloud.Cluster(Bench.Standby)!.StatusAt;
        Cloud.StopCluster(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal(moves ? before.AddSeconds(2) : before, Cloud.Cluster(Bench.Standby)!.StatusAt);
    }

    [Theory]
    [InlineData("stop_standby", WithoutLink.Refused, null)]
    [InlineData("stop_standby", WithoutLink.JobSucceeds, JobStatus.Successful)]
    [InlineData("stop_standby", WithoutLink.JobFails, JobStatus.Failed)]
    [InlineData("promote_standby", WithoutLink.Refused, null)]
    [InlineData("promote_standby", WithoutLink.JobSucceeds, JobStatus.Successful)]
    [InlineData("promote_standby", WithoutLink.JobFails, JobStatus.Failed)]
    public async Task A_service_that_needs_a_link_meets_a_cluster_without_one(
        string service,
        WithoutLink response,
        JobStatus? expected
    )
    {
        Cloud.Knobs =
            service == "stop_standby"
                ? new Knobs { StopWithoutLink = response }
                : new Knobs { PromoteWithoutLink = response };
        Assert.Equal(expected is null ? 1400 : 0, (await _bench.ServiceAsync(service)).RetCode());
        _bench.Pass(2);
        Assert.Equal(expected, Cloud.Jobs.SingleOrDefault()?.Status);
        Assert.Empty(_bench.Truth());
    }

    [Theory]
    [InlineData(JobOutcome.Failed, null, false)]
    [InlineData(JobOutcome.Failed, true, true)]
    [InlineData(JobOutcome.DoneWithFailure, true, true)]
    [InlineData(JobOutcome.DoneWithFailure, null, false)]
    [InlineData(JobOutcome.Successful, false, false)]
    public void A_job_that_failed_may_have_taken_effect(JobOutcome outcome, bool? effect, bool expected)
    {
        _bench.Link();
        Cloud.PlanJobs(new JobPlan("StopClusters", outcome, TakesEffect: effect));
        Cloud.StopCluster(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal(expected, Cloud.LinkOf(Bench.Standby) is null);
    }

    [Fact]
    public async Task A_stopped_cluster_may_show_another_status()
    {
        Cloud.Knobs = new Knobs { StoppedStatus = ClusterStatus.Suspended };
        Cloud.StopCluster(Bench.Standby);
        _bench.Pass(2);
        var shown = await _bench.CallAsync("DescribeClusters", ("status.1", "suspended"));
        Assert.Equal("suspended", (string)shown.Clusters().Single()!["status"]!);
    }

    [Fact]
    public void A_link_can_end_without_a_job()
    {
        _bench.Link();
        Cloud.CutLink(Bench.Standby);
        var end = Cloud.World[^1];
        Assert.Equal((LinkEnd.Unexplained, null, "platform"), (end.Cause!.Value, end.JobId, end.Caller));
    }

    [Fact]
    public async Task A_zone_may_know_the_clusters_of_all_zones()
    {
        Cloud.Knobs = new Knobs { ZoneStrict = false };
        var parameters = _bench.StartParameters();
        parameters["zone"] = "gd2";
        Assert.Equal(0, (await _bench.CallAsync(parameters)).RetCode());
        Assert.Equal(2, (await _bench.CallAsync("DescribeClusters", ("zone", "gd2"))).Clusters().Count);
        Assert.Single((await _bench.CallAsync("DescribeJobs", ("zone", "gd2"))).Jobs());
    }
}
