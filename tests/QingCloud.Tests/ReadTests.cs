using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.QingCloud.Tests;

public sealed class ReadTests : IDisposable
{
    private static readonly string Gone = """{"ret_code":2100,"message":"ResourceNotFound, resource [X] not found"}""";
    private readonly Rig _rig = new();
    private readonly FakeZone _zone;

    public ReadTests() => _zone = new FakeZone(_rig.Api);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_cluster_is_read()
    {
        _zone.AddCluster("cl-1",
            tabs: new JsonObject
            {
                ["dr_info"] = new JsonObject { ["en"] = "Disaster", ["zh"] = "灾备关系" },
                ["roles"] = "Roles"
            });

        var cluster = _rig.Run(() => Find("cl-1", Freshness.Live))!;

        Assert.Equal(("cl-1", "name of cl-1", "active", ""), (
            cluster.Id, cluster.Name, cluster.Status, cluster.TransitionStatus));
        Assert.Equal("Disaster / 灾备关系", cluster.DisplayTabs["dr_info"]);
        Assert.Equal("Roles", cluster.DisplayTabs["roles"]);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("ceased")]
    public void A_deleted_cluster_is_none(string status)
    {
        _zone.AddCluster("cl-1", status);

        Assert.Null(_rig.Run(() => Find("cl-1", Freshness.Live)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_cluster_is_none_and_spoils_no_other(bool isAnError)
    {
        _zone.UnknownId = isAnError ? _ => Gone : null;
        _zone.AddCluster("cl-1");
        _zone.AddCluster("cl-2");
        _zone.AddCluster("cl-3");

        var found = _rig.Run(() => Task.WhenAll(
            Find("cl-1", Freshness.Live), Find("cl-x", Freshness.Live), Find("cl-2", Freshness.Live),
            Find("cl-3", Freshness.Live)));

        Assert.Equal(["cl-1", null, "cl-2", "cl-3"], found.Select(c => c?.Id));
    }

    [Fact]
    public void A_message_that_names_the_unknown_id_saves_the_search_for_it()
    {
        _zone.UnknownId = id =>
            """{"ret_code":1100,"message":"IllegalParameter, cluster [X]"}""".Replace(
                "X", id, StringComparison.Ordinal);
        for (var i = 0; i < 80; i++)
            _zone.AddCluster($"cl-{i}a");

        var found = _rig.Run(() => Task.WhenAll(
            Enumerable.Range(0, 80).Select(i => Find(i == 17 ? "cl-x" : $"cl-{i}a", Freshness.Live))));

        Assert.Equal(79, found.Count(c => c is not null));
        Assert.Equal(3, _rig.Api.Calls.Count);
    }

    [Fact]
    public void A_hundred_reads_at_once_are_one_call()
    {
        var found = _rig.Run(
            () => Task.WhenAll(Enumerable.Range(0, 100).Select(i => Find($"cl-{i}", Freshness.Recent))));

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
                await Task.WhenAll(few.Select(async i =>
                {
                    Assert.NotNull(await Find($"cl-{i}", Freshness.Recent));
                    var since = i % 2 == 0 ? _rig.Clock.GetUtcNow().AddHours(-201) : (DateTimeOffset?)null;
                    Assert.Single((await History($"cl-{i}", since, Freshness.Recent)).Jobs);
                }));
            }
        });

        Assert.InRange(_rig.Api.Calls.Count, 1, 10);
    }

