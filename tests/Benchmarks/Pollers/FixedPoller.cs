using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Benchmarks.Pollers;

/// <summary>What waiting cost: when each poll was made, and how late each end was noticed.</summary>
internal sealed record Waited(IReadOnlyList<DateTimeOffset> Polls, IReadOnlyList<CreatedLink> Links);

/// <summary>The usual way to wait: each resource asks for its own job, again and again after the same pause. It asks
/// the simulated cloud itself: no call of it is slow, fails or is refused for the quota, so that it comes off better
/// than it would.</summary>
internal static class FixedPoller
{
    public static Waited Run(int links, TimeSpan job, TimeSpan pause)
    {
        using var world = new World();
        JobLengths.Plan(world.Cloud, links, job);
        var polls = new List<DateTimeOffset>();
        var ended = new CreatedLink[links];
        world.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, links)
                    .Select(async link =>
                    {
                        var id = Fleet.ClusterOf(link);
                        world.Cloud.AddCluster(new ClusterSpec(id, World.StandbyZone));
                        var started = world.Cloud.StartByConsole(id, Source);
                        do
                        {
                            await Task.Delay(pause, world.Time);
                            polls.Add(world.Time.GetUtcNow());
                            started = world.Cloud.Job(started.Id)!;
                        } while (started.UnderWay);

                        ended[link] = new CreatedLink(started, world.Time.GetUtcNow());
                    })
            )
        );
        return new Waited(polls, ended);
    }

    private static SourceEndpoint Source { get; } =
        new(World.Source, World.SourceZone)
        {
            Host = "192.168.0.232",
            Port = 3306,
            User = "migrate_user",
            Password = "Passwd@123",
        };
}
