using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace QingCloudMySqlStandby.Plugin.Loopback;

/// <summary>A gRPC server on the loopback interface, HTTP/2 without TLS. It is an ASP.NET application with nothing that
/// others set: the engine starts a plugin in the user's folder, whose settings files and environment are the user's
/// own.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>The largest message that is taken. The engine's own limit is 400 MB; a provider's messages are a few
    /// KB, and whoever else finds the port should not fill the memory.</summary>
    public const int MaxMessageBytes = 16 * 1024 * 1024;

    private readonly WebApplication _application;
    private ListenOptions? _listen;

    public LoopbackServer(TimeProvider time, params ReadOnlySpan<ServerServiceDefinition> services)
    {
        // The default content root is the working directory, which may be gone.
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, time));
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = MaxMessageBytes;
            options.MaxSendMessageSize = null;

            // Says what is wrong with a message that cannot be read; services word every other failure themselves.
            options.EnableDetailedErrors = true;
        });
        _application = builder.Build();
        foreach (var service in services)
            _application.MapGrpcService(service);
    }

    /// <summary>The port it listens on, once started.</summary>
    public int Port => _listen?.IPEndPoint?.Port ?? throw new InvalidOperationException("The server has not started.");

    public Task StartAsync(CancellationToken cancellationToken) => _application.StartAsync(cancellationToken);

    /// <summary>Takes no more calls, lets the running ones answer, and breaks them off when the token is
    /// cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private void Configure(KestrelServerOptions options, TimeProvider time)
    {
        options.AddServerHeader = false;
        options.Listen(
            IPAddress.Loopback,
            0,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(next => connection => ConnectionPreface.CheckAsync(connection, next, time));
                _listen = listen;
            }
        );

        // The engine leaves its connection idle for as long as a program or a wait takes. With no timeout at all
        // Kestrel closes idle HTTP/2 connections after a second.
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(30);

        // Messages have a limit of their own; a call takes hours, and its stream is silent meanwhile.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;

        // One engine makes one connection or a few, and runs hundreds of calls on it. The rest bounds who is not the
        // engine.
        options.Limits.MaxConcurrentConnections = 256;
        options.Limits.Http2.MaxStreamsPerConnection = 1024;
    }

    /// <summary>The plugin itself handles signals; ASP.NET's own would end it with a code that the engine
    /// reports.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
