using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Calls a provider's methods, keeps a record of the calls, and says what their failures mean.</summary>
internal sealed class ProviderChannel(int port, RunLog log, CancellationToken abandoned) : IDisposable
{
    private readonly GrpcChannel _channel = LoopbackChannel.To($"127.0.0.1:{port}");

    /// <summary>The provider's methods, to be called through this channel.</summary>
    public Wire.ResourceProvider.ResourceProviderClient Provider => new(_channel);

    /// <summary>Calls a method that answers with a resource, ready or not.</summary>
    public async Task<ResourceAnswer> CallResourceAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method,
        TRequest request,
        Urn urn,
        bool preview,
        Func<TResponse, ResourceAnswer> read
    )
    {
        ResourceAnswer answer;
        try
        {
            answer = read(await CallAsync(method, request, urn, preview));
        }
        catch (ProviderFailure failure)
            when (failure.InnerException is RpcException exception
                && StatusDetails.FindInitFailure(exception) is { } partial
            )
        {
            answer = new ResourceAnswer(
                partial.Id,
                WireValues.Read(partial.Properties),
                partial.Inputs is null ? null : WireValues.Read(partial.Inputs),
                partial.RefreshBeforeUpdate,
                partial.Reasons
            );
        }

        return preview || !PropertyValues.HasUnknowns(answer.Outputs)
            ? answer
            : throw new ProviderFailure(
                $"{NameOf(method)} answered with unknown values outside a preview.",
                isUnknown: true,
                new InvalidDataException()
            );
    }

    /// <summary>Calls a method; a status other than OK is a <see cref="ProviderFailure"/>.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method,
        TRequest request,
        Urn? urn,
        bool preview = false
    )
    {
        log.Add(new ProviderCall(NameOf(method), urn, preview));
        return await GuardAsync(method(request, new CallOptions(cancellationToken: abandoned)).ResponseAsync);
    }

    /// <summary>Calls a method that a provider need not have; null when it has it not.</summary>
    public async Task<TResponse?> TryAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method,
        TRequest request,
        Urn? urn = null
    )
        where TResponse : class
    {
        try
        {
            return await CallAsync(method, request, urn);
        }
        catch (ProviderFailure failure)
            when (failure.InnerException is RpcException { StatusCode: StatusCode.Unimplemented })
        {
            return null;
        }
    }

    /// <summary>Lists resources.</summary>
    public async IAsyncEnumerable<Wire.ListResponse> ListAsync(Wire.ListRequest request)
    {
        log.Add(new ProviderCall("List", null, Preview: false));
        using var call = Provider.List(request, cancellationToken: abandoned);
        while (await GuardAsync(call.ResponseStream.MoveNext(abandoned)))
            yield return call.ResponseStream.Current;
    }

    /// <summary>Asks the provider to end its calls; false when it did not answer.</summary>
    public async Task<bool> CancelAsync(TimeSpan patience)
    {
        try
        {
            var call = Provider.CancelAsync(new Empty(), cancellationToken: abandoned);
            await call.ResponseAsync.WaitAsync(patience, abandoned);
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            return true;
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException)
        {
            abandoned.ThrowIfCancellationRequested();
            return false;
        }
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>The generated stubs name a method's asynchronous form after it.</summary>
    private static string NameOf(Delegate method) => method.Method.Name[..^"Async".Length];

    private async Task<T> GuardAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (RpcException exception)
        {
            abandoned.ThrowIfCancellationRequested();
            var isUnknown = exception.StatusCode is StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss;
            throw new ProviderFailure(exception.Status.Detail, isUnknown, exception);
        }
    }
}
