using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>A QingCloud of a test's own, over HTTP and in real time: plugins are processes of their own here.</summary>
internal sealed class SimulatedCloudServer : IAsyncDisposable
{
    public const string Standby = "cl-ouhutv70";
    public const string Source = "cl-9np7ig3g";

    private readonly SimulatorServer _server;

    private SimulatedCloudServer(SimulatorServer server) => _server = server;

    public SimulatedCloud Cloud => _server.Api.Cloud;
    public CallLog Calls => _server.Api.Calls;
    public string Endpoint => _server.Endpoint.ToString();

    public static async Task<SimulatedCloudServer> StartAsync()
    {
        var cloud = new SimulatedCloud(TimeProvider.System) { UsualDuration = TimeSpan.FromMilliseconds(100) };
        cloud.AddCluster(new ClusterSpec(Standby, "sh1a") { Name = "orders-standby" });
        cloud.AddCluster(new ClusterSpec(Source, "pek3a") { Name = "orders" });
        return new SimulatedCloudServer(await SimulatorServer.StartAsync(new SimulatedApi(cloud)));
    }

    public int Submissions(string service) =>
        Calls.Of("RunClusterCustomService").Count(call => call.Service == service);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
