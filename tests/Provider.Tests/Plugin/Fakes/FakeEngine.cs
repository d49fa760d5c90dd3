using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Fakes;

/// <summary>The engine's side of the log.</summary>
internal sealed class FakeEngine : Wire.Engine.EngineBase, IAsyncDisposable
{
    private readonly Func<Wire.LogRequest, CancellationToken, Task> _receive;
    private readonly LoopbackServer _server;

    private FakeEngine(Func<Wire.LogRequest, CancellationToken, Task> receive)
    {
        _receive = receive;
        _server = new LoopbackServer(TimeProvider.System, Wire.Engine.BindService(this));
    }

    public ConcurrentQueue<Wire.LogRequest> Logged { get; } = [];
    public IEnumerable<string> Messages => Logged.Select(request => request.Message);
    public string Address => $"127.0.0.1:{_server.Port}";

    public static async Task<FakeEngine> StartAsync(Func<Wire.LogRequest, CancellationToken, Task>? receive = null)
    {
        var engine = new FakeEngine(receive ?? ((_, _) => Task.CompletedTask));
        await engine._server.StartAsync(CancellationToken.None);
        return engine;
    }

    public override async Task<Empty> Log(Wire.LogRequest request, ServerCallContext context)
    {
        await _receive(request, context.CancellationToken);
        Logged.Enqueue(request);
        return new Empty();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }
}
