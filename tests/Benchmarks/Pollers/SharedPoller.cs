using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Benchmarks.Pollers;

/// <summary>This provider, whole, against the simulator, with the quota of a new account kept by both.</summary>
internal static class SharedPoller
{
    public const int Quota = 2000;

    public static (Waited Waited, int OtherCalls) Run(int links, TimeSpan job)
    {
        var polls = new List<DateTimeOffset>();
        using var world = new World(options: new ApiOptions { CallsPerWindow = Quota, Observer = Observe });
        var fleet = Fleet.Of(world, links, Quota);
        JobLengths.Plan(world.Cloud, links, job);
        IReadOnlyList<CreatedLink> created = [];
        world.Run(async () => created = Fleet.CreatedIn(world, await fleet.UpAsync()));
        return (new Waited(polls, created), world.Api.Calls.Total - polls.Count - links);

        void Observe(Call call)
        {
            if (call.Action == "DescribeJobs" && call.Parameters["jobs.1"] is not null)
                polls.Add(call.At);
        }
    }
}
