using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.World;

namespace QingCloudMySqlStandby.Benchmarks.Pollers;

/// <summary>What waiting cost: when each poll was made, and how late each end was noticed.</summary>
internal sealed record Waited(IReadOnlyList<DateTimeOffset> Polls, IReadOnlyList<CreatedLink> Links);

/// <summary>
/// The usual way to wait: each resource asks for its own job, again and again after the same pause. It asks the simulated cloud
/// itself: no call of it is slow, fails or is refused for the quota, so that it comes off better than it would.
/// </summary>
internal static class FixedPoller
{
    public static Waited Run(int links, TimeSpan job, TimeSpan pause)
    {
        using var world = new SimulatedWorld();
        JobLengths.Plan(world.Cloud, links, job);
        var polls = new List<DateTimeOffset>();
        var ended = new CreatedLink[links];
        world.Run(() => Task.WhenAll(Enumerable.Range(0, links).Select(async link =>
        {
            var id = Fleet.ClusterOf(link);
            world.Cloud.AddCluster(new ClusterSpec(id, SimulatedWorld.StandbyZone));
            var started = world.Cloud.StartByConsole(id, Source);
            do
            {
                await Task.Delay(pause, world.Clock);
                polls.Add(world.Clock.GetUtcNow());
                started = world.Cloud.Job(started.Id)!;
            }
            while (started.UnderWay);

            ended[link] = new CreatedLink(started, world.Clock.GetUtcNow());
        })));
        return new Waited(polls, ended);
    }

    private static SourceEndpoint Source { get; } = new(SimulatedWorld.Source, SimulatedWorld.SourceZone)
    {
        Host = "192.168.0.232",
        Port = 3306,
        User = "migrate_user",
        Password = "Passwd@123",
    };
}
