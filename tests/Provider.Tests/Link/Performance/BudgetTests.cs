using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Performance;

/// <summary>The account's limit of calls, kept from the plugin's protocol down to the wire.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void Near_the_end_of_its_budget_the_provider_slows_down_recovers_and_fails_nothing()
    {
        const int limit = 100;
        using var world = new World(options: new ApiOptions { CallsPerWindow = limit });
        world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(3));
        world.Run(async () =>
        {
            var links = await Fleet.CreateAsync(world, 50, spread: TimeSpan.FromMinutes(2), limit);

            Assert.Equal(50, world.Submissions("start_standby"));
            Assert.DoesNotContain(world.Api.Calls.Kept, call => call.RetCode != 0);
            Assert.All(links, link => Assert.InRange(link.Lag, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
        });

        var calls = world.Api.Calls.Kept.Select(call => call.At).ToList();
        Assert.All(
            calls.Zip(calls.Skip(limit)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1))
        );
    }

    /// <summary>QingCloud allows a new account 2,000 calls an hour, the 1,000 starts among them.</summary>
    [Theory]
    [InlineData(30, 30, 20)]
    [InlineData(30, 600, 130)]
    [InlineData(600, 600, 180)]
    public void A_thousand_links_in_one_up_stay_within_each_hours_calls(int shortest, int longest, int minutes)
    {
        const int limit = 2000;
        using var world = new World();
        var random = new Random(5);
        foreach (var _ in Enumerable.Range(0, 1000))
        {
            var seconds = shortest + (random.NextDouble() * (longest - shortest));
            world.Cloud.PlanJobs(new JobPlan { Service = "start_standby", Duration = TimeSpan.FromSeconds(seconds) });
        }

        world.Api.AddFault("slow=100ms,times=always");
        var fleet = Fleet.Of(world, 1000, limit);
        fleet.Parallel = 64;
        world.Run(() => fleet.UpAsync());

        Assert.Equal(1000, world.Submissions("start_standby"));
        var calls = world.Api.Calls.Kept.Select(call => call.At).ToList();
        Assert.All(
            calls.Zip(calls.Skip(limit)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1))
        );
        Assert.InRange(calls[^1] - calls[0], TimeSpan.Zero, TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public void Being_called_too_often_is_waited_for_and_starts_nothing_twice()
    {
        using var world = new World();
        world.Api.AddFault("rate-limit,times=12");
        world.Api.AddFault("rate-limit,times=5,action=RunClusterCustomService");
        world.Run(async () =>
        {
            var links = Fleet.CreatedIn(world, await Fleet.Of(world, 10).UpAsync());

            Assert.Equal(10, links.Select(link => link.Job.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(10, world.Cloud.Jobs.Count(job => job.Service == "start_standby"));
        });
    }

    [Fact]
    public void A_quota_of_resources_is_no_matter_of_waiting()
    {
        using var world = new World();
        world.Api.AddFault(
            "ret=2500,action=RunClusterCustomService,times=always,"
                + "message=QuotasExceeded, you have reached the limit of clusters"
        );
        world.Run(async () =>
        {
            var fleet = Fleet.Of(world, 1);
            var began = world.Time.GetUtcNow();

            var refusal = Assert.Single((await fleet.UpAsync()).Errors);

            Assert.Contains("2500", refusal, StringComparison.Ordinal);
            Assert.Equal(1, world.Submissions("start_standby"));
            Assert.InRange(world.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        });
    }

    [Fact]
    public void Whoever_asks_first_is_answered_first_when_calls_are_scarce()
    {
        const int limit = 60;
        using var world = new World(options: new ApiOptions { CallsPerWindow = limit });
        world.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(1));
        world.Run(async () =>
        {
            var fleet = Fleet.Of(world, 60, limit);
            fleet.Parallel = 1;
            var run = await fleet.UpAsync();

            Assert.Equal(fleet.Program.Resources.Select(link => link.Name), run.Steps.Select(step => step.Name));
            Assert.DoesNotContain(world.Api.Calls.Kept, call => call.RetCode != 0);
        });
    }
}
