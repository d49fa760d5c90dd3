namespace QingCloudMySqlStandby.QingCloud;

public sealed class JobWaitTests : IDisposable
{
    private readonly Rig _rig = new();
    private readonly FakeZone _zone;

    public JobWaitTests() => _zone = new FakeZone(_rig.Api);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_wait_looks_after_a_second_then_at_about_a_twentieth_of_the_jobs_age()
    {
        EndsAfter("j-1", TimeSpan.FromHours(3), "successful");
        var looks = new List<TimeSpan>();

        var job = _rig.Run(() =>
            _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => looks.Add(_rig.Elapsed), CancellationToken.None)
        );

        Assert.Equal(JobStatus.Successful, job.Status);
        Assert.Equal(1, looks[0].TotalSeconds, 0.05);
        Assert.All(
            looks.Zip(looks.Skip(1)),
            pair =>
                Assert.InRange(
                    (pair.Second - pair.First).TotalSeconds,
                    1.9,
                    Math.Max(4.1, Math.Min(65, pair.First.TotalSeconds * 0.06) + 0.5)
                )
        );
        Assert.InRange(_rig.Elapsed.TotalSeconds, 10800, 10865);
        Assert.InRange(_rig.Api.Calls.Count, 150, 300);
    }

    [Theory]
    [InlineData("failed", JobStatus.Failed)]
    [InlineData("done with failure", JobStatus.Failed)]
    [InlineData("successful", JobStatus.Successful)]
    public void Each_way_to_end_ends_the_wait(string status, JobStatus expected)
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow(), status)["error_codes"] = "E1";

        var job = _rig.Run(() => _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None));

        Assert.Equal((expected, status, "E1"), (job.Status, job.RawStatus, job.ErrorCodes));
    }

    [Fact]
    public void A_word_that_is_not_known_is_no_end()
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow(), "polishing");
        _zone.Before = _ => _zone.Jobs[0]["status"] = _rig.Elapsed.TotalSeconds > 30 ? "successful" : "polishing";

        _rig.Run(() => _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None));

        Assert.True(_rig.Elapsed.TotalSeconds > 30);
    }

    [Fact]
    public void A_hundred_waits_cost_little_more_than_one()
    {
        for (var i = 0; i < 100; i++)
            EndsAfter($"j-{i}", TimeSpan.FromMinutes(50 + (i / 5.0)), "successful");

        _rig.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(async i =>
                    {
                        await Task.Delay(TimeSpan.FromSeconds(i * 3), _rig.Clock);
                        await _rig.Client.WaitForJobAsync("sh1a", $"j-{i}", _ => { }, CancellationToken.None);
                        var end = TimeSpan.FromMinutes(50 + (i / 5.0));
                        Assert.InRange(_rig.Elapsed, end, end + TimeSpan.FromSeconds(62));
                    })
            )
        );

        Assert.InRange(_rig.Api.Calls.Count, 1, 500);
    }

    [Fact]
    public void More_than_a_hundred_waits_are_asked_for_in_parts()
    {
        for (var i = 0; i < 250; i++)
            EndsAfter($"j-{i}", TimeSpan.Zero, "successful");

        _rig.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 250)
                    .Select(i => _rig.Client.WaitForJobAsync("sh1a", $"j-{i}", _ => { }, CancellationToken.None))
            )
        );

        Assert.Equal([100, 100, 50], _rig.Api.Calls.Select(c => c.List("jobs").Count));
    }

    [Fact]
    public void Two_waits_for_one_job_both_end()
    {
        EndsAfter("j-1", TimeSpan.FromMinutes(1), "successful");

        _rig.Run(() =>
            Task.WhenAll(
                _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None),
                _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None)
            )
        );

        Assert.All(_rig.Api.Calls, c => Assert.Single(c.List("jobs")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_job_is_an_error_after_a_minute_and_holds_up_no_other(bool isAnError)
    {
        _zone.UnknownId = isAnError ? _ => """{"ret_code":2100,"message":"job not found"}""" : null;
        EndsAfter("j-1", TimeSpan.FromMinutes(2), "successful");

        _rig.Run(async () =>
        {
            var known = _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None);
            var failure = await Assert.ThrowsAsync<QingCloudException>(() =>
                _rig.Client.WaitForJobAsync("sh1a", "j-x", _ => { }, CancellationToken.None)
            );
            Assert.Equal(FailureKind.NotFound, failure.Kind);
            Assert.Contains("j-x", failure.Message, StringComparison.Ordinal);
            Assert.InRange(_rig.Elapsed.TotalSeconds, 60, 66);
            await known;
            Assert.InRange(_rig.Elapsed.TotalSeconds, 120, 130);
        });
        Assert.InRange(_rig.Api.Calls.Count, 1, 100);
    }

    [Fact]
    public void A_job_that_is_listed_late_is_waited_for()
    {
        _zone.UnknownId = _ => """{"ret_code":2100,"message":"job not found"}""";
        _zone.Before = _ =>
        {
            if (_rig.Elapsed.TotalSeconds > 20 && _zone.Jobs.Count == 0)
                _zone.AddJob("j-1", _rig.Clock.GetUtcNow(), "successful");
        };

        _rig.Run(() => _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None));
    }

    [Fact]
    public void A_wait_survives_an_outage_of_hours()
    {
        EndsAfter("j-1", TimeSpan.FromHours(5), "successful");
        var healthy = _rig.Api.Otherwise;
        _rig.Api.Otherwise = asked =>
            _rig.Elapsed is { TotalHours: > 1 and < 4 } ? throw FakeApi.Refused() : healthy(asked);

        _rig.Run(() => _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None));

        Assert.InRange(_rig.Elapsed, TimeSpan.FromHours(5), TimeSpan.FromHours(5) + TimeSpan.FromSeconds(62));
    }

    [Fact]
    public void A_deadline_during_an_outage_reports_the_last_failure()
    {
        _rig.Api.Otherwise = _ => throw FakeApi.Refused();

        var cancelled = Assert.ThrowsAny<OperationCanceledException>(() =>
            _rig.Run(() => _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, _rig.After(TimeSpan.FromHours(1))))
        );

        Assert.Equal(FailureKind.Unreachable, Assert.IsType<QingCloudException>(cancelled.InnerException).Kind);
        Assert.Equal(3600, _rig.Elapsed.TotalSeconds, 0.1);
    }

    [Fact]
    public void Wrong_credentials_end_every_wait_at_once_and_later_waits_look_again()
    {
        EndsAfter("j-1", TimeSpan.Zero, "successful");
        _rig.Api.Then("""{"ret_code":1200,"message":"bad"}""");
        _rig.Run(async () =>
        {
            var both = new[] { "j-1", "j-2" }
                .Select(id => _rig.Client.WaitForJobAsync("sh1a", id, _ => { }, CancellationToken.None))
                .ToList();
            foreach (var wait in both)
            {
                Assert.Equal(
                    FailureKind.Unauthenticated,
                    (await Assert.ThrowsAsync<QingCloudException>(() => wait)).Kind
                );
            }

            Assert.InRange(_rig.Elapsed.TotalSeconds, 0, 2);
            await _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None);
        });
    }

    [Fact]
    public void A_fault_in_one_callers_progress_ends_that_wait_only()
    {
        EndsAfter("j-1", TimeSpan.FromMinutes(1), "successful");
        _rig.Run(async () =>
        {
            var good = _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, CancellationToken.None);
            await Assert.ThrowsAsync<FormatException>(() =>
                _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => throw new FormatException(), CancellationToken.None)
            );
            await good;
        });
    }

    [Fact]
    public void Polling_ends_when_nobody_waits_any_more()
    {
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow());
        _rig.Run(async () =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                _rig.Client.WaitForJobAsync("sh1a", "j-1", _ => { }, _rig.After(TimeSpan.FromMinutes(1)))
            );
            var calls = _rig.Api.Calls.Count;
            await Task.Delay(TimeSpan.FromHours(1), _rig.Clock);
            Assert.Equal(calls, _rig.Api.Calls.Count);
        });
    }

    [Fact]
    public void The_age_of_a_job_is_by_the_servers_clock()
    {
        _rig.Api.ServerClockOffset = TimeSpan.FromSeconds(-50);
        _zone.AddJob("j-1", _rig.Clock.GetUtcNow().AddSeconds(-50));
        var looks = new List<TimeSpan>();
        _rig.Run(() =>
            Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                _rig.Client.WaitForJobAsync(
                    "sh1a",
                    "j-1",
                    _ => looks.Add(_rig.Elapsed),
                    _rig.After(TimeSpan.FromSeconds(30))
                )
            )
        );

        Assert.All(looks.Zip(looks.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 1.9, 3.1));
    }

    private void EndsAfter(string id, TimeSpan after, string status)
    {
        var job = _zone.AddJob(id, _rig.Clock.GetUtcNow());
        var before = _zone.Before;
        _zone.Before = asked =>
        {
            before(asked);
            job["status"] = _rig.Elapsed >= after ? status : "working";
        };
    }
}
