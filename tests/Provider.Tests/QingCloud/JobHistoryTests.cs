using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class JobHistoryTests : IDisposable
{
    /// <summary>Back to before the cluster was made: the account's oldest job is older.</summary>
    private static readonly HistoryDepth Whole = new(null, new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));

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

        var history = _rig.Run(() => History(Whole));

        Assert.Equal(HistoryReach.Creation, history.Reach);
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

    [Theory]
    [InlineData(50, 1)]
    [InlineData(150, 4)]
    public void Jobs_are_read_down_to_the_anchor_and_no_further(int anchor, int calls)
    {
        AddMinutely(1000);

        var history = _rig.Run(() => History(new HistoryDepth($"j-{anchor}", null)));

        Assert.Equal(HistoryReach.Anchor, history.Reach);
        Assert.Equal(Ids(anchor), history.Jobs.Take(anchor).Select(j => j.Id));
        Assert.Equal(calls, _rig.Api.Calls.Count);
    }

    [Fact]
    public void After_a_page_of_all_jobs_come_the_actions_that_end_or_make_links_and_then_the_rest()
    {
        AddMinutely(400);
        foreach (var old in _zone.Jobs.Skip(150))
            old["job_action"] = "RestartClusters";

        var history = _rig.Run(() => History(Whole));

        Assert.Equal(HistoryReach.Creation, history.Reach);
        Assert.Equal(
            [
                ("", "0"),
                ("RunClusterCustomService", "0"),
                ("RunClusterCustomService", "95"),
                ("StopClusters", "0"),
                ("", "95"),
                ("", "190"),
                ("", "285"),
                ("", "380"),
            ],
            Pages
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_a_list_is_no_evidence_that_there_was_nothing_before(bool listsActions)
    {
        AddMinutely(150);
        _zone.ListsActions = listsActions;

        var beforeAll = new HistoryDepth(null, new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var history = _rig.Run(() => History(beforeAll));

        Assert.Equal((150, HistoryReach.Incomplete), (history.Jobs.Count, history.Reach));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(100_000)]
    public void A_total_count_ends_nothing(int total)
    {
        AddMinutely(350);
        _zone.Total = _ => total;

        var history = _rig.Run(() => History(Whole));

        Assert.Equal((350, HistoryReach.Creation), (history.Jobs.Count, history.Reach));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(20, true)]
    public void Rows_that_may_have_slipped_between_two_pages_are_noticed(int removed, bool isGap)
    {
        AddMinutely(350);
        _zone.ListsActions = false;
        _zone.Before = _ => _zone.Jobs.RemoveRange(0, Pages.Count() == 3 ? removed : 0);

        var history = _rig.Run(() => History(Whole));

        Assert.Equal(isGap ? HistoryReach.Incomplete : HistoryReach.Creation, history.Reach);
    }

    [Fact]
    public void A_list_too_long_to_read_is_incomplete_and_says_how_far_it_was_read()
    {
        AddMinutely(9600);
        _zone.ListsActions = false;

        var history = _rig.Run(() => History(Whole));

        Assert.Equal((9505, HistoryReach.Incomplete), (history.Jobs.Count, history.Reach));
        Assert.Equal(MadeAt(_zone.Jobs[9504]), history.Oldest);
        Assert.Equal(100, Pages.Count(page => page.Action.Length == 0));
    }

    [Fact]
    public void Jobs_made_while_a_history_is_read_hide_none()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 350; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful");

        var made = 0;
        _zone.Before = _ => _zone.AddJob($"j-new{++made}", now);

        var history = _rig.Run(() => History(Whole));

        Assert.Equal(HistoryReach.Creation, history.Reach);
        Assert.Equal(history.Jobs.Count, history.Jobs.Select(j => j.Id).Distinct().Count());
        Assert.Equal(350, history.Jobs.Count(j => !j.Id.Contains("new", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_walk_goes_on_for_whoever_needs_to_see_further_back()
    {
        AddMinutely(250);

        _rig.Run(async () =>
        {
            await History(new HistoryDepth("j-20", null), Freshness.Recent);
            await History(new HistoryDepth("j-50", null), Freshness.Recent);
            Assert.Single(_rig.Api.Calls);
            Assert.Equal(250, (await History(Whole, Freshness.Recent)).Jobs.Count);
        });

        Assert.Equal(["0", "95", "190"], Pages.Where(page => page.Action.Length == 0).Select(page => page.Offset));
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
            await History(Whole);
            _rig.Api.Calls.Clear();
            ending["status"] = "failed";
            _zone.Jobs.Remove(removed);
            _zone.AddJob("j-new", now);

            var history = await History(Whole);

            Assert.Equal(HistoryReach.Creation, history.Reach);
            Assert.Equal("j-new", history.Jobs[0].Id);
            Assert.Equal([.. _zone.Jobs.Select(j => j["job_id"]!.GetValue<string>())], history.Jobs.Select(j => j.Id));
            Assert.Equal(JobStatus.Failed, history.Jobs.Single(j => j.Id == "j-701").Status);
        });
        Assert.Equal(["0", null], _rig.Api.Calls.Select(c => c.Form.GetValueOrDefault("offset")));
    }

    [Theory]
    [InlineData(45)]
    [InlineData(2)]
    [InlineData(1)]
    public void Walks_one_after_the_other_see_all_that_a_single_one_would(int seconds)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var random = new Random(seed);
            _zone.Jobs.Clear();
            _zone.ListsActions = seed % 2 == 0;
            var made = 0;
            _rig.Run(async () =>
            {
                for (var walk = 0; walk < 12; walk++)
                {
                    Live(random, seconds, ref made);
                    var anchor = random.Next(2) == 0 ? random.Next(_zone.Jobs.Count) : (int?)null;
                    var depth = anchor is { } row ? new HistoryDepth(Text(_zone.Jobs[row], "job_id"), null) : Whole;
                    var expected = _zone
                        .Jobs.Take(anchor + 1 ?? int.MaxValue)
                        .Select(job => (Text(job, "job_id"), Text(job, "status")))
                        .ToList();

                    var history = await History(depth);

                    Assert.Equal(anchor is null ? HistoryReach.Creation : HistoryReach.Anchor, history.Reach);
                    Assert.Empty(expected.Except(history.Jobs.Select(job => (job.Id, job.RawStatus))));
                }
            });
            _rig.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    /// <summary>A row that is where it was shows that nothing was listed above it, so that jobs of the last minutes are
    /// not read again and again.</summary>
    [Fact]
    public void Many_young_jobs_are_not_read_again()
    {
        AddMinutely(300);
        AddYoung(800);

        _rig.Run(async () =>
        {
            await History(Whole);
            for (var walk = 0; walk < 10; walk++)
            {
                _rig.Api.Calls.Clear();
                AddYoung(30);

                var history = await History(Whole);

                Assert.Equal((1130 + (walk * 30), HistoryReach.Creation), (history.Jobs.Count, history.Reach));
                Assert.Equal(2, Pages.Count());
            }
        });
    }

    [Theory]
    [InlineData(false, 150)]
    [InlineData(false, 400)]
    [InlineData(false, 799)]
    [InlineData(true, 150)]
    [InlineData(true, 400)]
    [InlineData(true, 799)]
    public void Among_many_young_jobs_one_that_is_listed_late_is_seen(bool areAllOfOneSecond, int place)
    {
        AddMinutely(300);
        AddYoung(800, areAllOfOneSecond ? TimeSpan.Zero : TimeSpan.FromMilliseconds(200));

        _rig.Run(async () =>
        {
            await History(Whole);
            var late = _zone.AddJob("j-late", _rig.Clock.GetUtcNow(), "successful");
            late["create_time"] = Text(_zone.Jobs[place], "create_time");
            _zone.Jobs.Remove(late);
            _zone.Jobs.Insert(place, late);

            Assert.Equal(Listed, (await History(Whole)).Jobs.Select(j => j.Id).ToHashSet());
        });
    }

    [Fact]
    public void Among_many_young_jobs_those_made_while_they_are_read_hide_none()
    {
        AddMinutely(300);
        AddYoung(800);

        _rig.Run(async () =>
        {
            await History(Whole);
            _rig.Api.Calls.Clear();
            var late = _zone.AddJob("j-late", _rig.Clock.GetUtcNow(), "successful");
            late["create_time"] = Text(_zone.Jobs[500], "create_time");
            _zone.Jobs.Remove(late);
            _zone.Jobs.Insert(500, late);
            var before = Listed;
            _zone.Before = _ => AddYoung(3);

            Assert.Empty(before.Except((await History(Whole)).Jobs.Select(j => j.Id)));
        });
    }

    /// <summary>After a longer time rows may be gone: as many as were listed late leave a row where it was.</summary>
    [Fact]
    public void What_was_read_long_ago_is_read_again()
    {
        AddMinutely(300);
        AddYoung(800);

        _rig.Run(async () =>
        {
            await History(Whole);
            await Task.Delay(TimeSpan.FromHours(1), _rig.Clock);
            var late = _zone.AddJob("j-late", _rig.Clock.GetUtcNow(), "successful");
            late["create_time"] = Text(_zone.Jobs[500], "create_time");
            _zone.Jobs.Remove(late);
            _zone.Jobs[500] = late;

            Assert.Contains("j-late", (await History(Whole)).Jobs.Select(j => j.Id));
        });
    }

    [Fact]
    public void A_job_that_is_listed_late_is_seen_behind_newer_ones()
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = 300; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddSeconds(-i * 20), "successful");

        _rig.Run(async () =>
        {
            await History(Whole);
            var late = _zone.AddJob("j-late", now.AddMinutes(-4), "successful");
            _zone.Jobs.Remove(late);
            _zone.Jobs.Insert(12, late);

            Assert.Contains("j-late", (await History(Whole)).Jobs.Select(j => j.Id));
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
            await History(Whole);
            await History(new HistoryDepth("j-10", null));
            _rig.Api.Calls.Clear();

            Assert.Equal(1000, (await History(Whole)).Jobs.Count);
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
                await History(Whole);
                Assert.InRange(Pages.Count(), 1, walk == 0 ? 4 : 2);
            }
        });
    }

    [Fact]
    public void A_walk_that_does_not_come_to_where_an_earlier_one_began_leaves_it_out()
    {
        _zone.AddJob("j-old", _rig.Clock.GetUtcNow().AddDays(-10), "successful");
        _zone.ListsActions = false;
        _rig.Run(async () =>
        {
            await History(Whole);
            AddMinutely(9600);

            var history = await History(Whole);

            Assert.Equal(HistoryReach.Incomplete, history.Reach);
            Assert.DoesNotContain("j-old", history.Jobs.Select(j => j.Id));
        });
    }

    [Fact]
    public void An_earlier_reading_of_one_action_is_continued_with_a_page_of_all_jobs()
    {
        _zone.AddJob("j-ours", _rig.Clock.GetUtcNow().AddDays(-1), "working");
        AddMinutely(250, "RestartClusters");
        var depth = new HistoryDepth("j-ours", null);
        _rig.Run(async () =>
        {
            await History(depth);
            _rig.Api.Calls.Clear();
            _zone.AddJob("j-new", _rig.Clock.GetUtcNow(), "successful");
            _zone.Jobs[^1]["status"] = "failed";

            var history = await History(depth);

            Assert.Equal(HistoryReach.Anchor, history.Reach);
            Assert.Equal(
                [("j-new", JobStatus.Successful), ("j-ours", JobStatus.Failed)],
                history.Jobs.Select(j => (j.Id, j.Status))
            );
            Assert.Equal([("", "0")], Pages);
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
            await History(new HistoryDepth("j-150", null));
            _zone.Jobs.RemoveAt(120);

            var history = await History(Whole);
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

    /// <summary>The action and the offset of each page that was asked for.</summary>
    private IEnumerable<(string Action, string Offset)> Pages =>
        _rig
            .Api.Calls.Where(call => call.Form.ContainsKey("offset"))
            .Select(call => (call.Form.GetValueOrDefault("job_action", ""), call.Form["offset"]));

    private HashSet<string> Listed => [.. _zone.Jobs.Select(job => Text(job, "job_id"))];

    private Task<JobHistory> History(HistoryDepth depth, Freshness freshness = Freshness.Live) =>
        _rig.Client.ReadHistoryAsync("sh1a", "cl-standby", depth, freshness, CancellationToken.None);

    /// <summary>Adds jobs, the last one a minute old and each a minute younger than the one before.</summary>
    private void AddMinutely(int jobs, string action = "RunClusterCustomService")
    {
        var now = _rig.Clock.GetUtcNow();
        for (var i = jobs; i > 0; i--)
            _zone.AddJob($"j-{i}", now.AddMinutes(-i), "successful", action: action);
    }

    /// <summary>Adds jobs while so much time passes between two of them.</summary>
    private void AddYoung(int jobs, TimeSpan pause = default)
    {
        for (; jobs > 0; jobs--)
        {
            _rig.Clock.Advance(pause);
            _zone.AddJob($"j-young{_zone.Jobs.Count}", _rig.Clock.GetUtcNow(), "successful");
        }
    }

    private static IEnumerable<string> Ids(int jobs) => Enumerable.Range(1, jobs).Select(job => $"j-{job}");

    private static string Text(JsonObject job, string member) => job[member]!.GetValue<string>();

    /// <summary>Time passes: jobs are made, some are listed late, some end, and old ones are removed.</summary>
    private void Live(Random random, int seconds, ref int made)
    {
        for (var jobs = random.Next(7000 / (seconds + 15)); jobs > 0; jobs--)
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(random.Next(seconds)));
            var now = _rig.Clock.GetUtcNow();
            var job = _zone.AddJob($"j-{++made}", now, random.Next(4) == 0 ? "working" : "successful");
            if (_zone.Jobs.Count > 150 && random.Next(10) == 0)
            {
                // A job may be listed minutes after it was made.
                var young = _zone.Jobs.TakeWhile(other => MadeAt(other) > now.AddMinutes(-5)).Count();
                var place = random.Next(Math.Max(1, young - 1));
                job["create_time"] = Text(_zone.Jobs[place], "create_time");
                _zone.Jobs.Remove(job);
                _zone.Jobs.Insert(place, job);
            }
        }

        foreach (var job in _zone.Jobs.Where(job => Text(job, "status") == "working" && random.Next(3) == 0))
            job["status"] = random.Next(2) == 0 ? "failed" : "successful";

        _zone.Jobs.RemoveRange(_zone.Jobs.Count - (_zone.Jobs.Count / 10), _zone.Jobs.Count / 10);
        if (_zone.Jobs.Count == 0)
            _zone.AddJob($"j-{++made}", _rig.Clock.GetUtcNow(), "successful");
    }

    private static DateTimeOffset MadeAt(JsonObject job) =>
        DateTimeOffset.Parse(Text(job, "create_time"), CultureInfo.InvariantCulture);
}
