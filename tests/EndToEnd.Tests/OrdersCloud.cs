using QingCloudMySqlStandby.Environments.Time;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>A QingCloud, served on this machine, with the two clusters of the examples.</summary>
internal sealed class OrdersCloud : IAsyncDisposable
{
    public const string Standby = "cl-ouhutv70";
    public const string Source = "cl-9np7ig3g";

    private readonly SimulatorServer _server;
    private TaskCompletionSource _started = NewSignal();

    private OrdersCloud(SimulatedCloud cloud, Func<Action<Call>, Task<SimulatorServer>> serve)
    {
        Cloud = cloud;
        _server = serve(Observe).GetAwaiter().GetResult();
    }

    public SimulatedCloud Cloud { get; }
    public Uri Endpoint => _server.Endpoint;

    /// <summary>Completes when start_standby has been submitted since <see cref="TakeCalls"/>.</summary>
    public Task Started => _started.Task;

    /// <param name="past">For how long the clusters have been there.</param>
    public static OrdersCloud Start(TimeSpan past = default)
    {
        var time = new ShiftedTime { Shift = -past };
        var cloud = new SimulatedCloud(time) { UsualDuration = TimeSpan.FromMilliseconds(100) };
        cloud.AddCluster(new ClusterSpec(Standby, "sh1a") { Name = "orders-standby", HasCreationJob = true });
        cloud.AddCluster(new ClusterSpec(Source, "pek3a") { Name = "orders", HasCreationJob = true });
        time.Shift = TimeSpan.Zero;
        return new OrdersCloud(
            cloud,
            observer => SimulatorServer.StartAsync(new SimulatedApi(cloud, new ApiOptions { Observer = observer }))
        );
    }

    /// <summary>The services that were submitted and the reads, each with their number, since this was last
    /// asked.</summary>
    public (string Submitted, string Reads) TakeCalls()
    {
        var calls = _server.Api.Calls.Kept.ToLookup(call => call.Service.Length > 0);
        _server.Api.Calls.Clear();
        _started = NewSignal();
        return (Count(calls[true].Select(call => call.Service)), Count(calls[false].Select(call => call.Action)));

        static string Count(IEnumerable<string> names) =>
            names.Any()
                ? string.Join(
                    ' ',
                    names
                        .CountBy(name => name)
                        .OrderBy(count => count.Key, StringComparer.Ordinal)
                        .Select(count => $"{count.Key}={count.Value}")
                )
                : "none";
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Observe(Call call)
    {
        if (call.Service == "start_standby")
            _started.TrySetResult();
    }
}
