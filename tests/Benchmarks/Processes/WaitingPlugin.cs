using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Values;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Benchmarks.Processes;

/// <summary>A plugin's process whose creates all wait for jobs that take an hour, with its engine and its
/// cloud.</summary>
internal sealed class WaitingPlugin : IAsyncDisposable
{
    private readonly SimulatorServer _cloud;
    private readonly LoopbackServer _engine;
    private readonly GrpcChannel _channel;
    private readonly List<Task> _creates = [];

    private WaitingPlugin(SimulatorServer cloud, LoopbackServer engine, MeasuredProcess process, GrpcChannel channel) =>
        (_cloud, _engine, Process, _channel) = (cloud, engine, process, channel);

    public MeasuredProcess Process { get; }

    /// <summary>How long it took until every job had been started and looked at.</summary>
    public TimeSpan StartedAfter { get; private set; }

    public static async Task<WaitingPlugin> StartAsync(Binary plugin, int links)
    {
        var looks = new Looks(links);
        var cloud = await SimulatorServer.StartAsync(NewApi(links, looks.Observe));
        var engine = new LoopbackServer(TimeProvider.System, Wire.Engine.BindService(new DeafEngine()));
        await engine.StartAsync(CancellationToken.None);
        var process = new MeasuredProcess(
            plugin.File,
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{engine.Port}")
        );
        var channel = LoopbackChannel.To($"127.0.0.1:{await process.ReadLineAsync()}");
        var waiting = new WaitingPlugin(cloud, engine, process, channel);
        await waiting.CreateAsync(links);
        await waiting.UnlessOneEndsAsync(looks.AllLookedAt);
        waiting.StartedAfter = process.Elapsed;
        return waiting;
    }

    public async ValueTask DisposeAsync()
    {
        Process.EndInput();
        await Task.WhenAll(_creates).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Process.Dispose();
        _channel.Dispose();
        await _engine.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private static SimulatedApi NewApi(int links, Action<Call> observer)
    {
        var cloud = new SimulatedCloud(TimeProvider.System);
        cloud.AddCluster(new ClusterSpec(World.Source, World.SourceZone));
        cloud.AddCluster(new ClusterSpec(World.OtherStandby, World.StandbyZone));
        cloud.Restart(World.OtherStandby);
        cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
        for (var link = 0; link < links; link++)
            cloud.AddCluster(new ClusterSpec(Fleet.ClusterOf(link), World.StandbyZone));

        return new SimulatedApi(
            cloud,
            new ApiOptions
            {
                CallsPerWindow = 1_000_000,
                CallLogLimit = 1,
                Observer = observer,
            }
        );
    }

    private async Task CreateAsync(int links)
    {
        var configuration = World.Configuration.With("endpoint", PropertyValue.Of(_cloud.Endpoint.AbsoluteUri));
        var client = new Wire.ResourceProvider.ResourceProviderClient(_channel);
        await client.ConfigureAsync(new() { Args = StructWriter.Write(configuration) });
        for (var link = 0; link < links; link++)
        {
            var inputs = StructWriter.Write(await Fleet.CheckAsync(Checker, link));
            _creates.Add(
                client
                    .CreateAsync(
                        new()
                        {
                            Urn = Fleet.UrnOf(link),
                            Type = Names.StandbyReplication,
                            Properties = inputs,
                        }
                    )
                    .ResponseAsync
            );
        }
    }

    /// <summary>A create that ends while its job runs has failed.</summary>
    private async Task UnlessOneEndsAsync(Task wait)
    {
        var first = await Task.WhenAny(_creates.Prepend(wait));
        await first;
    }

    /// <summary>Fills defaults in without a call; the plugin under measure is asked for creates alone.</summary>
    private static IProvider Checker { get; } =
        new StandbyProvider("0.1.0", () => default, _ => null!, new DeafLog(), TimeProvider.System, new Random(1));

    private sealed class DeafEngine : Wire.Engine.EngineBase
    {
        public override Task<Empty> Log(Wire.LogRequest request, ServerCallContext context) =>
            Task.FromResult(new Empty());
    }

    /// <summary>Sees in the cloud's calls when every job has been looked at.</summary>
    private sealed class Looks(int links)
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task AllLookedAt => _all.Task;

        public void Observe(Call call)
        {
            if (call.Action != "DescribeJobs" || call.Parameters["jobs.1"] is null)
                return;

            lock (_gate)
            {
                _seen.UnionWith(
                    call.Parameters.Pairs.Where(parameter =>
                            parameter.Key.StartsWith("jobs.", StringComparison.Ordinal)
                        )
                        .Select(parameter => parameter.Value)
                );
                if (_seen.Count >= links)
                    _all.TrySetResult();
            }
        }
    }
}
