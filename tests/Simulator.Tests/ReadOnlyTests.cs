namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class ReadOnlyTests : IDisposable
{
    private readonly Bench _bench = new();

    private SimulatedCloud Cloud => _bench.Cloud;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_cluster_is_read_only_from_the_end_of_its_job_until_it_is_set_off()
    {
        var on = await SetAsync("""{"readonly":"ON"}""");
        Assert.Equal(("set_readonly", 0), ((string)on["service"]!, on.RetCode()));
        Assert.NotNull(Cloud.WriteTo(Bench.Standby));
        _bench.Pass(2);
        Assert.Null(Cloud.WriteTo(Bench.Standby));
        Assert.Equal([Bench.Source], Cloud.Writable);
        var row = (await _bench.CallAsync("DescribeJobs")).Jobs().Single()!;
        Assert.Equal("""{"readonly":"ON"}""", (string)Bench.Parse((string)row["directive"]!)["service_params"]!);

        await SetAsync("""{"readonly":"OFF"}""");
        _bench.Pass(2);
        Assert.NotNull(Cloud.WriteTo(Bench.Standby));
        Assert.Equal(
            [WorldEventKind.Write, WorldEventKind.ReadOnlyOn, WorldEventKind.ReadOnlyOff, WorldEventKind.Write],
            _bench.Truth()
        );
    }

    [Theory]
    [InlineData("""{"readonly":"YES"}""", 1101)]
    [InlineData("""{"readonly":true}""", 1101)]
    [InlineData("""{"readonly":null}""", 1101)]
    [InlineData("""{"readonly":"ON","force":1}""", 1100)]
    [InlineData("""{}""", 1100)]
    [InlineData("""["ON"]""", 1100)]
    [InlineData("""ON""", 1100)]
    public async Task Its_parameters_are_strict(string parameters, int expected) =>
        Assert.Equal(expected, (await SetAsync(parameters)).RetCode());

    [Fact]
    public void Read_only_survives_links_and_promotions()
    {
        Cloud.SetReadOnlyByConsole(Bench.Standby, readOnly: true);
        _bench.Pass(2);
        _bench.Link();
        Cloud.PromoteByConsole(Bench.Standby);
        _bench.Pass(2);
        Assert.Null(Cloud.LinkOf(Bench.Standby));
        Assert.Null(Cloud.WriteTo(Bench.Standby));
        Assert.True(Cloud.Cluster(Bench.Standby)!.IsReadOnly);
        Assert.Equal([Bench.Source], Cloud.Writable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_only_may_survive_a_stop_of_the_cluster(bool survives)
    {
        Cloud.Knobs = new Knobs { ReadOnlySurvivesStop = survives };
        _bench.Api.ByKey("QYSCRIPT").SetReadOnly(Bench.Standby, readOnly: true);
        _bench.Pass(2);
        _bench.Api.ByKey("QYSCRIPT").StopCluster(Bench.Standby);
        _bench.Pass(2);
        _bench.Api.ByKey("QYSCRIPT").StartCluster(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal(survives, Cloud.Cluster(Bench.Standby)!.IsReadOnly);
        Assert.Equal(survives, !_bench.Truth().Contains(WorldEventKind.ReadOnlyOff));
    }

    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 1400)]
    [InlineData(false, true, 1101)]
    public async Task It_may_be_refused(bool known, bool onStandby, int expected)
    {
        Cloud.Knobs = new Knobs { HasSetReadOnly = known, StandbyTakesReadOnly = onStandby };
        _bench.Link();
        Assert.Equal(expected, (await SetAsync("""{"readonly":"ON"}""")).RetCode());
    }

    /// <summary>QingCloud's own procedure: nothing that the source acknowledged is lost, and one of the two is
    /// writable.</summary>
    [Fact]
    public void A_switchover_behind_a_fence_loses_nothing()
    {
        Cloud.Knobs = new Knobs { ReplicationDelay = TimeSpan.FromMinutes(1) };
        _bench.Link();
        Cloud.WriteTo(Bench.Source);
        Cloud.SetReadOnlyByConsole(Bench.Source, readOnly: true);
        _bench.Pass(1);
        Cloud.WriteTo(Bench.Source);
        _bench.Pass(1);
        Assert.Null(Cloud.WriteTo(Bench.Source));
        Cloud.PromoteByConsole(Bench.Standby);
        _bench.Pass(60);
        Assert.Equal(JobStatus.Failed, Cloud.Jobs[0].Status);
        Cloud.PromoteByConsole(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal([1, 2], Cloud.DataOf(Bench.Standby));
        Assert.Equal([Bench.Standby], Cloud.Writable);
    }

    private Task<System.Text.Json.Nodes.JsonObject> SetAsync(string parameters) =>
        _bench.CallAsync(
            "RunClusterCustomService",
            ("cluster", Bench.Standby),
            ("role", "maininstance"),
            ("service", "set_readonly"),
            ("service_params", parameters)
        );
}
