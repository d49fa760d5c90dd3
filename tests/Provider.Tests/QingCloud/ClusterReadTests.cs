namespace QingCloudMySqlStandby.QingCloud;

/// <summary>What is read of a cluster beside its row: nodes, monitor, parameters, jobs of its app.</summary>
public sealed class ClusterReadTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Nodes_are_read_with_their_meters()
    {
        _rig.Api.Then(
            """
            {"ret_code":0,"total_count":3,"node_set":[
              {"node_id":"cln-1","role":"maininstance","status":"active","health_status":"healthy",
               "monitor":{"enable":true,"items":{
                 "lag":{"unit":"s","value_type":"int","scale_factor_when_display":1},
                 "ratio":{"unit":"%","value_type":"float","scale_factor_when_display":"0.1"},
                 "mode":{"unit":"","value_type":"str","enums":["L","F"]}}}},
              {"node_id":"cln-2","monitor":"{\"items\":{\"lag\":{\"unit\":\"s\",\"value_type\":\"int\"}}}"},
              {"name":"a row without an id"}]}
            """
        );

        var nodes = _rig.Run(() => _rig.Client.ListNodesAsync("sh1a", "cl-1", CancellationToken.None));

        Assert.Equal(["cln-1", "cln-2"], nodes.Select(node => node.Id));
        Assert.Equal(("maininstance", "active", "healthy"), (nodes[0].Role, nodes[0].Status, nodes[0].Health));
        Assert.Equal(("", "", ""), (nodes[1].Role, nodes[1].Status, nodes[1].Health));
        Assert.Equal(
            [new Meter("lag", "s", true, 1), new Meter("ratio", "%", true, 0.1), new Meter("mode", "", false, 1)],
            nodes[0].Meters
        );
        Assert.Equal([new Meter("lag", "s", true, 1)], nodes[1].Meters);
        var asked = Assert.Single(_rig.Api.Calls);
        Assert.Equal(
            ("DescribeClusterNodes", "cl-1", "100"),
            (asked.Action, asked.Form["cluster"], asked.Form["limit"])
        );
    }

    [Fact]
    public void A_monitor_is_read_over_the_last_half_hour()
    {
        _rig.Api.Then(Monitor(""" [1520145900,"healthy|1|12"],"healthy|1|13" """));

        var readings = Readings();

        Assert.Equal([new Meter("lag", "s", true, 1)], readings.Meters);
        Assert.Equal(
            ["2018-03-04T06:45:00Z healthy|1|12", "2018-03-04T06:50:00Z healthy|1|13"],
            readings.Points.Select(Show)
        );
        var asked = Assert.Single(_rig.Api.Calls);
        Assert.Equal(
            ("GetClusterMonitor", "cln-1", "stats", "5m"),
            (asked.Action, asked.Form["resource"], asked.Form["meters.1"], asked.Form["step"])
        );
        Assert.Equal(FakeZone.Stamp(asked.At), asked.Form["end_time"]);
        Assert.Equal(FakeZone.Stamp(asked.At.AddMinutes(-30)), asked.Form["start_time"]);
    }

    /// <summary>The forms of the published description of the compression, and what else may come.</summary>
    [Theory]
    [InlineData(""" [1520145900,"a"],"NA","b" """, "06:45 a;06:50 -;06:55 b")]
    [InlineData(""" [1520145900,"a"],null,"b" """, "06:45 a;06:50 -;06:55 b")]
    [InlineData(""" [1520145900,"a"],"","b" """, "06:45 a;06:50 -;06:55 b")]
    [InlineData(""" [1520145900,"a"],[540,"b"],"c" """, "06:45 a;06:54 b;06:59 c")]
    [InlineData(""" [1520145900,"a"],[1520147100,"b"],"c" """, "06:45 a;07:05 b;07:10 c")]
    [InlineData(""" ["1520145900","a"],[1520147100.0,["b","c",null]] """, "06:45 a;07:05 b|c|")]
    [InlineData(""" [1520145900,null] """, "06:45 -")]
    [InlineData(""" [1520145900,7] """, "06:45 7")]
    [InlineData(""" "a","b" """, "")]
    [InlineData(""" [300,"a"],"b",[1520145900,"c"] """, "06:45 c")]
    [InlineData(""" [1e300,"a"],"b" """, "")]
    [InlineData(""" [1520145900,"a"],[-1e300,"b"],{"x":1} """, "06:45 a")]
    [InlineData("", "")]
    public void A_compressed_set_is_read_element_by_element(string elements, string expected)
    {
        _rig.Api.Then(Monitor(elements));

        var points = Readings().Points.Select(point => $"{point.At:HH:mm} {Text(point)}");

        Assert.Equal(expected, string.Join(';', points));
    }

    [Theory]
    [InlineData("""{"ret_code":0}""")]
    [InlineData("""{"ret_code":0,"meter_set":null}""")]
    [InlineData("""{"ret_code":0,"meter_set":[]}""")]
    [InlineData("""{"ret_code":0,"meter_set":[{"meter_id":"cpu","data_set":[[1520145900,"56"]]}]}""")]
    [InlineData("""{"ret_code":0,"meter_set":[{"meter_id":"stats"}]}""")]
    [InlineData("""{"ret_code":0,"meter_set":[{"meter_id":"stats","meter_info":null,"data_set":null}]}""")]
    [InlineData("""{"ret_code":0,"meter_set":"none"}""")]
    public void A_monitor_that_shows_nothing_is_empty(string answer)
    {
        _rig.Api.Then(answer);

        var readings = Readings();

        Assert.Empty(readings.Meters);
        Assert.Empty(readings.Points);
    }

    [Fact]
    public void Parameters_are_read_by_their_names_in_any_case()
    {
        _rig.Api.Then(
            """
            {"ret_code":0,"config":{"key":"env","type":"array","properties":[
              {"key":"Expire_logs_days","type":"integer","default":7},
              {"key":"max_allowed_packet","type":"string","default":"1G"},
              {"key":"autocommit","type":"boolean","default":true},
              {"key":"secret_of_ours","type":"password","default":"hunter2"},
              {"key":"unset","type":"string","default":null},
              {"type":"string","default":"without a name"},
              {"key":"maininstance","type":"array","properties":[{"key":"wait_timeout","default":3600}]}]}}
            """
        );

        var parameters = _rig.Run(() => _rig.Client.ReadEnvironmentAsync("sh1a", "cl-1", CancellationToken.None));

        Assert.Equal(
            ["autocommit=true", "Expire_logs_days=7", "max_allowed_packet=1G", "wait_timeout=3600"],
            parameters.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.OrdinalIgnoreCase)
        );
        Assert.Equal("7", parameters["expire_logs_days"]);
        var asked = Assert.Single(_rig.Api.Calls);
        Assert.Equal(
            ("DescribeClusterEnvironment", "cl-1", "cl-1"),
            (asked.Action, asked.Form["cluster"], asked.Form["cluster_id"])
        );
    }

    [Theory]
    [InlineData("""{"ret_code":0}""")]
    [InlineData("""{"ret_code":0,"config":null}""")]
    [InlineData("""{"ret_code":0,"config":{}}""")]
    [InlineData("""{"ret_code":0,"config":[]}""")]
    public void Parameters_that_are_not_shown_are_none(string answer)
    {
        _rig.Api.Then(answer);

        Assert.Empty(_rig.Run(() => _rig.Client.ReadEnvironmentAsync("sh1a", "cl-1", CancellationToken.None)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Jobs_of_an_app_are_read_page_by_page(bool hasTotal)
    {
        _rig.Api.Then(Jobs(0, 100, hasTotal)).Then(Jobs(100, 50, hasTotal)).Then(Jobs(150, 0, hasTotal));

        var jobs = _rig.Run(async () =>
        {
            var all = new List<Job>();
            await foreach (var job in _rig.Client.ListClusterJobsAsync("sh1a", "app-1", CancellationToken.None))
                all.Add(job);

            return all;
        });

        Assert.Equal(Enumerable.Range(0, 150).Select(number => $"j-{number}"), jobs.Select(job => job.Id));
        Assert.All(jobs, job => Assert.Equal(("StopClusters", "system"), (job.Action, job.Owner)));
        Assert.Equal(hasTotal ? 2 : 3, _rig.Api.Calls.Count);
        Assert.All(_rig.Api.Calls, call => Assert.Equal("app-1", call.Form["app"]));
        Assert.Equal(["0", "100"], _rig.Api.Calls.Take(2).Select(call => call.Form["offset"]));
    }

    [Fact]
    public void Jobs_of_an_app_are_read_only_as_far_as_they_are_enumerated()
    {
        _rig.Api.Then(Jobs(0, 100, hasTotal: true));

        _rig.Run(async () =>
        {
            await foreach (var job in _rig.Client.ListClusterJobsAsync("sh1a", "app-1", CancellationToken.None))
            {
                Assert.Equal("j-0", job.Id);
                break;
            }
        });

        Assert.Single(_rig.Api.Calls);
    }

    private MeterReadings Readings() =>
        _rig.Run(() => _rig.Client.ReadMetersAsync("sh1a", "cln-1", CancellationToken.None));

    private static string Show(MeterPoint point) => $"{FakeZone.Stamp(point.At)} {Text(point)}";

    private static string Text(MeterPoint point) => point.Values.Count == 0 ? "-" : string.Join('|', point.Values);

    private static string Monitor(string elements) =>
        """
            {"ret_code":0,"resource_id":"cln-1","meter_set":[
              {"meter_id":"cpu","data_set":[[1520145900,56]]},
              {"meter_id":"stats",
               "meter_info":{"items":{"lag":{"unit":"s","value_type":"int","scale_factor_when_display":1}}},
               "data_set":[ELEMENTS]}]}
            """.Replace("ELEMENTS", elements, StringComparison.Ordinal);

    private static string Jobs(int first, int count, bool hasTotal)
    {
        var rows = Enumerable
            .Range(first, count)
            .Select(number =>
                $$"""
                    {"job_id":"j-{{number}}","job_action":"StopClusters","status":"successful","owner":"system",
                     "create_time":"2026-01-01T00:00:00Z","resource_ids":"cl-1"}
                    """
            );
        return $$"""{"ret_code":0,{{(hasTotal ? "\"total_count\":150," : "")}}"job_set":[{{string.Join(
            ',',
            rows
        )}}]}""";
    }
}
