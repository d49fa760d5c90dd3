using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>Serves the API over HTTP on the loopback interface.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly Uri _root;

    private SimulatorServer(WebApplication host, SimulatedApi api)
    {
        _host = host;
        Api = api;
        var features = host.Services.GetRequiredService<IServer>().Features;
        _root = new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    /// <summary>What it serves.</summary>
    public SimulatedApi Api { get; }

    /// <summary>What a client takes for its endpoint.</summary>
    public Uri Endpoint => new(_root, Api.Path);

    /// <summary>Where the control endpoints are.</summary>
    public Uri ControlEndpoint => new(_root, ControlRoutes.Root);

    /// <summary>Serves an API on a port; 0: any that is free.</summary>
    public static async Task<SimulatorServer> StartAsync(
        SimulatedApi api,
        int port = 0,
        CancellationToken cancellationToken = default
    )
    {
        // Empty: neither the environment nor a settings file of the current directory has a say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        var host = builder.Build();
        ControlRoutes.Map(host, api);
        host.MapFallback("{**path}", context => AnswerAsync(api, context));
        await host.StartAsync(cancellationToken);
        return new SimulatorServer(host, api);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task AnswerAsync(SimulatedApi api, HttpContext context)
    {
        var request = await ReadAsync(context);
        try
        {
            await ReplyWriter.WriteAsync(await api.AnswerAsync(request, context.RequestAborted), context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up; there is nobody left to answer.
        }
    }

    private static async Task<ApiRequest> ReadAsync(HttpContext context)
    {
        // The target as it was received: what ASP.NET Core decodes would hide a client's mistakes.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        return new ApiRequest(context.Request.Method, target, body, context.Request.ContentType);
    }

    /// <summary>The server ends with its owner. The usual lifetime would catch the owner's Ctrl-C.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
