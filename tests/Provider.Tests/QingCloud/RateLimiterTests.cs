using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.QingCloud.Pacing;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class RateLimiterTests
{
    private readonly ManualTimeProvider _clock = new();

    private TimeSpan Elapsed => TimeSpan.FromTicks(_clock.GetTimestamp());

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(2000)]
    public void No_hour_holds_more_calls_than_allowed(int limit)
    {
        var times = Spend(limit, limit * 3);

        Assert.All(
            times.Zip(times.Skip(limit)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1))
        );
    }

    [Fact]
    public void The_first_reads_do_not_wait() => Assert.Equal(TimeSpan.Zero, Spend(2000, 80)[^1]);

    [Fact]
    public void Reads_slow_down_step_by_step_and_leave_changes_more_than_half()
    {
        var times = Spend(2000, 3000);

        var pauses = times.Zip(times.Skip(1), (one, next) => next - one).Take(600).ToList();
        Assert.True(pauses.Zip(pauses.Skip(1)).All(pair => pair.Second >= pair.First - TimeSpan.FromMilliseconds(2)));
        Assert.All(
            times,
            begin => Assert.InRange(times.Count(at => at >= begin && at < begin + TimeSpan.FromHours(1)), 1, 1000)
        );
    }

    [Fact]
    public void Changes_do_not_wait_for_reads()
    {
        var limiter = new RateLimiter(100, _clock);
        Run(async () =>
        {
            var reads = Enumerable
                .Range(0, 60)
                .Select(_ => TakeAsync(limiter, isChange: false, CancellationToken.None))
                .ToList();
            await Task.Delay(TimeSpan.FromMinutes(59), _clock);
            var before = Elapsed;
            for (var i = 0; i < 50; i++)
                await TakeAsync(limiter, isChange: true, CancellationToken.None);

            Assert.Equal(before, Elapsed);
            await Task.WhenAll(reads);
        });
    }

    [Fact]
    public void A_wait_that_can_be_noticed_is_reported()
    {
        var limiter = new RateLimiter(1, _clock);
        var reports = new List<string>();
        Run(async () =>
        {
            await limiter.TakeAsync(isChange: true, reports.Add, CancellationToken.None);
            Assert.Empty(reports);
            await limiter.TakeAsync(isChange: true, reports.Add, CancellationToken.None);
        });

        Assert.Equal(["waiting for the account's call budget"], reports);
    }

    [Fact]
    public void Whoever_comes_first_goes_first()
    {
        var limiter = new RateLimiter(20, _clock);
        var order = new List<int>();
        Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 60)
                    .Select(async i =>
                    {
                        await TakeAsync(limiter, isChange: false, CancellationToken.None);
                        order.Add(i);
                    })
            )
        );

        Assert.Equal(Enumerable.Range(0, 60), order);
    }

    [Fact]
    public void Whoever_cancels_gives_their_place_up()
    {
        var limiter = new RateLimiter(1, _clock);
        Run(async () =>
        {
            await TakeAsync(limiter, isChange: false, CancellationToken.None);
            using var cancel = new CancellationTokenSource();
            var first = TakeAsync(limiter, isChange: false, cancel.Token);
            var second = TakeAsync(limiter, isChange: false, cancel.Token);
            var third = TakeAsync(limiter, isChange: false, CancellationToken.None);
            Cancel(cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
            await third;
            Assert.Equal(3600, Elapsed.TotalSeconds, 0.01);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                TakeAsync(limiter, isChange: true, cancel.Token)
            );
        });
    }

    [Fact]
    public void A_refusal_pauses_reads_slows_them_and_is_forgotten_again()
    {
        var limiter = new RateLimiter(2000, _clock);
        var times = new List<TimeSpan>();
        Run(async () =>
        {
            limiter.Refused();
            await TakeAsync(limiter, isChange: true, CancellationToken.None);
            Assert.Equal(TimeSpan.Zero, Elapsed);
            for (var i = 0; i < 300; i++)
            {
                await TakeAsync(limiter, isChange: false, CancellationToken.None);
                times.Add(Elapsed);
            }
        });

        // As slow as if reads had taken their share, for ten minutes; then as before.
        Assert.Equal(15, times[0].TotalSeconds, 0.01);
        Assert.InRange((times[1] - times[0]).TotalSeconds, 8.5, 8.6);
        Assert.InRange(times[^1], TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(25));
    }

    [Fact]
    public void A_limit_of_nothing_is_refused() =>
        Assert.Contains(
            "apiCallsPerHour",
            Assert.Throws<QingCloudException>(() => new RateLimiter(0, _clock)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Too_many_calls_slow_the_client_and_fail_nothing()
    {
        using var rig = new Rig();
        var zone = new FakeZone(rig.Api);
        zone.AddCluster("cl-1");
        for (var i = 0; i < 6; i++)
            rig.Api.Then("""{"ret_code":2500,"message":"too many API calls"}""");

        Assert.NotNull(
            rig.Run(() => rig.Client.FindClusterAsync("sh1a", "cl-1", Freshness.Live, CancellationToken.None))
        );
        Assert.True(rig.Elapsed > TimeSpan.FromMinutes(1));
    }

    private static Task TakeAsync(RateLimiter limiter, bool isChange, CancellationToken cancellationToken) =>
        limiter.TakeAsync(isChange, _ => { }, cancellationToken);

    // Not awaited: that would leave the simulated thread.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private List<TimeSpan> Spend(int limit, int calls)
    {
        var limiter = new RateLimiter(limit, _clock);
        var times = new List<TimeSpan>();
        Run(async () =>
        {
            for (var i = 0; i < calls; i++)
            {
                await TakeAsync(limiter, isChange: false, CancellationToken.None);
                times.Add(Elapsed);
            }
        });
        return times;
    }

    private void Run(Func<Task> body) => SimulatedTime.Run(_clock, body);
}
