using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Plugin.Tests.Grpc;

/// <summary>A server with a few methods, and a client of it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly GrpcMethod<Struct, Struct> Echo = new("/test.Service/Echo");
    public static readonly GrpcMethod<Struct, Struct> Wait = new("/test.Service/Wait");
    public static readonly GrpcMethod<Struct, Struct> Fail = new("/test.Service/Fail");
    public static readonly GrpcMethod<Struct, StringValue> Count = new("/test.Service/Count");
    public static readonly GrpcMethod<Struct, Struct> Missing = new("/test.Service/Missing");
    public static readonly GrpcMethod<Struct, StringValue> Encoded = new("/test.Service/Encoded");

    private readonly GrpcServer _server;

    private TestServer(Func<Struct, Exception>? failure, MessageLimits? limits, TimeProvider time)
    {
        var routes = new GrpcRoutes()
            .Unary(Echo, (request, _) => Task.FromResult(request))
            .Unary(Wait, WaitAsync)
            .Unary(Fail, (request, _) => Task.FromException<Struct>(failure?.Invoke(request) ?? new InvalidOperationException("broken")))
            .Streaming(Count, CountAsync)
            .Encoded(Encoded, _ => [new byte[] { 0x0A, 2 }, "hi"u8.ToArray()]);
        _server = new GrpcServer(routes, time, limits);
    }

    public int Port => _server.Port;

    public GrpcClient Client { get; private set; } = null!;

    /// <summary>Completes when a call of <see cref="Wait"/> has begun.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call of <see cref="Wait"/> was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<TestServer> StartAsync(
        Func<Struct, Exception>? failure = null, MessageLimits? limits = null, TimeProvider? time = null)
    {
        var server = new TestServer(failure, limits, time ?? TimeProvider.System);
        await server._server.StartAsync(CancellationToken.None);
        server.Client = new GrpcClient($"127.0.0.1:{server.Port}");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    private async Task<Struct> WaitAsync(Struct request, CancellationToken cancellationToken)
    {
        Waiting.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return request;
        }
        finally
        {
            Cancelled.TrySetResult();
        }
    }

    private async IAsyncEnumerable<StringValue> CountAsync(
        Struct request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < (int)request.Fields["count"].NumberValue; i++)
        {
            yield return new StringValue { Value = $"{i}" };
        }

        if (request.Fields.TryGetValue("fail", out var fail))
        {
            throw new RpcException(StatusCode.Aborted, fail.StringValue);
        }

        if (request.Fields.ContainsKey("wait"))
        {
            await WaitAsync(request, cancellationToken);
        }
    }
}
