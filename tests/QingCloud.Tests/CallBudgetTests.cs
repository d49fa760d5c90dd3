using QingCloudMySqlStandby.QingCloud.Pacing;
using QingCloudMySqlStandby.Testing;

namespace QingCloudMySqlStandby.QingCloud.Tests;

public sealed class CallBudgetTests
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

        Assert.All(times.Zip(times.Skip(limit)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Far_from_the_limit_nothing_waits() => Assert.Equal(TimeSpan.Zero, Spend(2000, 1300)[^1]);

    [Fact]
    public void Near_the_limit_reads_slow_down_step_by_step()
    {
        var times = Spend(2000, 1850);

        Assert.True(times[1820] > TimeSpan.Zero);
        Assert.True(times[1850 - 1] < TimeSpan.FromHours(1));
    }

    [Fact]
    public void Changes_use_the_reserve_while_reads_wait()
    {
        var budget = new CallBudget(100, _clock);
        Run(async () =>
        {
            var reads = Enumerable.Range(0, 200).Select(_ => budget.TakeAsync(isChange: false, CancellationToken.None)).ToList();
            await Task.Delay(TimeSpan.FromMinutes(59), _clock);
            var before = Elapsed;
            for (var i = 0; i < 5; i++)
            {
                await budget.TakeAsync(isChange: true, CancellationToken.None);
            }

            Assert.Equal(before, Elapsed);
            await Task.WhenAll(reads);
        });
    }

    [Fact]
    public void Whoever_comes_first_goes_first()
    {
        var budget = new CallBudget(20, _clock);
        var order = new List<int>();
        Run(() => Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            await budget.TakeAsync(isChange: false, CancellationToken.None);
            order.Add(i);
        })));

        Assert.Equal(Enumerable.Range(0, 60), order);
    }

    [Fact]
    public void Whoever_cancels_gives_their_place_up()
    {
        var budget = new CallBudget(1, _clock);
        Run(async () =>
        {
            await budget.TakeAsync(isChange: false, CancellationToken.None);
            using var cancel = new CancellationTokenSource();
            var first = budget.TakeAsync(isChange: false, cancel.Token);
            var second = budget.TakeAsync(isChange: false, cancel.Token);
            var third = budget.TakeAsync(isChange: false, CancellationToken.None);
            Cancel(cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
            await third;
            Assert.Equal(3600, Elapsed.TotalSeconds, 0.01);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => budget.TakeAsync(isChange: true, cancel.Token));
        });
    }

    [Fact]
    public void A_refusal_pauses_reads_slows_them_and_is_forgotten_again()
    {
        var budget = new CallBudget(2000, _clock);
        var times = new List<TimeSpan>();
        Run(async () =>
        {
            budget.Refused();
            await budget.TakeAsync(isChange: true, CancellationToken.None);
            Assert.Equal(TimeSpan.Zero, Elapsed);
            for (var i = 0; i < 300; i++)
            {
                await budget.TakeAsync(isChange: false, CancellationToken.None);
                times.Add(Elapsed);
            }
        });

        Assert.Equal(15, times[0].TotalSeconds, 0.01);
        Assert.InRange((times[1] - times[0]).TotalSeconds, 3.59, 3.61);
        Assert.InRange(times[^1], TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10.1));
    }

    [Fact]
    public void Refusals_in_a_row_slow_reads_further_but_never_stop_them()
    {
        var budget = new CallBudget(2000, _clock);
        Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                budget.Refused();
            }

            await budget.TakeAsync(isChange: false, CancellationToken.None);
            var first = Elapsed;
            await budget.TakeAsync(isChange: false, CancellationToken.None);
            Assert.InRange((Elapsed - first).TotalSeconds, 28, 29);
        });
    }

    [Fact]
    public void A_budget_of_nothing_is_refused() =>
        Assert.Contains("apiCallsPerHour", Assert.Throws<QingCloudException>(() => new CallBudget(0, _clock)).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_calls_slow_the_client_and_fail_nothing()
    {
        using var rig = new Rig();
        var zone = new FakeZone(rig.Api);
        zone.AddCluster("cl-1");
        for (var i = 0; i < 6; i++)
        {
            rig.Api.Then("""{"ret_code":2500,"message":"too many API calls"}""");
        }

        Assert.NotNull(rig.Run(() => rig.Client.FindClusterAsync("sh1a", "cl-1", Freshness.Live, CancellationToken.None)));
        Assert.True(rig.Elapsed > TimeSpan.FromMinutes(1));
    }

    // Not awaited: that would leave the simulated thread.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private List<TimeSpan> Spend(int limit, int calls)
    {
        var budget = new CallBudget(limit, _clock);
        var times = new List<TimeSpan>();
        Run(async () =>
        {
            for (var i = 0; i < calls; i++)
            {
                await budget.TakeAsync(isChange: false, CancellationToken.None);
                times.Add(Elapsed);
            }
        });
        return times;
    }

    private void Run(Func<Task> body) => SimulatedTime.Run(_clock, body);
}
