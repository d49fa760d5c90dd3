using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Standby.Tests.Performance;

/// <summary>The account's limit of calls, kept from the plugin's protocol down to the wire.</summary>
public sealed class BudgetTests
{
    [Fact]
    public void Near_the_end_of_its_budget_the_provider_slows_down_recovers_and_fails_nothing()
    {
        const int limit = 100;
        using var environment = new TestEnvironment(callsPerHour: limit);
        environment.Cloud.SetDuration("start_standby", TimeSpan.FromHours(3));
        environment.Run(async () =>
        {
            var links = await new Fleet(environment, 50, limit) { Spread = TimeSpan.FromMinutes(2) }.CreateAsync();

            Assert.Equal(50, environment.Submissions("start_standby"));
            Assert.DoesNotContain(environment.Api.Calls.Kept, call => call.RetCode != 0);
            Assert.All(links, link => Assert.InRange(link.Lag, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
        });

        var calls = environment.Api.Calls.Kept.Select(call => call.At).ToList();
        Assert.All(
            calls.Zip(calls.Skip(limit)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1))
        );
    }

    /// <summary>QingCloud allows a new account 2,000 calls an hour, the 1,000 starts among them.</summary>
    [Theory]
    [InlineData(30, 30, 20)]
    [InlineData(30, 600, 110)]
    [InlineData(600, 600, 180)]
    public void A_thousand_links_in_one_up_stay_within_each_hours_calls(int shortest, int longest, int minutes)
    {
        const int limit = 2000;
        using var environment = new TestEnvironment();
        var random = new Random(5);
        foreach (var _ in Enumerable.Range(0, 1000))
        {
            var seconds = shortest + (random.NextDouble() * (longest - shortest));
            environment.Cloud.PlanJobs(
                new JobPlan { Service = "start_standby", Duration = TimeSpan.FromSeconds(seconds) }
            );
        }

        environment.Api.AddFault("slow=100ms,times=always");
        environment.Run(() => new Fleet(environment, 1000, limit).CreateAsync(parallelism: 64));

        Assert.Equal(1000, environment.Submissions("start_standby"));
        var calls = environment.Api.Calls.Kept.Select(call => call.At).ToList();
        Assert.All(
            calls.Zip(calls.Skip(limit)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(1))
        );
        Assert.InRange(calls[^1] - calls[0], TimeSpan.Zero, TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public void Being_called_too_often_is_waited_for_and_starts_nothing_twice()
    {
        using var environment = new TestEnvironment();
        environment.Api.AddFault("rate-limit,times=12");
        environment.Api.AddFault("rate-limit,times=5,action=RunClusterCustomService");
        environment.Run(async () =>
        {
            var links = await new Fleet(environment, 10).CreateAsync();

            Assert.Equal(10, links.Select(link => link.Job.Id).Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(10, environment.Cloud.Jobs.Count(job => job.Service == "start_standby"));
        });
    }

    [Fact]
    public void A_quota_of_resources_is_no_matter_of_waiting()
    {
        using var environment = new TestEnvironment();
        environment.Api.AddFault(
            "ret=2500,action=RunClusterCustomService,times=always,"
                + "message=QuotasExceeded, you have reached the limit of clusters"
        );
        environment.Run(async () =>
        {
            var began = environment.Clock.GetUtcNow();

            var refusal = await Assert.ThrowsAsync<PluginException>(() => new Fleet(environment, 1).CreateAsync());

            Assert.Contains("2500", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(1, environment.Submissions("start_standby"));
            Assert.InRange(environment.Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        });
    }

    [Fact]
    public void Whoever_asks_first_is_answered_first_when_calls_are_scarce()
    {
        const int limit = 60;
        using var environment = new TestEnvironment(callsPerHour: limit);
        environment.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(1));
        environment.Run(async () =>
        {
            var links = await new Fleet(environment, 60, limit).CreateAsync(parallelism: 1);

            Assert.Equal(links.OrderBy(link => link.AnsweredAt), links);
            Assert.DoesNotContain(environment.Api.Calls.Kept, call => call.RetCode != 0);
        });
    }
}
