using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Performance;

/// <summary>Waiting for many jobs: how often is asked, and how soon an end is noticed.</summary>
public sealed class WaitingTests
{
    private const int Quota = 2000;
    private static readonly TimeSpan NaivePause = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 10)]
    [InlineData(1, 600)]
    [InlineData(1, 10800)]
    [InlineData(10, 30)]
    [InlineData(100, 600)]
    [InlineData(1000, 10)]
    public void An_end_is_noticed_soon(int links, int seconds)
    {
        foreach (var link in Create(links, TimeSpan.FromSeconds(seconds), spread: TimeSpan.Zero).Links)
            AssertNoticedSoon(link);
    }

    [Fact]
    public void Jobs_of_every_length_are_noticed_soon_though_they_share_their_looks()
    {
        using var world = new World();
        for (var link = 0; link < 300; link++)
        {
            var seconds = Math.Pow(10_000, link * 7 % 300 / 300.0);
            world.Cloud.PlanJobs(new JobPlan { Service = "start_standby", Duration = TimeSpan.FromSeconds(seconds) });
        }

        world.Run(async () =>
        {
            Assert.All(await Fleet.CreateAsync(world, 300, spread: TimeSpan.FromSeconds(2)), AssertNoticedSoon);
        });
    }

    [Fact]
    public void A_thousand_jobs_of_ten_minutes_take_a_hundredth_of_the_naive_polls()
    {
        var job = TimeSpan.FromMinutes(10);
        var naive = 1000 * (int)(job / NaivePause);

        var (links, polls) = Create(1000, job, spread: TimeSpan.Zero);

        Assert.InRange(polls, 1, naive / 100);
        Assert.InRange(polls, 1, Quota);
        Assert.All(links, AssertNoticedSoon);
    }

    [Fact]
    public void Links_that_begin_one_after_the_other_share_their_looks_too()
    {
        var job = TimeSpan.FromMinutes(10);
        var naive = 500 * (int)(job / NaivePause);

        var (links, polls) = Create(500, job, spread: TimeSpan.FromMilliseconds(10));

        Assert.InRange(polls, 1, naive / 100);
        Assert.All(links, AssertNoticedSoon);
    }

    [Fact]
    public void A_thousand_waits_stay_within_the_quota_of_an_account()
    {
        using var world = new World(options: new ApiOptions { CallsPerWindow = Quota });
        world.Cloud.SetDuration("start_standby", TimeSpan.FromMinutes(10));
        world.Run(async () =>
        {
            var links = Fleet.CreatedIn(world, await Fleet.Of(world, 1000, Quota).UpAsync());

            Assert.Equal(1000, world.Submissions("start_standby"));
            Assert.InRange(world.Api.Calls.Total, 1000, Quota);
            Assert.All(links, link => Assert.InRange(link.Lag / link.Age, 0, 0.06));
        });
    }

    private static (IReadOnlyList<CreatedLink> Links, int Polls) Create(int links, TimeSpan job, TimeSpan spread)
    {
        var polls = 0;
        using var world = new World(
            options: new ApiOptions { CallsPerWindow = 1_000_000, Observer = call => polls += IsPoll(call) ? 1 : 0 }
        );
        world.Cloud.SetDuration("start_standby", job);
        IReadOnlyList<CreatedLink> created = [];
        world.Run(async () => created = await Fleet.CreateAsync(world, links, spread));
        return (created, polls);
    }

    /// <summary>A wait asks for its jobs by their ids; a look before a create reads the history.</summary>
    private static bool IsPoll(Call call) => call.Action == "DescribeJobs" && call.Parameters["jobs.1"] is not null;

    private static void AssertNoticedSoon(CreatedLink link)
    {
        var allowed = TimeSpan.FromSeconds(Math.Max(4, link.Age.TotalSeconds * 0.06)) + TimeSpan.FromMilliseconds(50);
        Assert.InRange(link.Lag, TimeSpan.Zero, allowed);
    }
}
