using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>Nodes, meters, parameters, and the details of a cluster.</summary>
public sealed class HealthTests : IDisposable
{
    private const string Primary = "cln-ouhutv701";
    private const string Replica = "cln-ouhutv702";
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Nodes_are_described_with_their_health()
    {
        _bench.Cloud.SetHealth(Replica, healthy: false);
        var answer = await NodesAsync();
        Assert.Equal(3, (int)answer["total_count"]!);
        var nodes = answer["node_set"]!.AsArray();
        Assert.Equal(["healthy", "unhealthy", "healthy"], nodes.Select(node => (string)node!["health_status"]!));
        Assert.Equal((Replica, "maininstance", "active"), Shown(nodes[1]!));
        Assert.Equal("192.168.0.2", (string)nodes[1]!["private_ip"]!);
        Assert.Equal("s", (string)nodes[1]!["monitor"]!["items"]!["seconds_behind_master"]!["unit"]!);
        Assert.Empty((await NodesAsync(("role", "proxy")))["node_set"]!.AsArray());
        Assert.Equal(2100, (await NodesAsync(("cluster", Bench.Source))).RetCode());
        _bench.Cloud.SetHealth(Replica, healthy: true);
        Assert.All(_bench.Cloud.NodesOf(Bench.Standby), node => Assert.True(node.IsHealthy));
        Assert.Throws<RefusedException>(() => _bench.Cloud.SetHealth("cln-unknown", healthy: true));

        static (string, string, string) Shown(JsonNode node) =>
            ((string)node["node_id"]!, (string)node["role"]!, (string)node["status"]!);
    }

    public static TheoryData<Knobs, string, string> LagMeters { get; } =
        new()
        {
            { new Knobs(), "seconds_behind_master s", "healthy|1|S|12|833|600" },
            {
                new Knobs { LagMeter = LagMeter.OtherName },
                "slave_delay s",
                "healthy|1|S|12|833|600"
            },
            {
                new Knobs { LagMeter = LagMeter.Milliseconds },
                "replication_lag ms",
                "healthy|1|S|12|833|600000"
            },
            {
                new Knobs { LagMeter = LagMeter.Absent },
                "uptime s",
                "healthy|1|S|12|833"
            },
            {
                new Knobs { MeterValuesReversed = true },
                "seconds_behind_master s",
                "healthy|1|600|833|12|S"
            },
            {
                new Knobs { MeterData = MeterData.MinusOne },
                "seconds_behind_master s",
                "healthy|1|S|12|833|-1"
            },
            {
                new Knobs { MeterData = MeterData.Blank },
                "seconds_behind_master s",
                "healthy|1|S|12|833|"
            },
            {
                new Knobs { PrimaryReportsLag = false },
                "seconds_behind_master s",
                "healthy|1|S|12|833|0"
            },
        };

    /// <summary>The last values are those of ten minutes after the standby was first held back.</summary>
    [Theory]
    [MemberData(nameof(LagMeters), DisableDiscoveryEnumeration = true)]
    public async Task A_meter_shows_the_lag(Knobs knobs, string lastItem, string expected)
    {
        Hold();
        _bench.Cloud.Knobs = knobs;
        var meter = (await MonitorAsync(Primary))["meter_set"]!.AsArray().Single()!;
        Assert.Equal("stats", (string)meter["meter_id"]!);
        var (name, item) = meter["meter_info"]!["items"]!.AsObject().Last();
        Assert.Equal(lastItem, $"{name} {item!["unit"]}");
        Assert.Equal(expected, (string)meter["data_set"]!.AsArray()[^1]!);
    }

    [Theory]
    [InlineData(MeterGaps.Null, "1m", "[1772601000,T] - - - - T - - - -")]
    [InlineData(MeterGaps.NotAvailable, "1m", "[1772601000,T] NA NA NA NA T NA NA NA NA")]
    [InlineData(MeterGaps.Span, "1m", "[1772601000,T] [300,T]")]
    [InlineData(MeterGaps.Null, "5m", "[1772601000,T] T")]
    public async Task Times_without_values_are_written_as_set(MeterGaps gaps, string step, string expected)
    {
        _bench.Cloud.Knobs = new Knobs { MeterGaps = gaps };
        _bench.Pass(13 * 60);
        Assert.Equal(expected, await ShapeAsync(step));
        _bench.Cloud.Knobs = new Knobs { MeterGaps = gaps, MeterTimeIsBeijing = true };
        Assert.Equal(expected.Replace("1772601000", "1772629800", StringComparison.Ordinal), await ShapeAsync(step));
    }

    [Fact]
    public async Task There_may_be_no_values()
    {
        Assert.Equal("", await ShapeAsync("5m"));
        _bench.Pass(13 * 60);
        _bench.Cloud.Knobs = new Knobs { MeterData = MeterData.Null };
        Assert.All((await ShapeAsync("5m")).Split(' '), element => Assert.Equal("-", element));
        _bench.Cloud.Knobs = new Knobs();
        _bench.Link();
        _bench.Cloud.StopCluster(Bench.Source);
        _bench.Pass(600);
        Assert.EndsWith("|-1", Last(await MonitorAsync(Primary)), StringComparison.Ordinal);
        Assert.EndsWith("|-1", Last(await MonitorAsync(Replica)), StringComparison.Ordinal);
        _bench.Cloud.StopCluster(Bench.Standby);
        _bench.Pass(600);
        Assert.Equal("", await ShapeAsync("5m"));
    }

