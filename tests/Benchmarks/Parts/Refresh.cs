using System.Diagnostics;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>A refresh of many links, over a network on which each call takes a tenth of a second.</summary>
internal static class Refresh
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public static IEnumerable<Table> Run()
    {
        var table = new Table(
            "Refresh: calls, simulated time at 100 ms a call, and this machine's own work",
            "links",
            "at a time",
            "calls",
            "calls, one resource each",
            "seconds",
            "seconds, one resource each",
            "work ms"
        );
        foreach (var links in new[] { 1, 10, 100, 1000 })
        {
            foreach (var parallelism in new[] { int.MaxValue, 8 })
                Add(table, links, parallelism);
        }

        yield return table;
    }

    private static void Add(Table table, int links, int parallelism)
    {
        using var world = new World();
        var fleet = Fleet.Of(world, links);
        world.Run(() => fleet.UpAsync());
        world.Api.AddFault($"slow={Latency.TotalMilliseconds}ms,times=always");
        fleet.Parallel = parallelism;
        var ours = Measure(world, () => fleet.RefreshAsync());
        var jobs = world.Cloud.Jobs.Where(job => job.Service == "start_standby").ToList();
        var theirs = Measure(world, () => OneByOneAsync(world, jobs, parallelism));
        table.Add(
            links,
            parallelism == int.MaxValue ? "all" : $"{parallelism}",
            ours.Calls,
            theirs.Calls,
            ours.Seconds,
            theirs.Seconds,
            ours.Work
        );
    }

    private static (int Calls, double Seconds, double Work) Measure(World world, Func<Task> refresh)
    {
        world.Api.Calls.Clear();
        var began = world.Time.GetTimestamp();
        var watch = Stopwatch.StartNew();
        world.Run(refresh);
        return (world.Api.Calls.Total, world.Time.GetElapsedTime(began).TotalSeconds, watch.Elapsed.TotalMilliseconds);
    }

    /// <summary>The usual way: each resource asks for its own cluster and its own job.</summary>
    private static async Task OneByOneAsync(World world, List<JobView> jobs, int parallelism)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallelism, jobs.Count)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            using var client = world.NewClient();
            while (next < jobs.Count)
            {
                var job = jobs[next++];
                await client.FindJobAsync(job.Zone, job.Id, CancellationToken.None);
                await client.FindClusterAsync(job.Zone, job.ClusterId, Freshness.Live, CancellationToken.None);
            }
        }
    }
}
