using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class ClusterTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_cluster_is_described_in_its_zone()
    {
        var answer = await _bench.CallAsync("DescribeClusters", ("clusters.1", Bench.Standby), ("verbose", "1"));
        Assert.Equal("DescribeClustersResponse", (string)answer["action"]!);
        var cluster = Assert.Single(answer.Clusters())!;
        Assert.Equal("orders-standby", (string)cluster["name"]!);
        Assert.Equal("active", (string)cluster["status"]!);
        Assert.Equal("", (string)cluster["transition_status"]!);
        Assert.True(cluster["display_tabs"]!.AsObject().ContainsKey("灾备关系"));
        Assert.Empty((await _bench.CallAsync("DescribeClusters", ("clusters.1", Bench.Source))).Clusters());
    }

    [Fact]
    public async Task A_cluster_is_in_transition_while_a_job_is_under_way()
    {
        await _bench.StartAsync();
        var during = (await _bench.CallAsync("DescribeClusters")).Clusters().Single()!;
        Assert.Equal(("active", "updating"), ((string)during["status"]!, (string)during["transition_status"]!));
        _bench.Pass(2);
        var after = (await _bench.CallAsync("DescribeClusters")).Clusters().Single()!;
        Assert.Equal("", (string)after["transition_status"]!);
    }

    [Theory]
    [InlineData(ClusterStatus.Deleted, "deleted")]
    [InlineData(ClusterStatus.Ceased, "ceased")]
    [InlineData(ClusterStatus.Suspended, "suspended")]
    public async Task A_cluster_that_is_gone_is_still_described(ClusterStatus status, string expected)
    {
        _bench.Cloud.SetStatus(Bench.Standby, status);
        Assert.Equal(expected, (string)(await _bench.CallAsync("DescribeClusters")).Clusters().Single()!["status"]!);
        Assert.Empty((await _bench.CallAsync("DescribeClusters", ("status.1", "active"))).Clusters());
    }

    [Fact]
    public async Task An_unknown_cluster_is_left_out() =>
        Assert.Empty((await _bench.CallAsync("DescribeClusters", ("clusters.1", "cl-unknown"))).Clusters());

    [Fact]
    public async Task Lists_have_pages()
    {
        foreach (var number in Enumerable.Range(0, 150))
            _bench.Cloud.AddCluster(new ClusterSpec($"cl-{number:000}", "gd2"));

        var page = await _bench.CallAsync("DescribeClusters", ("zone", "gd2"), ("limit", "100"), ("offset", "100"));
        Assert.Equal(150, (int)page["total_count"]!);
        Assert.Equal(50, page.Clusters().Count);
        Assert.Equal("cl-100", (string)page.Clusters()[0]!["cluster_id"]!);
    }

    [Fact]
    public async Task The_standby_tab_shows_the_source()
    {
        Assert.Empty((await TabAsync("灾备关系"))["data"]!.AsArray());
        _bench.Link();
        var tab = await TabAsync("灾备关系");
        var row = Assert.Single(tab["data"]!.AsArray())!.AsArray();
        Assert.Equal(tab["labels"]!.AsArray().Count, row.Count);
        Assert.Equal(
            [Bench.Source, "pek3a", "192.168.0.232", "3306", "migrate_user", "full", "running"],
            row.Select(cell => (string)cell!)
        );
        Assert.Empty((await TabAsync("用户"))["data"]!.AsArray());
    }

    [Theory]
    [InlineData("display_tabs", "no such tab", 1101)]
    [InlineData("cluster", "cl-unknown", 2100)]
    [InlineData("role", "proxy", 1101)]
    [InlineData("zone", "pek3a", 2100)]
    public async Task A_tab_that_is_not_there_is_refused(string name, string value, int expected)
    {
        var parameters = TabParameters("灾备关系");
        parameters[name] = value;
        Assert.Equal(expected, (await _bench.CallAsync(parameters)).RetCode());
    }

    private Dictionary<string, string> TabParameters(string name) =>
        _bench.Parameters(
            "DescribeClusterDisplayTabs",
            ("cluster", Bench.Standby),
            ("display_tabs", name),
            ("role", "maininstance")
        );

    private async Task<JsonObject> TabAsync(string name) =>
        (await _bench.CallAsync(TabParameters(name)))["display_tabs"]!.AsObject();
}
