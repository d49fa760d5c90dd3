namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class StandbyTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Start_makes_a_job_that_links_the_cluster()
    {
        var answer = await _bench.StartAsync();
        Assert.Equal(0, answer.RetCode());
        Assert.Equal("RunClusterCustomServiceResponse", (string)answer["action"]!);
        Assert.Equal("start_standby", (string)answer["service"]!);
        Assert.Equal("maininstance", (string)answer["role"]!);
        Assert.Equal(Bench.Standby, (string)answer["cluster_id"]!);
        var id = (string)answer["job_id"]!;
        Assert.Equal(JobStatus.Pending, _bench.Cloud.Job(id)!.Status);
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));

        _bench.Pass(1);
        Assert.Equal(JobStatus.Working, _bench.Cloud.Job(id)!.Status);
        Assert.Equal(LinkState.Starting, _bench.Cloud.LinkOf(Bench.Standby)!.State);
        Assert.Equal([Bench.Source], _bench.Cloud.Writable);

        _bench.Pass(1);
        Assert.Equal(JobStatus.Successful, _bench.Cloud.Job(id)!.Status);
        var link = _bench.Cloud.LinkOf(Bench.Standby)!;
        Assert.Equal((LinkState.Replicating, true), (link.State, link.CaughtUp));
        Assert.Equal(
            new SourceEndpoint(Bench.Source, "pek3a", "192.168.0.232", 3306, "migrate_user", Bench.Password),
            link.Source
        );
    }

    [Theory]
    [InlineData("full", new[] { ClusterEventKind.Overwritten, ClusterEventKind.Linked })]
    [InlineData("increment", new[] { ClusterEventKind.Linked })]
    public async Task Only_a_full_copy_overwrites_the_data(string syncWay, ClusterEventKind[] expected)
    {
        await _bench.StartAsync(Bench.ServiceParams.Replace("full", syncWay, StringComparison.Ordinal));
        _bench.Pass(2);
        Assert.Equal(expected, _bench.Cloud.History.Select(past => past.Kind));
    }

    [Theory]
    [InlineData("\"port\":3306", "\"port\":\"3306\"", 1100)]
    [InlineData("\"port\":3306", "\"port\":0", 1101)]
    [InlineData("\"port\":3306", "\"port\":65536", 1101)]
    [InlineData("\"port\":3306", "\"port\":3306.5", 1101)]
    [InlineData("\"full\"", "\"Full\"", 1101)]
    [InlineData("\"full\"", "null", 1100)]
    [InlineData("\"password\"", "\"passwd\"", 1100)]
    [InlineData("\"Passwd@123\"", "\"\"", 1100)]
    [InlineData("\"pek3a\"", "\"mars1\"", 1101)]
    [InlineData("\"cl-9np7ig3g\"", "\"orders\"", 1101)]
    [InlineData("\"192.168.0.232\"", "\"not a host\"", 1101)]
    [InlineData("\"user\":\"migrate_user\",", "", 1100)]
    [InlineData("\"port\":3306", "\"port\":3306,\"ssl\":true", 1100)]
    [InlineData("\"port\":3306", "\"port\":3306,\"port\":3307", 1100)]
    [InlineData("3306}", "3306", 1100)]
    public async Task Service_params_are_strict(string part, string replacement, int expected)
    {
        var answer = await _bench.StartAsync(Bench.ServiceParams.Replace(part, replacement, StringComparison.Ordinal));
        Assert.Equal(expected, answer.RetCode());
        Assert.DoesNotContain(Bench.Password, answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(_bench.Cloud.Jobs);
    }

    [Theory]
    [InlineData("cluster", "cl-unknown1", 2100)]
    [InlineData("zone", "pek3a", 2100)]
    [InlineData("role", "proxy", 1101)]
    [InlineData("service", "restart_standby", 1101)]
    [InlineData("role", "", 1100)]
    [InlineData("service_params", "{}", 1101)]
    public async Task The_other_parameters_are_strict_too(string name, string value, int expected)
    {
        _bench.Link();
        var parameters = _bench.Parameters(
            "RunClusterCustomService",
            ("cluster", Bench.Standby),
            ("role", "maininstance"),
            ("service", "stop_standby")
        );
        parameters[name] = value;
        Assert.Equal(expected, (await _bench.CallAsync(parameters)).RetCode());
    }

    [Theory]
    [InlineData("stop_standby", Release.Stopped)]
    [InlineData("promote_standby", Release.Promoted)]
    public async Task Stop_and_promote_make_the_standby_writable(string service, Release release)
    {
        _bench.Link();
        await _bench.ServiceAsync(service);
        Assert.NotNull(_bench.Cloud.LinkOf(Bench.Standby));
        _bench.Pass(2);
        Assert.Null(_bench.Cloud.LinkOf(Bench.Standby));
        Assert.Equal(release, _bench.Cloud.Cluster(Bench.Standby)!.Release);
        Assert.Equal([Bench.Standby, Bench.Source], _bench.Cloud.Writable);
        Assert.Equal(1400, (await _bench.ServiceAsync(service)).RetCode());
    }

    [Theory]
    [InlineData("stop_standby", Release.Stopped)]
    [InlineData("promote_standby", Release.Promoted)]
    public async Task A_full_copy_over_a_released_cluster_is_seen(string service, Release release)
    {
        _bench.Link();
        await _bench.ServiceAsync(service);
        _bench.Pass(2);
        await _bench.StartAsync();
        _bench.Pass(2);
        var copies = _bench.Cloud.History.Where(past => past.Kind == ClusterEventKind.Overwritten);
        Assert.Equal([Release.None, release], copies.Select(copy => copy.Before));
    }

    [Fact]
    public async Task A_lagging_standby_cannot_be_promoted_until_it_has_caught_up()
    {
        _bench.Link();
        _bench.Cloud.SetLagging(Bench.Standby);
        await _bench.ServiceAsync("promote_standby");
        _bench.Pass(2);
        var failed = _bench.Cloud.Jobs[0];
        Assert.Equal((JobStatus.Failed, "standby_lagging"), (failed.Status, failed.ErrorCodes));
        Assert.NotNull(_bench.Cloud.LinkOf(Bench.Standby));

        _bench.Cloud.SetLagging(Bench.Standby, lagging: false);
        await _bench.ServiceAsync("promote_standby");
        _bench.Pass(2);
        Assert.Equal(JobStatus.Successful, _bench.Cloud.Jobs[0].Status);
    }

    [Fact]
    public async Task A_cluster_has_at_most_one_source()
    {
        _bench.Link();
        var refused = await _bench.StartAsync();
        Assert.Equal(1400, refused.RetCode());
        Assert.Contains(Bench.Source, refused.Message(), StringComparison.Ordinal);
        Assert.DoesNotContain("try later", refused.Message(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_operation_at_a_time()
    {
        await _bench.StartAsync();
        foreach (var service in new[] { "stop_standby", "promote_standby" })
        {
            var refused = await _bench.ServiceAsync(service);
            Assert.Equal(1400, refused.RetCode());
            Assert.Contains("please try later", refused.Message(), StringComparison.Ordinal);
        }

        Assert.Single(_bench.Cloud.Jobs);
    }

    [Theory]
    [InlineData(ClusterStatus.Pending, 1400)]
    [InlineData(ClusterStatus.Suspended, 1400)]
    [InlineData(ClusterStatus.Deleted, 1400)]
    [InlineData(ClusterStatus.Ceased, 2100)]
    public async Task A_standby_has_to_be_active(ClusterStatus status, int expected)
    {
        _bench.Cloud.SetStatus(Bench.Standby, status);
        Assert.Equal(expected, (await _bench.StartAsync()).RetCode());
    }

    [Theory]
    [InlineData(Edition.Basic, true)]
    [InlineData(Edition.HighAvailability, false)]
    public async Task A_basic_edition_or_another_application_cannot_be_a_standby(Edition edition, bool mySqlPlus)
    {
        _bench.Cloud.AddCluster(new ClusterSpec("cl-other", "sh1a") { Edition = edition, MySqlPlus = mySqlPlus });
        Assert.Equal(1400, (await _bench.ServiceAsync("stop_standby", "cl-other")).RetCode());
        Assert.Throws<RefusedException>(() => _bench.Cloud.StartByConsole("cl-other", Bench.SourceEndpoint));
    }

    [Fact]
    public void A_cluster_is_no_source_of_itself() =>
        Assert.Equal(
            1101,
            Assert
                .Throws<RefusedException>(() =>
                    _bench.Cloud.StartByConsole(Bench.Standby, new SourceEndpoint(Bench.Standby, "sh1a"))
                )
                .RetCode
        );

    [Theory]
    [InlineData("cl-foreign", "pek3a", "source_gtid_off")]
    [InlineData("cl-9np7ig3g", "gd2", "source_not_in_zone")]
    [InlineData("cl-suspended", "pek3a", "source_unreachable")]
    [InlineData("cl-elsewhere", "pek3a", "")]
    public void A_start_fails_in_the_job_when_the_source_cannot_be_copied(string source, string zone, string expected)
    {
        _bench.Cloud.AddCluster(new ClusterSpec("cl-foreign", "pek3a") { MySqlPlus = false, Gtid = false });
        _bench.Cloud.AddCluster(new ClusterSpec("cl-suspended", "pek3a") { Status = ClusterStatus.Suspended });
        _bench.Cloud.StartByConsole(Bench.Standby, new SourceEndpoint(source, zone));
        _bench.Pass(2);
        Assert.Equal(expected, _bench.Cloud.Jobs[0].ErrorCodes);
        Assert.Equal(expected.Length == 0, _bench.Cloud.LinkOf(Bench.Standby) is not null);
    }
}
