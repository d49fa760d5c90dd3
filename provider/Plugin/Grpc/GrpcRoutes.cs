using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>Answers a call: reads its request, writes its messages; an exception becomes its status.</summary>
internal delegate Task GrpcHandler(GrpcCall call);

/// <summary>The methods that a server offers.</summary>
internal sealed class GrpcRoutes
{
    private readonly Dictionary<string, GrpcHandler> _handlers = new(StringComparer.Ordinal);

    /// <summary>Adds a method that answers with one message.</summary>
    public GrpcRoutes Unary<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, Task<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method.Path, async call => call.Write(
            await answer(await call.ReadRequestAsync<TRequest>(), call.CancellationToken)));

    /// <summary>Adds a method that answers with one message, which is encoded already.</summary>
    public GrpcRoutes Encoded<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, ReadOnlyMemory<byte>[]> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method.Path, async call => call.WriteEncoded(answer(await call.ReadRequestAsync<TRequest>())));

    /// <summary>Adds a method that answers with a stream of messages.</summary>
    public GrpcRoutes Streaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        Func<TRequest, CancellationToken, IAsyncEnumerable<TResponse>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Add(method.Path, async call =>
        {
            var request = await call.ReadRequestAsync<TRequest>();
            await foreach (var message in answer(request, call.CancellationToken).WithCancellation(call.CancellationToken))
            {
                call.Write(message);
                await call.FlushAsync();
            }
        });

    public bool TryFind(string path, [MaybeNullWhen(false)] out GrpcHandler handler) =>
        _handlers.TryGetValue(path, out handler);

    private GrpcRoutes Add(string path, GrpcHandler handler)
    {
        _handlers.Add(path, handler);
        return this;
    }
}
