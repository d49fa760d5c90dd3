using BenchmarkDotNet.Attributes;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>What the provider's own work costs per call of the engine.</summary>
public class Throughput
{
    private const int CreatesAtOnce = 100;
    private readonly ManualTimeProvider _clock = new();
    private readonly StandbyProvider _provider;
    private readonly PropertyMap _inputs;

    public Throughput()
    {
        var cloud = new ForgetfulCloud(_clock);
        _provider = new StandbyProvider(
            "0.1.0",
            () => default,
            options => new QingCloudClient(options, _ => null, _clock, new Random(1), cloud),
            new DeafLog(),
            _clock,
            new Random(1)
        );
        SimulatedTime.Run(
            _clock,
            () => _provider.ConfigureAsync(new ConfigureRequest(World.Configuration), CancellationToken.None)
        );
        _inputs = Fleet.CheckAsync(_provider, 0).GetAwaiter().GetResult();
    }

    internal static async Task<IEnumerable<Table>> RunAsync() =>
        [Microbenchmarks.Run<Throughput>("The provider's calls, without the wire"), await OverTheWire.RunAsync()];

    [Benchmark(Description = "Check")]
    public Task Check() => Fleet.CheckAsync(_provider, 0);

    [Benchmark(Description = "Diff, nothing changed")]
    public Task Diff() => DiffWith(_inputs);

    [Benchmark(Description = "Diff, another cluster")]
    public Task DiffOfReplacement() => DiffWith(_inputs.With("clusterId", PropertyValue.Of("cl-other")));

    /// <summary>From the look before it to the look that sees the job ended, with the in-memory cloud's own
    /// work.</summary>
    [Benchmark(Description = "Create, a hundred at once", OperationsPerInvoke = CreatesAtOnce)]
    public void Create() =>
        SimulatedTime.Run(
            _clock,
            () =>
                Task.WhenAll(
                    Enumerable
                        .Range(0, CreatesAtOnce)
                        .Select(link => Fleet.CreateAsync(_provider, link, CancellationToken.None))
                )
        );

    private Task<DiffResult> DiffWith(PropertyMap news) =>
        _provider.DiffAsync(
            new DiffRequest("sh1a/cl-s0000000", Fleet.UrnOf(0), Names.StandbyReplication, _inputs, _inputs, news, []),
            CancellationToken.None
        );
}
