using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.QingCloud.Tests;

public sealed class JobHistoryTests : IDisposable
{
    private readonly Rig _rig = new();
    private readonly FakeZone _zone;

    public JobHistoryTests() => _zone = new FakeZone(_rig.Api);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_history_holds_the_standby_services_of_one_cluster_newest_first()
    {
        var start = _rig.Clock.GetUtcNow().AddHours(-9);
        _zone.AddJob("j-1", start, "successful", serviceParams: ServiceParameters.Write(Rig.Link));
        _zone.AddJob("j-2", start.AddHours(1), "successful", action: "RestartCluster");
        _zone.AddJob("j-3", start.AddHours(2), "successful", service: "add_user");
        _zone.AddJob("j-4", start.AddHours(3), "failed", cluster: "cl-other");
        _zone.AddJob("j-5", start.AddHours(4), "done with failure", service: "promote_standby")["error_codes"] =
            "Err,2001";
        _zone.AddJob("j-6", start.AddHours(5), "pending", service: "stop_standby");
        _zone.AddJob("j-7", start.AddHours(6), service: null);

        var history = _rig.Run(() => History("cl-standby", null, Freshness.Live));

        Assert.True((history.Reach != HistoryReach.Incomplete));
        Assert.Equal(["j-7", "j-6", "j-5", "j-1"], history.Jobs.Select(j => j.Id));
        Assert.Equal(
            [JobStatus.Working, JobStatus.Pending, JobStatus.Failed, JobStatus.Successful],
            history.Jobs.Select(j => j.Status)
        );
        Assert.Equal(
            [null, "stop_standby", "promote_standby", "start_standby"],
            history.Jobs.Select(j => j.Request?.Service)
        );
        Assert.Equal("Err,2001", history.Jobs[2].ErrorCodes);
        Assert.Equal(Rig.Link, history.Jobs[3].Request!.Link);
        Assert.Equal(start, history.Jobs[3].CreatedAt);
        Assert.Equal(["vxnet-0", "cl-standby"], history.Jobs[3].ResourceIds);
    }

    [Theory]
    [InlineData(
        """
            {"sync_way":"full","zone":"pek3a","host":"h","cluster_id":"cl-s","user":"u","passwd":"x","port":"3307"}
            """
    )]
    [InlineData(
        "\"{u'sync_way': u'full', u'zone': u'pek3a', u'host': u'h', u'cluster_id': u'cl-s', u'user': u'u', "
            + "u'password': u'x', u'port': 3307}\""
    )]
    public void A_directive_is_read_however_it_is_written(string parameters)
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow())["directive"] =
            $$"""{"service":"start_standby","service_params":{{parameters}}}""";
        _zone.Jobs[0]["resource_ids"] = new JsonArray("cl-standby");

        var job = _rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None))!;

        Assert.Equal(
            new LinkParameters("full", "pek3a", "cl-s", "h", 3307, "u", new SecretText("x")),
            job.Request!.Link
        );
        Assert.Equal(["cl-standby"], job.ResourceIds);
    }

    [Fact]
    public void A_directive_that_shows_little_gives_what_it_shows()
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow())["directive"] = """{"service":"start_standby"}""";
        _zone.AddJob("j-2", _rig.Clock.GetUtcNow())["directive"] =
            """{"service":"start_standby","service_params":{}}""";
        _zone.AddJob("j-3", _rig.Clock.GetUtcNow())["directive"] = "nonsense";
        _zone.Jobs[0]["resource_ids"] = new JsonObject { ["cl-9"] = 1 };
        _zone.Jobs[0]["error_codes"] = new JsonArray("A", 2);
        _zone.Jobs[0]["create_time"] = "yesterday";

        var jobs = _rig.Run(async () =>
            new[]
            {
                await _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None),
                await _rig.Client.FindJobAsync("sh1a", "j-2", CancellationToken.None),
                await _rig.Client.FindJobAsync("sh1a", "j-3", CancellationToken.None),
            }
        );

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

        Assert.True((history.Reach != HistoryReach.Incomplete));
        Assert.Equal(150, history.Jobs.Count);
        Assert.Equal(2, _rig.Api.Calls.Count);
    }

    [Fact]
    public void A_history_without_end_is_read_in_part_and_says_so()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 2500; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        var histories = _rig.Run(() =>
            Task.WhenAll(
                History("cl-standby", null, Freshness.Live),
                History("cl-standby", now.AddMinutes(-1500), Freshness.Live)
            )
        );

        Assert.Equal(20, _rig.Api.Calls.Count);
        Assert.Equal((2000, false), (histories[0].Jobs.Count, histories[0].Reach != HistoryReach.Incomplete));
        Assert.Equal((1500, true), (histories[1].Jobs.Count, histories[1].Reach != HistoryReach.Incomplete));
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

            Assert.True((history.Reach != HistoryReach.Incomplete));
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
                    DateTimeOffset? since =
                        random.Next(3) == 0 ? _rig.Clock.GetUtcNow().AddHours(-random.Next(1, 12)) : null;
                    var expected = _zone
                        .Jobs.Where(job =>
                            since is null
                            || DateTimeOffset.Parse(Text(job, "create_time"), CultureInfo.InvariantCulture) >= since
                        )
                        .Select(job => (Text(job, "job_id"), Text(job, "status")));

                    var history = await History("cl-standby", since, Freshness.Live);

                    Assert.True((history.Reach != HistoryReach.Incomplete));
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

            Assert.False((history.Reach != HistoryReach.Incomplete));
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
                _zone.Jobs.Select(j => j["job_id"]!.GetValue<string>()).Except(history.Jobs.Select(j => j.Id))
            );
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_job_is_none(bool isAnError)
    {
        _zone.UnknownId = isAnError ? _ => FakeZone.NotFound : null;

        Assert.Null(_rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-x", CancellationToken.None)));
    }

    [Fact]
    public void A_refusal_that_concerns_no_id_is_no_unknown_job()
    {
        _rig.Api.Then("""{"ret_code":1101,"message":"method POST is not allowed"}""");

        Assert.Throws<QingCloudException>(() =>
            _rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None))
        );
    }

    private Task<JobHistory> History(string cluster, DateTimeOffset? since, Freshness freshness) =>
        _rig.Client.ReadHistoryAsync(
            "sh1a",
            cluster,
            HistoryDepth.All with
            {
                Since = since,
            },
            freshness,
            CancellationToken.None
        );

    private static string Text(JsonObject job, string member) => job[member]!.GetValue<string>();

    /// <summary>Up to two hours pass: jobs are made, some are listed late, some end, and old ones are
    /// removed.</summary>
    private void Live(Random random, ref int made)
    {
        for (var jobs = random.Next(150); jobs > 0; jobs--)
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(random.Next(45)));
            var job = _zone.AddJob(
                $"j-{++made}",
                _rig.Clock.GetUtcNow(),
                random.Next(4) == 0 ? "working" : "successful"
            );
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
