using System.Diagnostics;
using QingCloudMySqlStandby.Benchmarks.Processes;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>How work, calls and memory grow with the number of links that wait at once.</summary>
internal static class Growth
{
    private static readonly int[] Links = [1, 10, 100, 1000, 10_000];

    public static async Task<IEnumerable<Table>> RunAsync() => [InProcess(), await InProcessesAsync()];

    /// <summary>Against a cloud that keeps nothing, so that what is kept is the provider's.</summary>
    private static Table InProcess()
    {
        var table = new Table(
            "Growth: creates that wait (a simulated minute, in process, no call limit)",
            "links",
            "work ms",
            "work us a link",
            "calls besides starts",
            "kept KB a link"
        );
        Measure(10);
        foreach (var links in Links)
        {
            var (work, calls, kept) = Measure(links);
            table.Add(links, work, work * 1000 / links, calls - links, kept / 1e3 / links);
        }

        return table;
    }

    private static (double Work, int Calls, double Kept) Measure(int links)
    {
        var clock = new ManualTimeProvider();
        using var cloud = new ForgetfulCloud(clock) { JobsEnd = false };
        var provider = new StandbyProvider(
            "0.1.0",
            () => default,
            options => new QingCloudClient(options, _ => null, clock, new Random(1), cloud),
            new DeafLog(),
            clock,
            new Random(1)
        );
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var kept = 0.0;
        SimulatedTime.Run(
            clock,
            async () =>
            {
                await provider.ConfigureAsync(new ConfigureRequest(World.Configuration), CancellationToken.None);
                using var cancel = new CancellationTokenSource();
                List<Task> creates =
                [
                    .. Enumerable.Range(0, links).Select(link => Fleet.CreateAsync(provider, link, cancel.Token)),
                ];
                await Task.Delay(TimeSpan.FromMinutes(1), clock);
                watch.Stop();
                kept = GC.GetTotalMemory(forceFullCollection: true) - before;
                cancel.Cancel();
                await Task.WhenAll((IEnumerable<Task>)creates)
                    .ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
                    );
            }
        );
        return (watch.Elapsed.TotalMilliseconds, cloud.Requests, kept);
    }

    /// <summary>Published plugins, over real sockets: the engine's end and the cloud's are in this process.</summary>
    private static async Task<Table> InProcessesAsync()
    {
        var table = new Table(
            "Growth: memory of the plugin's process with so many creates waiting (MB, the most and then)",
            "process",
            "links",
            "seconds until all wait",
            "MB at most",
            "MB then"
        );
        foreach (var plugin in Binaries.Plugins)
        {
            foreach (var links in Links)
            {
                await using var waiting = await WaitingPlugin.StartAsync(plugin, links);
                table.Add(
                    plugin.Name,
                    links,
                    waiting.StartedAfter.TotalSeconds,
                    waiting.Process.PeakMemory(),
                    waiting.Process.Memory()
                );
            }
        }

        return table;
    }
}
