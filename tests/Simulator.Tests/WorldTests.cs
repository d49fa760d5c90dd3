namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>The true history, and which writes are where.</summary>
public sealed class WorldTests : IDisposable
{
    private readonly Bench _bench = new();

    private SimulatedCloud Cloud => _bench.Cloud;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_world_knows_what_happened_and_who_did_it()
    {
        var started = (string)(await _bench.StartAsync())["job_id"]!;
        _bench.Pass(2);
        var stopped = _bench.Api.ByKey("QYSCRIPT").Stop(Bench.Standby).Id;
        _bench.Pass(2);
        var promoted = Cloud.StopCluster(Bench.Standby, Actor.Timer).Id;
        _bench.Pass(2);
        (WorldEventKind, string, string?)[] expected =
        [
            (WorldEventKind.ClusterAdded, "console", null),
            (WorldEventKind.Submitted, Bench.Caller, started),
            (WorldEventKind.Overwritten, Bench.Caller, started),
            (WorldEventKind.Linked, Bench.Caller, started),
            (WorldEventKind.Replicating, Bench.Caller, started),
            (WorldEventKind.Submitted, "script:QYSCRIPT", stopped),
            (WorldEventKind.LinkEnded, "script:QYSCRIPT", stopped),
            (WorldEventKind.Submitted, "timer", promoted),
            (WorldEventKind.ClusterStopped, "timer", promoted),
        ];
        var past = Cloud.World.Where(past => past.ClusterId == Bench.Standby).ToList();
        Assert.Equal(expected, past.Select(past => (past.Kind, past.Caller, past.JobId)));
        Assert.Equal(
            ["start_standby", "stop_standby", "StopClusters"],
            past.Select(past => past.Operation).OfType<string>()
        );
        var linked = past.Single(past => past.Kind == WorldEventKind.Linked);
        Assert.Equal((Bench.Source, SyncWay.Full), (linked.Source!.ClusterId, linked.SyncWay));
        Assert.Equal(Cloud.Job(started)!.CreatedAt + TimeSpan.FromSeconds(0.2), linked.At);
        Assert.DoesNotContain(past, each => each.ToString().Contains(Bench.Password, StringComparison.Ordinal));
    }

    [Fact]
    public void A_write_is_acknowledged_where_applications_can_write()
    {
        Assert.Equal(1, Cloud.WriteTo(Bench.Standby));
        Assert.Equal(2, Cloud.WriteTo(Bench.Source));
        _bench.Link();
        Assert.Null(Cloud.WriteTo(Bench.Standby));
        Assert.Equal([2], Cloud.DataOf(Bench.Standby));
        Assert.Equal(3, Cloud.WriteTo(Bench.Source));
        Cloud.StopCluster(Bench.Source);
        _bench.Pass(2);
        Assert.Null(Cloud.WriteTo(Bench.Source));
        Assert.Null(Cloud.WriteTo("cl-unknown"));
        Assert.Equal([2, 3], Cloud.DataOf(Bench.Standby));
        Assert.Equal([1], Cloud.MissingWrites(Bench.Standby, missingOn: Bench.Standby));
        Assert.Empty(Cloud.MissingWrites(Bench.Source, missingOn: Bench.Standby));
        var writes = Cloud.World.Where(past => past.Kind == WorldEventKind.Write);
        Assert.Equal([(1, Bench.Standby), (2, Bench.Source), (3, Bench.Source)], writes.Select(Number));
        static (int?, string) Number(WorldEvent write) => (write.WriteNumber, write.ClusterId);
    }

    [Theory]
    [InlineData(SyncWay.Full, new[] { 2, 3 })]
    [InlineData(SyncWay.Increment, new[] { 1, 2, 3 })]
    public void A_full_start_replaces_the_data_and_an_increment_keeps_it(SyncWay way, int[] expected)
    {
        Cloud.WriteTo(Bench.Standby);
        Cloud.WriteTo(Bench.Source);
        Cloud.StartByConsole(Bench.Standby, Bench.SourceEndpoint, way);
        _bench.Pass(2);
        Cloud.WriteTo(Bench.Source);
        Assert.Equal(expected, Cloud.DataOf(Bench.Standby));

        Cloud.StopByConsole(Bench.Standby);
        _bench.Pass(2);
        Cloud.WriteTo(Bench.Source);
        Assert.Equal(expected, Cloud.DataOf(Bench.Standby));
    }

