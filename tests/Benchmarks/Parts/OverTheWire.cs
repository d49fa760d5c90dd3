using System.Diagnostics;
using QingCloudMySqlStandby.Benchmarks.Processes;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Protocol;
using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>Calls a second of a published plugin over gRPC; the client and the plugin share the machine's
/// cores.</summary>
internal static class OverTheWire
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    public static async Task<Table> RunAsync()
    {
        var table = new Table(
            "The plugin's calls, over gRPC on this machine",
            "process",
            "call",
            "at a time",
            "calls a second",
            "us a call"
        );
        foreach (var plugin in Binaries.Plugins)
        {
            using var process = new MeasuredProcess(plugin.File, "127.0.0.1:1");
            using var channel = LoopbackChannel.To($"127.0.0.1:{await process.ReadLineAsync()}");
            var client = new ResourceProvider.ResourceProviderClient(channel);
            foreach (var parallelism in new[] { 1, 64 })
            {
                await MeasureAsync(() => CheckAsync(client), parallelism);
                var asks = await MeasureAsync(() => AskAsync(client), parallelism);
                Add(table, plugin, "GetPluginInfo", parallelism, asks);
                var checks = await MeasureAsync(() => CheckAsync(client), parallelism);
                Add(table, plugin, "Check", parallelism, checks);
            }
        }

        return table;
    }

    private static void Add(Table table, Binary plugin, string call, int parallelism, double rate) =>
        table.Add(plugin.Name, call, parallelism, rate, 1e6 / rate);

    private static Task<PluginInfo> AskAsync(ResourceProvider.ResourceProviderClient client) =>
        client.GetPluginInfoAsync(new()).ResponseAsync;

    private static Task<CheckResponse> CheckAsync(ResourceProvider.ResourceProviderClient client)
    {
        var request = new CheckRequest
        {
            Urn = Fleet.UrnOf(0),
            Type = Names.StandbyReplication,
            News = StructWriter.Write(World.LinkInputs.With("zone", Plugin.PropertyValue.Of("sh1a"))),
        };
        return client.CheckAsync(request).ResponseAsync;
    }

    private static async Task<double> MeasureAsync(Func<Task> call, int parallelism)
    {
        var watch = Stopwatch.StartNew();
        var calls = await Task.WhenAll(
            Enumerable
                .Range(0, parallelism)
                .Select(async _ =>
                {
                    var made = 0;
                    for (; watch.Elapsed < Span; made++)
                        await call();

                    return made;
                })
        );
        return calls.Sum() / watch.Elapsed.TotalSeconds;
    }
}
