using Grpc.Net.Client;

namespace QingCloudMySqlStandby.Plugin.Loopback;

/// <summary>A gRPC channel to a server on this machine, HTTP/2 without TLS. It connects at the first call.</summary>
internal static class LoopbackChannel
{
    /// <summary>Makes a channel to <c>host:port</c>.</summary>
    public static GrpcChannel To(string address) =>
        GrpcChannel.ForAddress(
            $"http://{address}",
            new GrpcChannelOptions
            {
                // The machine's proxy settings are for the world outside.
                HttpHandler = new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = true },
                DisposeHttpClient = true,
            }
        );
}