    [Fact]
    public void Writes_pass_along_chains_and_circles()
    {
        Cloud.AddCluster(new ClusterSpec("cl-third", "gd2"));
        Cloud.WriteTo(Bench.Source);
        _bench.Link();
        Cloud.StartByConsole("cl-third", new SourceEndpoint(Bench.Standby, "sh1a"), SyncWay.Increment);
        _bench.Pass(2);
        Cloud.WriteTo(Bench.Source);
        Assert.Equal([1, 2], Cloud.DataOf("cl-third"));

        Cloud.StartByConsole(Bench.Source, new SourceEndpoint("cl-third", "gd2"));
        _bench.Pass(2);
        Assert.Empty(Cloud.Writable);
        Assert.All([Bench.Source, Bench.Standby, "cl-third"], id => Assert.Equal([1, 2], Cloud.DataOf(id)));
    }

    [Fact]
    public void A_standby_that_is_held_back_receives_nothing_until_it_catches_up()
    {
        _bench.Link();
        Cloud.SetLagging(Bench.Standby, TimeSpan.FromMinutes(10));
        _bench.Pass(120);
        Cloud.WriteTo(Bench.Source);
        Assert.Empty(Cloud.DataOf(Bench.Standby));
        Assert.False(Cloud.LinkOf(Bench.Standby)!.CaughtUp);
        Assert.Equal(TimeSpan.FromMinutes(2), Cloud.LagOf(Bench.Standby));
        _bench.Pass(480);
        Assert.Equal([1], Cloud.DataOf(Bench.Standby));
        Assert.True(Cloud.LinkOf(Bench.Standby)!.CaughtUp);
        Assert.Equal(TimeSpan.Zero, Cloud.LagOf(Bench.Standby));

        Cloud.Suspend(Bench.Source);
        _bench.Pass(2);
        Cloud.StopByConsole(Bench.Standby);
        _bench.Pass(2);
        Assert.Null(Cloud.LagOf(Bench.Standby));
    }

    [Theory]
    [InlineData(PromotionBehind.JobFails, false, JobStatus.Failed)]
    [InlineData(PromotionBehind.Refused, false, null)]
    [InlineData(PromotionBehind.JobFails, true, JobStatus.Successful)]
    [InlineData(PromotionBehind.Refused, true, JobStatus.Successful)]
    public void A_promotion_needs_what_the_source_has_acknowledged(
        PromotionBehind behind,
        bool waits,
        JobStatus? expected
    )
    {
        Cloud.Knobs = new Knobs { PromotionBehind = behind, ReplicationDelay = TimeSpan.FromSeconds(30) };
        _bench.Link();
        Cloud.WriteTo(Bench.Source);
        _bench.Pass(waits ? 30 : 20);
        Assert.Equal(TimeSpan.FromSeconds(waits ? 0 : 20), Cloud.LagOf(Bench.Standby));
        var promotion = Record.Exception(() => Cloud.PromoteByConsole(Bench.Standby));
        _bench.Pass(2);
        Assert.Equal(expected is null, promotion is RefusedException { RetCode: 1400 });
        Assert.Equal(expected ?? JobStatus.Successful, Cloud.Jobs[0].Status);
        Assert.Equal(waits, Cloud.MissingWrites(Bench.Source, Bench.Standby).Count == 0);
        Assert.Equal(waits, Cloud.LinkOf(Bench.Standby) is null);
    }

    [Theory]
    [InlineData(false, JobStatus.Successful)]
    [InlineData(true, JobStatus.Failed)]
    public void A_promotion_may_need_a_source_that_runs(bool needed, JobStatus expected)
    {
        Cloud.Knobs = new Knobs { PromotionNeedsSource = needed };
        _bench.Link();
        Cloud.StopCluster(Bench.Source);
        _bench.Pass(2);
        Cloud.PromoteByConsole(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal(expected, Cloud.Jobs[0].Status);
    }

    [Theory]
    [InlineData(6, SyncWay.Increment, "")]
    [InlineData(8, SyncWay.Increment, "source_binlog_purged")]
    [InlineData(8, SyncWay.Full, "")]
    public void An_increment_cannot_bridge_binary_logs_that_are_gone(double days, SyncWay way, string expected)
    {
        Cloud.WriteTo(Bench.Source);
        _bench.Pass(days * 24 * 3600);
        Cloud.StartByConsole(Bench.Standby, Bench.SourceEndpoint, way);
        _bench.Pass(2);
        Assert.Equal(expected, Cloud.Jobs[0].ErrorCodes);
    }

    [Fact]
    public void A_full_copy_of_an_unreadable_source_leaves_nothing()
    {
        Cloud.WriteTo(Bench.Standby);
        Cloud.SetStatus(Bench.Source, ClusterStatus.Suspended);
        Cloud.StartByConsole(Bench.Standby, Bench.SourceEndpoint);
        _bench.Pass(2);
        Assert.Empty(Cloud.DataOf(Bench.Standby));
        Assert.Equal(
            [WorldEventKind.Write, WorldEventKind.Overwritten, WorldEventKind.Linked, WorldEventKind.LinkEnded],
            _bench.Truth()
        );
    }
}
