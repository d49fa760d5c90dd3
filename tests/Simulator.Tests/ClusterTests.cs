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

    private const string Rest = "192.168.0.232 3306 migrate_user full running";

    public static TheoryData<StandbyTab, string?, string?, string?> Tabs { get; } =
        new()
        {
            { StandbyTab.Source, "", $"{Bench.Source} pek3a {Rest}", "" },
            { StandbyTab.BlankRow, "      ", $"{Bench.Source} pek3a {Rest}", "      " },
            { StandbyTab.OnlyWhenLinked, null, $"{Bench.Source} pek3a {Rest}", null },
            {
                StandbyTab.BothIds,
                "",
                $"{Bench.Source} pek3a {Rest} {Bench.Standby}",
                $"{Bench.Source} pek3a {Rest} {Bench.Standby}"
            },
            { StandbyTab.Roles, "", $"源集群 {Bench.Source} pek3a {Rest}", $"灾备集群 {Bench.Standby} sh1a {Rest}" },
            { StandbyTab.Unreadable, "no data", "no data", "no data" },
            { StandbyTab.Refused, "1400", "1400", "1400" },
            { StandbyTab.Absent, null, null, null },
        };

    [Theory]
    [MemberData(nameof(Tabs))]
    public async Task The_standby_tab_shows_links(StandbyTab tab, string? before, string? standby, string? source)
    {
        _bench.Cloud.Knobs = new Knobs { StandbyTab = tab };
        Assert.Equal(before, await TabAsync(Bench.Standby, "sh1a"));
        _bench.Link();
        Assert.Equal(standby, await TabAsync(Bench.Standby, "sh1a"));
        Assert.Equal(source, await TabAsync(Bench.Source, "pek3a"));
        Assert.Equal("", await TabAsync(Bench.Standby, "sh1a", "用户"));
        _bench.Cloud.StopCluster(Bench.Standby);
        _bench.Pass(2);
        Assert.Equal(before, await TabAsync(Bench.Standby, "sh1a"));
        _bench.Cloud.Knobs = _bench.Cloud.Knobs with { TabNeedsActive = true };
        Assert.Equal(before is null ? null : "1400", await TabAsync(Bench.Standby, "sh1a"));
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

    /// <summary>The rows of a tab as a string, or the ret_code of a refusal; null: the cluster has no such tab.</summary>
    private async Task<string?> TabAsync(string cluster, string zone, string name = "灾备关系")
    {
        var clusters = await _bench.CallAsync("DescribeClusters", ("clusters.1", cluster), ("zone", zone));
        var answer = await _bench.CallAsync(
            "DescribeClusterDisplayTabs",
            ("cluster", cluster),
            ("zone", zone),
            ("display_tabs", name)
        );
        if (!clusters.Clusters().Single()!["display_tabs"]!.AsObject().ContainsKey(name))
        {
            Assert.Equal(1101, answer.RetCode());
            return null;
        }

        if (answer.RetCode() != 0)
            return $"{answer.RetCode()}";

        if (answer["display_tabs"] is not JsonObject table)
            return (string)answer["display_tabs"]!;

        var rows = table["data"]!.AsArray().Select(row => row!.AsArray()).ToList();
        Assert.All(rows, row => Assert.Equal(table["labels"]!.AsArray().Count, row.Count));
        return string.Join('\n', rows.Select(row => string.Join(' ', row.Select(cell => (string)cell!))));
    }
}
