using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Tests.Fakes;

/// <summary>The engine's side of the log.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly GrpcServer _server;

    private FakeEngine(Func<LogRequest, CancellationToken, Task> receive) => _server = new GrpcServer(
        new GrpcRoutes().Unary(EngineMethods.Log, async (request, token) =>
        {
            await receive(request, token);
            Logged.Enqueue(request);
            return new Empty();
        }),
        TimeProvider.System);

    public ConcurrentQueue<LogRequest> Logged { get; } = [];

    public IEnumerable<string> Messages => Logged.Select(request => request.Message);

    public string Address => $"127.0.0.1:{_server.Port}";

    public static async Task<FakeEngine> StartAsync(Func<LogRequest, CancellationToken, Task>? receive = null)
    {
        var engine = new FakeEngine(receive ?? ((_, _) => Task.CompletedTask));
        await engine._server.StartAsync(CancellationToken.None);
        return engine;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }
}