    [Fact]
    public async Task A_replica_is_not_behind_its_own_primary()
    {
        Hold();
        Assert.EndsWith("|600", Last(await MonitorAsync(Primary)), StringComparison.Ordinal);
        Assert.EndsWith("|0", Last(await MonitorAsync(Replica)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step", "7m", 1101)]
    [InlineData("meters.1", "cpu", 1101)]
    [InlineData("start_time", "yesterday", 1100)]
    [InlineData("resource", "cln-unknown", 2100)]
    public async Task A_wrong_question_is_refused(string name, string value, int expected) =>
        Assert.Equal(expected, (await MonitorAsync(Primary, "5m", (name, value))).RetCode());

    [Theory]
    [InlineData(false, "cluster")]
    [InlineData(true, "cluster_id")]
    public async Task Parameters_are_described(bool byClusterId, string name)
    {
        _bench.Cloud.Knobs = new Knobs { EnvironmentByClusterId = byClusterId };
        _bench.Cloud.SetParameter(Bench.Standby, "Expire_logs_days", "2");
        _bench.Cloud.SetParameter(Bench.Standby, "max_allowed_packet", "1G");
        var answer = await _bench.CallAsync("DescribeClusterEnvironment", (name, Bench.Standby));
        var values = answer["config"]!["properties"]!
            .AsArray()
            .ToDictionary(each => (string)each!["key"]!, each => each!["default"]!.ToJsonString());
        Assert.Equal(("2", "\"1G\"", "30"), Shown(values));
        Assert.Equal(8, values.Count);
        var other = byClusterId ? "cluster" : "cluster_id";
        var refused = await _bench.CallAsync("DescribeClusterEnvironment", (other, Bench.Standby));
        Assert.Equal(1100, refused.RetCode());

        static (string, string, string) Shown(Dictionary<string, string> values) =>
            (values["Expire_logs_days"], values["max_allowed_packet"], values["connect_timeout"]);
    }

    [Fact]
    public async Task Health_may_be_refused()
    {
        _bench.Cloud.Knobs = new Knobs { HealthRefused = true };
        var environment = await _bench.CallAsync("DescribeClusterEnvironment", ("cluster", Bench.Standby));
        Assert.All(
            [await NodesAsync(), await MonitorAsync(Primary), environment],
            answer => Assert.Equal(1400, answer.RetCode())
        );
    }

    [Theory]
    [InlineData(true, true, true, """["start_standby","stop_standby","promote_standby","set_readonly"]""")]
    [InlineData(true, true, false, """["start_standby","stop_standby","promote_standby"]""")]
    [InlineData(true, false, false, """{"maininstance":{"start_standby":{},"stop_standby":{},"promote_standby":{}}}""")]
    [InlineData(false, true, true, null)]
    public async Task A_cluster_shows_its_version_its_owner_and_its_services(
        bool details,
        bool asList,
        bool readOnly,
        string? services
    )
    {
        _bench.Cloud.Knobs = new Knobs
        {
            ClusterDetails = details,
            CustomServicesAsList = asList,
            HasSetReadOnly = readOnly,
        };
        var row = (await _bench.CallAsync("DescribeClusters")).Clusters().Single()!;
        Assert.Equal(services, row["custom_service"]?.ToJsonString());
        string? ofDetails = details ? "usr-simulated" : null;
        Assert.Equal((ofDetails, ofDetails), ((string?)row["owner"], (string?)row["root_user_id"]));
        var version = details ? "MySQL 8.0 - HighAvailability - 1.5.6" : null;
        Assert.Equal(version, (string?)row["app_version_info"]?["name"]);
    }

    private void Hold()
    {
        _bench.Pass(233);
        _bench.Cloud.SetLagging(Bench.Standby);
        _bench.Link();
        _bench.Pass(658);
    }

    private Task<JsonObject> NodesAsync(params (string, string)[] own) =>
        _bench.CallAsync("DescribeClusterNodes", [("cluster", Bench.Standby), .. own]);

    private Task<JsonObject> MonitorAsync(string node, string step = "5m", params (string, string)[] own) =>
        _bench.CallAsync(
            "GetClusterMonitor",
            [
                ("resource", node),
                ("meters.1", "stats"),
                ("step", step),
                ("start_time", "2026-03-04T04:00:00Z"),
                ("end_time", "2026-03-05T05:06:07.520Z"),
                .. own,
            ]
        );

    private static string Last(JsonObject answer)
    {
        var element = answer["meter_set"]![0]!["data_set"]!.AsArray()[^1]!;
        return (string)(element is JsonArray stamped ? stamped[1] : element)!;
    }

    /// <summary>The elements of the data: T for values, a hyphen for null.</summary>
    private async Task<string> ShapeAsync(string step)
    {
        var data = (await MonitorAsync(Primary, step))["meter_set"]![0]!["data_set"]!.AsArray();
        return string.Join(' ', data.Select(Shape));

        static string Shape(JsonNode? element) =>
            element switch
            {
                null => "-",
                JsonArray stamped => $"[{stamped[0]},{Shape(stamped[1])}]",
                _ => ((string)element!).Contains('|', StringComparison.Ordinal) ? "T" : (string)element!,
            };
    }
}
