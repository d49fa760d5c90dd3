using System.Diagnostics;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.Environments;
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
        using var environment = new TestEnvironment();
        var fleet = new Fleet(environment, links);
        environment.Run(() => fleet.CreateAsync());
        environment.Api.AddFault($"slow={Latency.TotalMilliseconds}ms,times=always");
        var ours = Measure(environment, () => fleet.RefreshAsync(parallelism));
        var jobs = environment.Cloud.Jobs.Where(job => job.Service == "start_standby").ToList();
        var theirs = Measure(environment, () => OneByOneAsync(environment, jobs, parallelism));
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

    private static (int Calls, double Seconds, double Work) Measure(TestEnvironment environment, Func<Task> refresh)
    {
        environment.Api.Calls.Clear();
        var began = environment.Clock.GetTimestamp();
        var watch = Stopwatch.StartNew();
        environment.Run(refresh);
        return (
            environment.Api.Calls.Total,
            environment.Clock.GetElapsedTime(began).TotalSeconds,
            watch.Elapsed.TotalMilliseconds
        );
    }

    /// <summary>The usual way: each resource asks for its own cluster and its own job.</summary>
    private static async Task OneByOneAsync(TestEnvironment environment, List<JobView> jobs, int parallelism)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallelism, jobs.Count)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            using var client = environment.NewClient();
            while (next < jobs.Count)
            {
                var job = jobs[next++];
                await client.FindJobAsync(job.Zone, job.Id, CancellationToken.None);
                await client.FindClusterAsync(job.Zone, job.ClusterId, Freshness.Live, CancellationToken.None);
            }
        }
    }
}
