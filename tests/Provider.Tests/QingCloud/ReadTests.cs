using System.Net;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.QingCloud.Responses;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class ReadTests : IDisposable
{
    /// <summary>Back to before any cluster was made: the account's oldest job is older.</summary>
    private static readonly HistoryDepth Whole = new(null, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly Rig _rig = new();
    private readonly FakeZone _zone;

    public ReadTests() => _zone = new FakeZone(_rig.Api);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_cluster_is_read()
    {
        _zone.AddCluster(
            "cl-1",
            tabs: new JsonObject
            {
                ["dr_info"] = new JsonObject { ["en"] = "Disaster", ["zh"] = "灾备关系" },
                ["roles"] = "Roles",
            }
        );

        var cluster = _rig.Run(() => Find("cl-1", Freshness.Live))!;

        Assert.Equal(
            ("cl-1", "name of cl-1", "active", ""),
            (cluster.Id, cluster.Name, cluster.Status, cluster.TransitionStatus)
        );
        Assert.Equal("Disaster / 灾备关系", cluster.DisplayTabs["dr_info"]);
        Assert.Equal("Roles", cluster.DisplayTabs["roles"]);
    }

    [Fact]
    public void A_row_shows_more_of_a_cluster()
    {
        _zone.AddCluster("cl-1");
        var row = _zone.Clusters[0];
        row["create_time"] = "2026-01-02T03:04:05Z";
        row["status_time"] = "2026-03-04T05:06:07Z";
        row["app_id"] = "app-00r26u27";
        row["app_version_info"] = new JsonObject { ["version_id"] = "appv-1", ["name"] = "MySQL 5.7 HA 1.5.6" };
        row["owner"] = "usr-1";
        row["root_user_id"] = "usr-0";

        var cluster = _rig.Run(() => Find("cl-1", Freshness.Live))!;

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), cluster.CreatedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), cluster.StatusAt);
        Assert.Equal(
            ("app-00r26u27", "MySQL 5.7 HA 1.5.6", "usr-1", "usr-0"),
            (cluster.AppId, cluster.Version, cluster.Owner, cluster.RootUserId)
        );
        Assert.Empty(cluster.CustomServices);
    }

    [Fact]
    public void What_a_row_does_not_show_is_unknown()
    {
        _zone.AddCluster("cl-1");
        _zone.Clusters[0]["status_time"] = "";
        _zone.Clusters[0]["app_id"] = "";
        _zone.Clusters[0]["app_version_info"] = null;

        var cluster = _rig.Run(() => Find("cl-1", Freshness.Live))!;

        Assert.Null(cluster.StatusAt);
        Assert.Equal((null, null, null, null), (cluster.AppId, cluster.Version, cluster.Owner, cluster.RootUserId));
    }

    [Theory]
    [InlineData("""{"maininstance":{"set_readonly":{"cmd":"x"},"start_standby":{"cmd":"y"}}}""")]
    [InlineData("""{"set_readonly":{"maininstance":{"cmd":"x"}},"start_standby":{}}""")]
    [InlineData("""["set_readonly","start_standby"]""")]
    [InlineData("""{"maininstance":["set_readonly","start_standby"]}""")]
    [InlineData("""  "{u'maininstance': {u'set_readonly': None, u'start_standby': None}}"  """)]
    public void The_services_of_a_cluster_are_found_in_whatever_form(string services)
    {
        _zone.AddCluster("cl-1");
        _zone.Clusters[0]["custom_service"] = JsonNode.Parse(services);

        var found = _rig.Run(() => Find("cl-1", Freshness.Live))!.CustomServices;

        Assert.Equal(
            ["set_readonly", "start_standby"],
            found.Except(["maininstance"], StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("ceased")]
    public void A_deleted_cluster_is_a_row_that_says_so(string status)
    {
        _zone.AddCluster("cl-1", status);

        Assert.False(_rig.Run(() => Find("cl-1", Freshness.Live))!.Exists());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_cluster_is_none_and_spoils_no_other(bool isAnError)
    {
        _zone.UnknownId = isAnError ? _ => FakeZone.NotFound : null;
        _zone.AddCluster("cl-1");
        _zone.AddCluster("cl-2");
        _zone.AddCluster("cl-3");

        var found = _rig.Run(() =>
            Task.WhenAll(
                Find("cl-1", Freshness.Live),
                Find("cl-x", Freshness.Live),
                Find("cl-2", Freshness.Live),
                Find("cl-3", Freshness.Live)
            )
        );

        Assert.Equal(["cl-1", null, "cl-2", "cl-3"], found.Select(c => c?.Id));
    }

    [Fact]
    public void A_message_that_names_the_unknown_id_saves_the_search_for_it()
    {
        _zone.UnknownId = id =>
            """{"ret_code":1100,"message":"IllegalParameter, cluster [X]"}""".Replace(
                "X",
                id,
                StringComparison.Ordinal
            );
        for (var i = 0; i < 80; i++)
            _zone.AddCluster($"cl-{i}a");

        var found = _rig.Run(() =>
            Task.WhenAll(Enumerable.Range(0, 80).Select(i => Find(i == 17 ? "cl-x" : $"cl-{i}a", Freshness.Live)))
        );

        Assert.Equal(79, found.Count(c => c is not null));
        Assert.Equal(3, _rig.Api.Calls.Count);
    }

    [Fact]
    public void A_hundred_reads_at_once_are_one_call()
    {
        var found = _rig.Run(() =>
            Task.WhenAll(Enumerable.Range(0, 100).Select(i => Find($"cl-{i}", Freshness.Recent)))
        );

        Assert.All(found, Assert.Null);
        Assert.Equal(100, Assert.Single(_rig.Api.Calls).List("clusters").Count);
    }

    [Fact]
    public void A_refresh_of_a_hundred_links_four_at_a_time_costs_at_most_ten_calls()
    {
        for (var i = 0; i < 150; i++)
        {
            _zone.AddCluster($"cl-{i}");
            _zone.AddJob($"j-{i}", _rig.Clock.GetUtcNow().AddHours(-200 + i), "successful", $"cl-{i}");
        }

        _rig.Run(async () =>
        {
            foreach (var few in Enumerable.Range(0, 100).Chunk(4))
            {
                await Task.WhenAll(
                    few.Select(async i =>
                    {
                        Assert.NotNull(await Find($"cl-{i}", Freshness.Recent));
                        var depth = i % 2 == 0 ? new HistoryDepth($"j-{i}", null) : Whole;
                        var history = await History($"cl-{i}", depth, Freshness.Recent);
                        Assert.Single(history.Jobs);
                        Assert.NotEqual(HistoryReach.Incomplete, history.Reach);
                    })
                );
            }
        });

        Assert.InRange(_rig.Api.Calls.Count, 1, 10);
    }

    [Theory]
    [InlineData(500, 7)]
    [InlineData(2500, 9)]
    public void A_zone_is_listed_for_many_reads_unless_it_is_too_large(int clusters, int calls)
    {
        for (var i = 0; i < clusters; i++)
            _zone.AddCluster($"cl-{i}");

        _rig.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
                Assert.NotNull(await Find($"cl-{490 + i}", Freshness.Recent));
        });

        Assert.Equal(calls, _rig.Api.Calls.Count);
    }

    [Fact]
    public void A_recent_answer_serves_for_five_seconds_and_a_live_one_never()
    {
        _zone.AddCluster("cl-1");
        _rig.Run(async () =>
        {
            await Find("cl-1", Freshness.Recent);
            await Find("cl-1", Freshness.Recent);
            Assert.Single(_rig.Api.Calls);
            await Find("cl-1", Freshness.Live);
            Assert.Equal(2, _rig.Api.Calls.Count);
            await Task.Delay(TimeSpan.FromSeconds(6), _rig.Clock);
            await Find("cl-1", Freshness.Recent);
            Assert.Equal(3, _rig.Api.Calls.Count);
        });
    }

    [Fact]
    public void An_answer_from_before_a_change_is_not_recent()
    {
        _zone.AddCluster("cl-standby");
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-1"}""";
        _rig.Run(async () =>
        {
            await Find("cl-standby", Freshness.Recent);
            await History("cl-standby", Whole, Freshness.Recent);
            await _rig.Client.RunServiceAsync(Rig.Start, CancellationToken.None);
            var before = _rig.Api.Calls.Count;
            await Find("cl-standby", Freshness.Recent);
            await History("cl-standby", Whole, Freshness.Recent);
            Assert.Equal(before + 2, _rig.Api.Calls.Count);
        });
    }

    [Fact]
    public void A_live_read_during_a_call_waits_for_the_next_call()
    {
        _zone.AddCluster("cl-1");
        Task<Cluster?>? second = null;
        _zone.Before = _ => second ??= Find("cl-1", Freshness.Live);

        _rig.Run(async () =>
        {
            await Find("cl-1", Freshness.Live);
            await second!;
        });

        Assert.Equal(2, _rig.Api.Calls.Count);
    }

    [Fact]
    public void One_caller_who_leaves_does_not_end_the_call_of_another()
    {
        _zone.AddCluster("cl-1");
        _rig.Api.ThenFail(FakeApi.Refused());
        _rig.Run(async () =>
        {
            var impatient = Find("cl-1", Freshness.Live, _rig.After(TimeSpan.FromMilliseconds(100)));
            var patient = Find("cl-1", Freshness.Live);
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
            Assert.IsType<QingCloudException>(cancelled.InnerException);
            Assert.NotNull(await patient);
        });
    }

    [Fact]
    public void A_read_that_everyone_left_stops_and_the_next_begins_anew()
    {
        _zone.AddCluster("cl-1");
        _rig.Api.ThenFail(FakeApi.Refused()).ThenFail(FakeApi.Refused());
        _rig.Run(async () =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                Find("cl-1", Freshness.Live, _rig.After(TimeSpan.FromMilliseconds(10)))
            );
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                Find("cl-1", Freshness.Live, _rig.After(TimeSpan.FromMilliseconds(100)))
            );
            Assert.NotNull(await Find("cl-1", Freshness.Live));
        });
        Assert.Equal(3, _rig.Api.Calls.Count);
    }

    [Fact]
    public void Reads_survive_faults()
    {
        _zone.AddCluster("cl-1");
        _rig.Api.ThenFail(FakeApi.Refused())
            .Then("<html>502</html>", HttpStatusCode.BadGateway)
            .Then("""{"ret_code":5000,"message":"internal"}""")
            .Then("""{"ret_code":1400,"message":"lease info not ready yet, please try later"}""");

        Assert.NotNull(_rig.Run(() => Find("cl-1", Freshness.Live)));
        Assert.Equal(5, _rig.Api.Calls.Select(c => c.Form["time_stamp"]).Distinct().Count());
    }

    [Fact]
    public void An_unreachable_server_is_given_up_after_two_minutes_with_the_last_failure()
    {
        _rig.Api.Then("<html>502</html>", HttpStatusCode.BadGateway);
        _rig.Api.Otherwise = _ => throw FakeApi.Refused();

        var failure = Assert.Throws<QingCloudException>(() => _rig.Run(() => Find("cl-1", Freshness.Live)));

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains("no connection could be made", failure.Message, StringComparison.Ordinal);
        Assert.InRange(_rig.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Theory]
    [InlineData("""{"ret_code":1200,"message":"bad key"}""", FailureKind.Unauthenticated)]
    [InlineData("""{"ret_code":1400,"message":"no"}""", FailureKind.PermissionDenied)]
    [InlineData("""{"ret_code":2400,"message":"no"}""", FailureKind.Exhausted)]
    public void A_final_refusal_ends_a_read_at_once(string body, FailureKind kind)
    {
        _rig.Api.Then(body);

        Assert.Equal(kind, Assert.Throws<QingCloudException>(() => _rig.Run(() => Find("cl-1", Freshness.Live))).Kind);
        Assert.Single(_rig.Api.Calls);
    }

    [Fact]
    public void A_wrong_clock_is_corrected_at_once_and_stays_corrected()
    {
        _zone.AddCluster("cl-1");
        _rig.Api.ServerClockOffset = TimeSpan.FromHours(-7);
        _zone.Before = asked =>
            Assert.True(
                _rig.Api.Calls.Count == 1
                    || asked.Form["time_stamp"] == FakeZone.Stamp(_rig.Clock.GetUtcNow().AddHours(-7))
            );
        _rig.Api.Then("""{"ret_code":1300,"message":"expired"}""");

        _rig.Run(async () =>
        {
            await Find("cl-1", Freshness.Live);
            Assert.True(_rig.Elapsed < TimeSpan.FromSeconds(1));
            await Find("cl-1", Freshness.Live);
        });
        Assert.Equal(3, _rig.Api.Calls.Count);
    }

    [Fact]
    public void A_clock_that_cannot_be_corrected_is_an_error()
    {
        _rig.Api.SendsDate = false;
        _rig.Api.Otherwise = _ => Task.FromResult(_rig.Api.Answer("""{"ret_code":1300,"message":"expired"}"""));

        var failure = Assert.Throws<QingCloudException>(() => _rig.Run(() => Find("cl-1", Freshness.Live)));

        Assert.Equal(FailureKind.Unauthenticated, failure.Kind);
        Assert.Equal(3, _rig.Api.Calls.Count);
        Assert.Contains("set the clock", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_is_listed_page_by_page_as_far_as_it_is_enumerated()
    {
        for (var i = 0; i < 230; i++)
            _zone.AddCluster($"cl-{i}", i == 3 ? "deleted" : "active");

        _rig.Run(async () =>
        {
            var all = new List<string>();
            await foreach (var (cluster, nextRow) in _rig.Client.ListClustersAsync("sh1a", 0, CancellationToken.None))
            {
                all.Add(cluster.Id);
                Assert.True(all.Count >= 200 || cluster.Id == $"cl-{nextRow - 1}");
                _zone.Clusters.RemoveAll(c => all.Count == 50 && c["cluster_id"]!.GetValue<string>() == "cl-200");
            }

            Assert.Equal(228, all.Count);
            Assert.Equal(3, _rig.Api.Calls.Count);
            await foreach (var (cluster, _) in _rig.Client.ListClustersAsync("sh1a", 100, CancellationToken.None))
            {
                Assert.Equal("cl-100", cluster.Id);
                break;
            }

            Assert.Equal(4, _rig.Api.Calls.Count);
        });
    }

    [Fact]
    public void Tabs_come_as_a_list_too()
    {
        _zone.AddCluster(
            "cl-1",
            tabs: new JsonArray("standby", new JsonObject { ["name"] = "dr", ["label"] = "DR" }, 7, new JsonObject())
        );

        Assert.Equal(
            ["7", "dr", "standby"],
            _rig.Run(() => Find("cl-1", Freshness.Live))!.DisplayTabs.Keys.Order(StringComparer.Ordinal)
        );
    }

    private Task<Cluster?> Find(string id, Freshness freshness, CancellationToken cancellationToken = default) =>
        _rig.Client.FindClusterAsync("sh1a", id, freshness, cancellationToken);

    private Task<JobHistory> History(string cluster, HistoryDepth depth, Freshness freshness) =>
        _rig.Client.ReadHistoryAsync("sh1a", cluster, depth, freshness, CancellationToken.None);
}
