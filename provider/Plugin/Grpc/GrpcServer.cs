using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>A gRPC server on the loopback interface: Kestrel without a host around it, HTTP/2 without TLS.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly GrpcApplication _application;
    private readonly LoopbackTransport _transport = new();

    public GrpcServer(GrpcRoutes routes, TimeProvider time, MessageLimits? limits = null)
    {
        _application = new GrpcApplication(routes, limits ?? MessageLimits.Default, time);
        _kestrel = new KestrelServer(
            Options.Create(Configure(new KestrelServerOptions(), time)),
            _transport,
            NullLoggerFactory.Instance);
    }

    /// <summary>The port it listens on, once started.</summary>
    public int Port => _transport.Port;

    public Task StartAsync(CancellationToken cancellationToken) =>
        _kestrel.StartAsync(_application, cancellationToken);

    /// <summary>Takes no more calls, lets the running ones answer, and breaks them off when the token is cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _kestrel.StopAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _kestrel.Dispose();
        return ValueTask.CompletedTask;
    }

    private static KestrelServerOptions Configure(KestrelServerOptions options, TimeProvider time)
    {
        options.AddServerHeader = false;
        options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection => ConnectionPreface.CheckAsync(connection, next, time));
        });
        var limits = options.Limits;

        // The engine leaves its connection idle for as long as a program or a wait takes. With no timeout at all Kestrel
        // closes idle HTTP/2 connections after a second.
        limits.KeepAliveTimeout = TimeSpan.FromDays(30);

        // Messages have a limit of their own; an operation takes hours, and its stream is silent meanwhile.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        // One engine makes one connection or a few, and runs hundreds of calls on it. The rest bounds who is not the engine.
        limits.MaxConcurrentConnections = 256;
        limits.Http2.MaxStreamsPerConnection = 1024;
        return options;
    }
}
