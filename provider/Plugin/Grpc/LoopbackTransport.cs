using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>
/// Kestrel's own sockets, whose one listener tells its port. Kestrel only tells it in an address's text, and what it takes to write
/// and read that text delays the start.
/// </summary>
internal sealed class LoopbackTransport : IConnectionListenerFactory
{
    // One engine makes one connection or a few: there is nothing to spread over queues, and no buffer to save while they idle.
    private static readonly SocketTransportOptions Settings = new() { IOQueueCount = 0, WaitForDataBeforeAllocatingBuffer = false };

    private readonly SocketTransportFactory _sockets = new(Options.Create(Settings), NullLoggerFactory.Instance);

    /// <summary>The port that is listened on, once it is.</summary>
    public int Port { get; private set; }

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await _sockets.BindAsync(endpoint, cancellationToken);
        Port = ((IPEndPoint)listener.EndPoint).Port;
        return new Listener(listener);
    }

    private sealed class Listener(IConnectionListener sockets) : IConnectionListener
    {
        public EndPoint EndPoint => Unwritten.Instance;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            sockets.AcceptAsync(cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => sockets.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => sockets.DisposeAsync();
    }

    private sealed class Unwritten : EndPoint
    {
        public static Unwritten Instance { get; } = new();

        public override string ToString() => "loopback";
    }
}
