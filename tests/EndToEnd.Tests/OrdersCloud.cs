using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>A QingCloud with the two clusters of the examples, over HTTP and in real time: plugins are processes of
/// their own here.</summary>
internal sealed class OrdersCloud : IAsyncDisposable
{
    public const string Standby = "cl-ouhutv70";
    public const string Source = "cl-9np7ig3g";

    private readonly SimulatorServer _server;
    private int _taken;

    private OrdersCloud(SimulatorServer server) => _server = server;

    public SimulatedCloud Cloud => _server.Api.Cloud;
    public CallLog Calls => _server.Api.Calls;
    public Uri Endpoint => _server.Endpoint;

    /// <param name="past">For how long the clusters have been there.</param>
    public static async Task<OrdersCloud> StartAsync(TimeSpan past = default)
    {
        var time = new ShiftedTime { Shift = -past };
        var cloud = new SimulatedCloud(time) { UsualDuration = TimeSpan.FromMilliseconds(100) };
        cloud.AddCluster(new ClusterSpec(Standby, "sh1a") { Name = "orders-standby", HasCreationJob = true });
        cloud.AddCluster(new ClusterSpec(Source, "pek3a") { Name = "orders", HasCreationJob = true });
        time.Shift = TimeSpan.Zero;
        return new OrdersCloud(await SimulatorServer.StartAsync(new SimulatedApi(cloud)));
    }

    /// <summary>How many times a standby service was submitted.</summary>
    public int Submissions(string service) => Services.Count(name => name == service);

    /// <summary>The standby services that were submitted since this was last asked, in their order; <c>none</c> where
    /// there are none.</summary>
    public string TakeSubmissions()
    {
        var services = Services.Skip(_taken).ToList();
        _taken += services.Count;
        return services.Count > 0 ? string.Join(' ', services) : "none";
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IEnumerable<string> Services => Calls.Of("RunClusterCustomService").Select(call => call.Service);
}