    [Fact]
    public void A_zone_too_large_to_list_is_read_by_ids()
    {
        for (var i = 0; i < 500; i++)
            _zone.AddCluster($"cl-{i}");

        _rig.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
                Assert.NotNull(await Find($"cl-{490 + i}", Freshness.Recent));
        });

        Assert.Equal(6, _rig.Api.Calls.Count);
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
            await History("cl-standby", null, Freshness.Recent);
            await _rig.Client.RunServiceAsync(Rig.Start, CancellationToken.None);
            var before = _rig.Api.Calls.Count;
            await Find("cl-standby", Freshness.Recent);
            await History("cl-standby", null, Freshness.Recent);
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
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Find("cl-1", Freshness.Live, _rig.After(TimeSpan.FromMilliseconds(10))));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Find("cl-1", Freshness.Live, _rig.After(TimeSpan.FromMilliseconds(100))));
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
            Assert.True(_rig.Api.Calls.Count == 1 || asked.Form["time_stamp"] == FakeZone.Stamp(
                _rig.Clock.GetUtcNow().AddHours(-7)));
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
        _rig.Api.TellsDate = false;
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
    public void A_history_holds_the_standby_services_of_one_cluster_newest_first()
    {
        var start = _rig.Clock.GetUtcNow().AddHours(-9);
        _zone.AddJob("j-1", start, "successful", serviceParams: ServiceParameters.Write(Rig.Link));
        _zone.AddJob("j-2", start.AddHours(1), "successful", action: "RestartCluster");
        _zone.AddJob("j-3", start.AddHours(2), "successful", service: "add_user");
        _zone.AddJob("j-4", start.AddHours(3), "failed", cluster: "cl-other");
        _zone.AddJob(
            "j-5", start.AddHours(4), "done with failure", service: "promote_standby")["error_codes"] = "Err,2001";
        _zone.AddJob("j-6", start.AddHours(5), "pending", service: "stop_standby");
        _zone.AddJob("j-7", start.AddHours(6), service: null);

        var history = _rig.Run(() => History("cl-standby", null, Freshness.Live));

        Assert.True(history.IsComplete);
        Assert.Equal(["j-7", "j-6", "j-5", "j-1"], history.Jobs.Select(j => j.Id));
        Assert.Equal(
            [JobStatus.Working, JobStatus.Pending, JobStatus.Failed, JobStatus.Successful],
                history.Jobs.Select(j => j.Status));
        Assert.Equal(
            [null, "stop_standby", "promote_standby", "start_standby"], history.Jobs.Select(j => j.Request?.Service));
        Assert.Equal("Err,2001", history.Jobs[2].ErrorCodes);
        Assert.Equal(Rig.Link, history.Jobs[3].Request!.Link);
        Assert.Equal(start, history.Jobs[3].CreatedAt);
        Assert.Equal(["vxnet-0", "cl-standby"], history.Jobs[3].ResourceIds);
    }

    [Theory]
    [InlineData("""
        {"sync_way":"full","zone":"pek3a","host":"h","cluster_id":"cl-s","user":"u","passwd":"x","port":"3307"}
        """)]
    [InlineData("\"{u'sync_way': u'full', u'zone': u'pek3a', u'host': u'h', u'cluster_id': u'cl-s', u'user': u'u', "
        + "u'password': u'x', u'port': 3307}\"")]
    public void A_directive_is_read_however_it_is_written(string parameters)
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow())["directive"] =
            $$"""{"service":"start_standby","service_params":{{parameters}}}""";
        _zone.Jobs[0]["resource_ids"] = new JsonArray("cl-standby");

        var job = _rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None))!;

        Assert.Equal(
            new LinkParameters("full", "pek3a", "cl-s", "h", 3307, "u", new SecretText("x")), job.Request!.Link);
        Assert.Equal(["cl-standby"], job.ResourceIds);
    }

    [Fact]
    public void A_directive_that_shows_little_gives_what_it_shows()
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow())["directive"] = """{"service":"start_standby"}""";
        _zone.AddJob(
            "j-2", _rig.Clock.GetUtcNow())["directive"] = """{"service":"start_standby","service_params":{}}""";
        _zone.AddJob("j-3", _rig.Clock.GetUtcNow())["directive"] = "nonsense";
        _zone.Jobs[0]["resource_ids"] = new JsonObject { ["cl-9"] = 1 };
        _zone.Jobs[0]["error_codes"] = new JsonArray("A", 2);
        _zone.Jobs[0]["create_time"] = "yesterday";

        var jobs = _rig.Run(async () => new[]
        {
            await _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None),
            await _rig.Client.FindJobAsync("sh1a", "j-2", CancellationToken.None),
            await _rig.Client.FindJobAsync("sh1a", "j-3", CancellationToken.None),
        });

        Assert.Null(jobs[0]!.Request!.Link);
        Assert.Equal(new LinkParameters("", "", "", "", 0, "", new SecretText("")), jobs[1]!.Request!.Link);
        Assert.Null(jobs[2]!.Request);
        Assert.Equal("A, 2", jobs[2]!.ErrorCodes);
        Assert.Equal(["cl-9"], jobs[2]!.ResourceIds);
        Assert.Equal(jobs[2]!.ChangedAt, jobs[2]!.CreatedAt);
    }

    [Fact]
    public void A_history_goes_back_as_far_as_asked_and_no_further()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 1000; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        var history = _rig.Run(() => History("cl-standby", now.AddMinutes(-150), Freshness.Live));

        Assert.True(history.IsComplete);
        Assert.Equal(150, history.Jobs.Count);
        Assert.Equal(2, _rig.Api.Calls.Count);
    }

    [Fact]
    public void A_history_without_end_is_read_in_part_and_says_so()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 2500; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        var histories = _rig.Run(() => Task.WhenAll(
            History("cl-standby", null, Freshness.Live), History("cl-standby", now.AddMinutes(-1500), Freshness.Live)));

        Assert.Equal(20, _rig.Api.Calls.Count);
        Assert.Equal((2000, false), (histories[0].Jobs.Count, histories[0].IsComplete));
        Assert.Equal((1500, true), (histories[1].Jobs.Count, histories[1].IsComplete));
    }

    [Fact]
    public void Jobs_made_while_a_history_is_read_hide_none()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 350; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        var made = 0;
        _zone.Before = _ => _zone.AddJob($"j-new{++made}", now);

        var history = _rig.Run(() => History("cl-standby", null, Freshness.Live));

        Assert.Equal(history.Jobs.Count, history.Jobs.Select(j => j.Id).Distinct().Count());
        Assert.Equal(350, history.Jobs.Count(j => !j.Id.Contains("new", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_walk_goes_on_for_whoever_needs_to_see_further_back()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 250; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        _rig.Run(async () =>
        {
            await History("cl-standby", now.AddMinutes(-20), Freshness.Recent);
            await History("cl-standby", now.AddMinutes(-50), Freshness.Recent);
            Assert.Single(_rig.Api.Calls);
            Assert.Equal(250, (await History("cl-standby", null, Freshness.Recent)).Jobs.Count);
        });

        // How far the account's history goes is asked once, apart: a list of custom services does not show it.
        Assert.Equal(["0", "100", "200", "0", "249"], _rig.Api.Calls.Select(c => c.Form["offset"]));
    }

    [Fact]
    public void A_walk_does_not_go_where_an_earlier_one_has_been()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 1000; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        var (ending, removed) = (_zone.Jobs[700], _zone.Jobs[800]);
        (ending["status"], removed["status"]) = ("working", "pending");
        _rig.Run(async () =>
        {
            await History("cl-standby", null, Freshness.Live);
            _rig.Api.Calls.Clear();
            ending["status"] = "failed";
            _zone.Jobs.Remove(removed);
            _zone.AddJob("j-new", now);

            var history = await History("cl-standby", null, Freshness.Live);

            Assert.True(history.IsComplete);
            Assert.Equal("j-new", history.Jobs[0].Id);
            Assert.Equal([.. _zone.Jobs.Select(j => j["job_id"]!.GetValue<string>())], history.Jobs.Select(j => j.Id));
            Assert.Equal(JobStatus.Failed, history.Jobs.Single(j => j.Id == "j-701").Status);
        });
        Assert.Equal(["0", null], _rig.Api.Calls.Select(c => c.Form.GetValueOrDefault("offset")));
    }

    [Fact]
    public void Walks_one_after_the_other_see_all_that_a_single_one_would()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            _zone.Jobs.Clear();
            var made = 0;
            _rig.Run(async () =>
            {
                for (var walk = 0; walk < 12; walk++)
                {
                    Live(random, ref made);
                    DateTimeOffset? since = random.Next(3) == 0
                        ? _rig.Clock.GetUtcNow().AddHours(-random.Next(1, 12))
                        : null;
                    var expected = _zone.Jobs
                        .Where(job => since is null || DateTimeOffset.Parse(
                            Text(job, "create_time"), CultureInfo.InvariantCulture) >= since)
                        .Select(job => (Text(job, "job_id"), Text(job, "status")));

                    var history = await History("cl-standby", since, Freshness.Live);

                    Assert.True(history.IsComplete);
                    Assert.Empty(expected.Except(history.Jobs.Select(job => (job.Id, job.RawStatus))));
                }
            });
            _rig.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void A_job_that_is_listed_late_is_seen_behind_newer_ones()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 300; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddSeconds(-i * 20), "successful");

        _rig.Run(async () =>
        {
            await History("cl-standby", null, Freshness.Live);
            var late = _zone.AddJob("j-late", now.AddMinutes(-4), "successful");
            _zone.Jobs.Remove(late);
            _zone.Jobs.Insert(12, late);

            Assert.Contains("j-late", (await History("cl-standby", null, Freshness.Live)).Jobs.Select(j => j.Id));
        });
    }

    [Fact]
    public void A_short_walk_does_not_make_a_long_one_forgotten()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 1000; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        _rig.Run(async () =>
        {
            await History("cl-standby", null, Freshness.Live);
            await History("cl-standby", now.AddMinutes(-10), Freshness.Live);
            _rig.Api.Calls.Clear();

            Assert.Equal(1000, (await History("cl-standby", null, Freshness.Live)).Jobs.Count);
        });
        Assert.Single(_rig.Api.Calls);
    }

    [Fact]
    public void Each_walk_goes_back_only_to_the_one_before()
    {
        var made = 0;
        _rig.Run(async () =>
        {
            for (var walk = 0; walk < 10; walk++)
            {
                for (var jobs = 0; jobs < 90; jobs++)
                {
                    _rig.Clock.Advance(TimeSpan.FromMinutes(1));
                    _zone.AddJob($"j-{++made}", _rig.Clock.GetUtcNow(), "successful");
                }

                _zone.Jobs.RemoveAt(_zone.Jobs.Count - 1);
                _rig.Api.Calls.Clear();
                await History("cl-standby", null, Freshness.Live);
                Assert.InRange(_rig.Api.Calls.Count(call => call.Form["limit"] == "100"), 1, 2);
            }
        });
    }

    [Fact]
    public void A_walk_that_does_not_come_to_where_an_earlier_one_began_leaves_it_out()
    {
        var now = _rig.Clock.GetUtcNow();
        _zone.AddJob("j-old", now.AddDays(-10), "successful");
        _rig.Run(async () =>
        {
            await History("cl-standby", null, Freshness.Live);
            for (var i = 2500; i > 0; i--)
                _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

            var history = await History("cl-standby", null, Freshness.Live);

            Assert.False(history.IsComplete);
            Assert.DoesNotContain("j-old", history.Jobs.Select(j => j.Id));
        });
    }

    [Fact]
    public void A_walk_that_goes_further_back_than_an_earlier_one_misses_no_job()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 500; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        _rig.Run(async () =>
        {
            await History("cl-standby", now.AddMinutes(-150), Freshness.Live);
            _zone.Jobs.RemoveAt(120);

            var history = await History("cl-standby", null, Freshness.Live);
            Assert.Empty(
                _zone.Jobs.Select(j => j["job_id"]!.GetValue<string>()).Except(history.Jobs.Select(j => j.Id)));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_job_is_none(bool isAnError)
    {
        _zone.UnknownId = isAnError ? _ => Gone : null;

        Assert.Null(_rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-x", CancellationToken.None)));
    }

    [Fact]
    public void A_refusal_that_concerns_no_id_is_no_unknown_job()
    {
        _rig.Api.Then("""{"ret_code":1101,"message":"method POST is not allowed"}""");

        Assert.Throws<QingCloudException>(
            () => _rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None)));
    }

    [Theory]
    [InlineData("""
        {"labels":["源集群 ID","源集群区域","源集群地址","端口","用户","同步状态"],
         "data":[["cl-standby","","","","",""],["cl-9np7ig3g","pek3a","192.168.0.232","3306","migrate_user","ok"]]}
        """)]
    [InlineData("""
        {"labels":[],"data":[{"source_cluster":"cl-9np7ig3g","zone":"pek3a","vip":"192.168.0.232","port":3306,
         "user":"migrate_user","status":"ok"}]}
        """)]
    [InlineData("""
        {"labels":["k","v"],"data":[["cluster","cl-9np7ig3g"],["zone","pek3a"],["host","192.168.0.232"],
         ["port",3306],["account","migrate_user"],["state","ok"],["note"]]}
        """)]
    public void A_source_tab_is_read_in_each_form(string tabs)
    {
        _rig.Api.Then("""{"ret_code":0,"display_tabs":T}""".Replace("T}", tabs + "}", StringComparison.Ordinal));

        var tab = _rig.Run(() => _rig.Client.FindSourceTabAsync(
            "sh1a", ClusterWith("roles", "dr_relation"), "maininstance", CancellationToken.None));

        Assert.Equal(new SourceTab("cl-9np7ig3g", "pek3a", "192.168.0.232", 3306, "migrate_user", "ok"), tab);
        Assert.Equal(("dr_relation", "cl-standby", "maininstance"), (
            _rig.Api.Calls[0].Form["display_tabs"], _rig.Api.Calls[0].Form["cluster"], _rig.Api.Calls[0].Form["role"]));
    }

    [Theory]
    [InlineData("""{"ret_code":0}""")]
    [InlineData("""{"ret_code":0,"display_tabs":{"labels":["x"],"data":[["y"],"z",[]]}}""")]
    [InlineData("""{"ret_code":2100,"message":"no such tab"}""")]
    public void A_tab_that_shows_nothing_is_none(string body)
    {
        _rig.Api.Then(body).Then(body);

        Assert.Null(_rig.Run(() => _rig.Client.FindSourceTabAsync(
            "sh1a", ClusterWith("standby", "灾备", "address"), "maininstance", CancellationToken.None)));
        Assert.Equal(2, _rig.Api.Calls.Count);
    }

    [Fact]
    public void Tabs_come_as_a_list_too()
    {
        _zone.AddCluster("cl-1", tabs: new JsonArray(
            "standby", new JsonObject { ["name"] = "dr", ["label"] = "DR" }, 7, new JsonObject()));

        Assert.Equal(["7", "dr", "standby"], _rig.Run(
            () => Find("cl-1", Freshness.Live))!.DisplayTabs.Keys.Order(StringComparer.Ordinal));
    }

    private static Cluster ClusterWith(params string[] tabs) =>
        new("cl-standby", "", "active", "", tabs.ToDictionary(t => t, _ => "", StringComparer.Ordinal));

    private Task<Cluster?> Find(string id, Freshness freshness, CancellationToken cancellationToken = default) =>
        _rig.Client.FindClusterAsync("sh1a", id, freshness, cancellationToken);

    private Task<JobHistory> History(string cluster, DateTimeOffset? since, Freshness freshness) =>
        _rig.Client.ReadHistoryAsync("sh1a", cluster, since, freshness, CancellationToken.None);

    private static string Text(JsonObject job, string member) => job[member]!.GetValue<string>();

    /// <summary>Up to two hours pass: jobs are made, some are listed late, some end, and old ones are
    /// removed.</summary>
    private void Live(Random random, ref int made)
    {
        for (var jobs = random.Next(150); jobs > 0; jobs--)
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(random.Next(45)));
            var job = _zone.AddJob(
                $"j-{++made}", _rig.Clock.GetUtcNow(), random.Next(4) == 0 ? "working" : "successful");
            if (_zone.Jobs.Count > 150 && random.Next(10) == 0)
            {
                // A job may be listed minutes after it was made.
                var place = random.Next(1, 7);
                job["create_time"] = Text(_zone.Jobs[place], "create_time");
                _zone.Jobs.Remove(job);
                _zone.Jobs.Insert(place, job);
            }
        }

        foreach (var job in _zone.Jobs.Where(job => Text(job, "status") == "working" && random.Next(3) == 0))
            job["status"] = random.Next(2) == 0 ? "failed" : "successful";

        _zone.Jobs.RemoveRange(_zone.Jobs.Count - (_zone.Jobs.Count / 10), _zone.Jobs.Count / 10);
    }
}
