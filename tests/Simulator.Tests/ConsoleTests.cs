namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class ConsoleTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_the_console_does_is_in_the_jobs_too()
    {
        _bench.Link();
        _bench.Cloud.StopByConsole(Bench.Standby);
        _bench.Pass(2);
        _bench.Cloud.Restart(Bench.Standby);
        _bench.Pass(2);
        var jobs = (await _bench.CallAsync("DescribeJobs")).Jobs();
        Assert.Equal(
            ["RestartClusters", "RunClusterCustomService", "RunClusterCustomService"],
            jobs.Select(job => (string)job!["job_action"]!)
        );
        Assert.Equal("stop_standby", (string)Bench.Parse((string)jobs[1]!["directive"]!)["service"]!);
    }

    [Fact]
    public void A_restart_fails_while_linked()
    {
        _bench.Link();
        _bench.Cloud.Restart(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal(JobStatus.Failed, _bench.Cloud.Jobs[0].Status);
    }

    [Fact]
    public void Changing_the_source_is_a_stop_and_then_a_start()
    {
        _bench.Cloud.AddCluster(new ClusterSpec("cl-source2", "gd2"));
        _bench.Link();
        _bench.Cloud.ChangeSource(Bench.Standby, new SourceEndpoint("cl-source2", "gd2"), SyncWay.Increment);
        _bench.Pass(10);
        Assert.Equal("cl-source2", _bench.Cloud.LinkOf(Bench.Standby)!.Source.ClusterId);
        var jobs = _bench.Cloud.Jobs;
        Assert.Equal(["start_standby", "stop_standby", "start_standby"], jobs.Select(job => job.Service));
        Assert.Equal(jobs[1].StatusAt, jobs[0].CreatedAt);
    }

    [Fact]
    public void A_change_of_the_source_ends_with_the_stop_when_the_start_is_refused()
    {
        _bench.Link();
        _bench.Cloud.ChangeSource(Bench.Standby, new SourceEndpoint("cl-elsewhere", "gd2"));
        _bench.Cloud.SetStatus(Bench.Standby, ClusterStatus.Suspended);
        _bench.Pass(10);
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));
        Assert.Equal("stop_standby", _bench.Cloud.Jobs[0].Service);
    }

    [Fact]
    public void An_id_is_given_once()
    {
        var again = new ClusterSpec(Bench.Standby, "gd2");
        Assert.Equal(2110, Assert.Throws<RefusedException>(() => _bench.Cloud.AddCluster(again)).RetCode);
    }

    [Fact]
    public void The_history_says_what_happened_to_a_cluster()
    {
        _bench.Link();
        _bench.Cloud.PromoteByConsole(Bench.Standby);
        _bench.Pass(2);
        _bench.Cloud.StartByConsole(Bench.Standby, Bench.SourceEndpoint, SyncWay.Increment);
        _bench.Pass(2);
        Assert.Equal(
            [
                (ClusterEventKind.Overwritten, Release.None),
                (ClusterEventKind.Linked, Release.None),
                (ClusterEventKind.Promoted, Release.None),
                (ClusterEventKind.Linked, Release.Promoted),
            ],
            _bench.Cloud.History.Select(past => (past.Kind, past.Before))
        );
    }

    [Fact]
    public void The_same_seed_gives_the_same_ids()
    {
        using var other = new Bench();
        _bench.Link();
        other.Link();
        Assert.Equal(_bench.Cloud.Jobs[0].Id, other.Cloud.Jobs[0].Id);
    }
}
