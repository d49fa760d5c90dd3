using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Calls a provider's methods, keeps a record of the calls, and tells what their failures mean.</summary>
internal sealed class ProviderChannel(GrpcClient grpc, RunLog log, CancellationToken abandoned)
{
    /// <summary>Calls a method that answers with a resource, ready or not.</summary>
    public async Task<ResourceAnswer> CallResourceAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, Urn urn, bool preview, Func<TResponse, ResourceAnswer> read)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        ResourceAnswer answer;
        try
        {
            answer = read(await CallAsync(method, request, urn, preview));
        }
        catch (ProviderFailure failure) when (failure.InnerException is RpcException { Status: var status }
            && StatusDetails.FindInitFailure(status) is { } partial)
        {
            answer = new ResourceAnswer(
                partial.Id,
                WireValues.Read(partial.Properties),
                partial.Inputs is null ? null : WireValues.Read(partial.Inputs),
                partial.RefreshBeforeUpdate,
                partial.Reasons);
        }

        return preview || !PropertyValues.HasUnknowns(answer.Outputs)
            ? answer
            : throw new ProviderFailure(
                $"{method.Path} answered with unknown values outside a preview.", isUnknown: true, new InvalidDataException());
    }

    /// <summary>Calls a method; a status other than OK is a <see cref="ProviderFailure"/>.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, Urn? urn, bool preview = false)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        Record(method.Path, urn, preview);
        return await GuardAsync(() => grpc.CallAsync(method, request, abandoned));
    }

    /// <summary>Calls a method that a provider need not have; null when it has it not.</summary>
    public async Task<TResponse?> TryAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, Urn? urn = null)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            return await CallAsync(method, request, urn);
        }
        catch (ProviderFailure failure) when (failure.InnerException is RpcException { Status.Code: StatusCode.Unimplemented })
        {
            return null;
        }
    }

    /// <summary>Calls a method that answers with a stream.</summary>
    public async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        Record(method.Path, urn: null, preview: false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(abandoned, cancellationToken);
        await using var answers = grpc.StreamAsync(method, request, either.Token).GetAsyncEnumerator(either.Token);
        while (await GuardAsync(() => answers.MoveNextAsync().AsTask()))
        {
            yield return answers.Current;
        }
    }

    /// <summary>Asks the provider to end its operations; false when it did not answer.</summary>
    public async Task<bool> CancelAsync(TimeSpan patience)
    {
        try
        {
            await grpc.CallAsync(ProviderMethods.Cancel, new Empty(), abandoned, patience).WaitAsync(patience, abandoned);
            return true;
        }
        catch (RpcException exception) when (exception.Status.Code == StatusCode.Unimplemented)
        {
            return true;
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException)
        {
            return false;
        }
    }

    private void Record(string path, Urn? urn, bool preview) =>
        log.Add(new ProviderCall(path[(path.LastIndexOf('/') + 1)..], urn, preview));

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException exception)
        {
            var isUnknown = exception.Status.Code is StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss;
            throw new ProviderFailure(exception.Message, isUnknown, exception);
        }
    }
}
