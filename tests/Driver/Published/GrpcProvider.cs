using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Service;
using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Driver.Published;

/// <summary>A provider in another process, called by the protocol's messages.</summary>
internal sealed class GrpcProvider(Wire.ResourceProvider.ResourceProviderClient client) : IProvider
{
    public string Version => client.GetPluginInfo(new Empty()).Version;

    public ReadOnlyMemory<byte> Schema =>
        System.Text.Encoding.UTF8.GetBytes(client.GetSchema(new Wire.GetSchemaRequest()).Schema);

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CheckAsync(client.CheckConfigAsync, request, cancellationToken);

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CheckAsync(client.CheckAsync, request, cancellationToken);

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        DiffAsync(client.DiffConfigAsync, request, cancellationToken);

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        DiffAsync(client.DiffAsync, request, cancellationToken);

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            client.ConfigureAsync,
            new Wire.ConfigureRequest
            {
                Args = StructWriter.Write(request.Args),
                AcceptSecrets = true,
                AcceptResources = true,
                SendsOldInputs = true,
                SendsOldInputsToDelete = true,
            },
            cancellationToken
        );

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            client.CreateAsync,
            new Wire.CreateRequest
            {
                Urn = request.Urn,
                Name = Urns.NameOf(request.Urn),
                Type = request.Type,
                Properties = StructWriter.Write(request.Inputs),
                Timeout = Seconds(request.Timeout),
                Preview = request.Preview,
            },
            cancellationToken
        );
        return new CreateResult(answer.Id, StructReader.Read(answer.Properties));
    }

    public async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            client.ReadAsync,
            new Wire.ReadRequest
            {
                Id = request.Id,
                Urn = request.Urn,
                Name = Urns.NameOf(request.Urn),
                Type = request.Type,
                Properties = StructWriter.Write(request.State),
                Inputs = StructWriter.Write(request.Inputs),
                Timeout = Seconds(request.Timeout),
            },
            cancellationToken
        );
        return answer.Id.Length == 0
            ? null
            : new ReadResult(answer.Id, StructReader.Read(answer.Properties), StructReader.Read(answer.Inputs));
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            client.UpdateAsync,
            new Wire.UpdateRequest
            {
                Id = request.Id,
                Urn = request.Urn,
                Name = Urns.NameOf(request.Urn),
                Type = request.Type,
                Olds = StructWriter.Write(request.OldState),
                OldInputs = StructWriter.Write(request.OldInputs),
                News = StructWriter.Write(request.NewInputs),
                Timeout = Seconds(request.Timeout),
                Preview = request.Preview,
            },
            cancellationToken
        );
        return new UpdateResult(StructReader.Read(answer.Properties));
    }

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            client.DeleteAsync,
            new Wire.DeleteRequest
            {
                Id = request.Id,
                Urn = request.Urn,
                Name = Urns.NameOf(request.Urn),
                Type = request.Type,
                Properties = StructWriter.Write(request.State),
                OldInputs = StructWriter.Write(request.OldInputs),
                Timeout = Seconds(request.Timeout),
            },
            cancellationToken
        );

    public async Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        var wire = new Wire.InvokeRequest { Tok = request.Token, Args = StructWriter.Write(request.Args) };
        var answer = await CallAsync(client.InvokeAsync, wire, cancellationToken);
        return new InvokeResult(StructReader.Read(answer.Return), Read(answer.Failures));
    }

    public async IAsyncEnumerable<ListedResource> ListAsync(
        ListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var wire = new Wire.ListRequest
        {
            Token = request.Token,
            Query = StructWriter.Write(request.Query),
            Limit = request.Limit,
            PageSize = request.PageSize,
            ContinuationToken = request.ContinuationToken,
        };
        using var call = client.List(wire, cancellationToken: cancellationToken);
        while (await TranslateAsync(call.ResponseStream.MoveNext(cancellationToken)))
        {
            var found = call.ResponseStream.Current;
            yield return found.Continuation is { } next
                ? new ListedResource("", "", next.ContinuationToken)
                : new ListedResource(found.Result.Id, found.Result.Name);
        }
    }

    private static async Task<CheckResult> CheckAsync(
        Func<Wire.CheckRequest, CallOptions, AsyncUnaryCall<Wire.CheckResponse>> method,
        CheckRequest request,
        CancellationToken cancellationToken
    )
    {
        var wire = new Wire.CheckRequest
        {
            Urn = request.Urn,
            Name = Urns.NameOf(request.Urn),
            Type = request.Type,
            Olds = StructWriter.Write(request.Olds),
            News = StructWriter.Write(request.News),
            RandomSeed = ByteString.CopyFrom(new byte[32]),
        };
        var answer = await CallAsync(method, wire, cancellationToken);
        return new CheckResult(StructReader.Read(answer.Inputs), Read(answer.Failures));
    }

    private static async Task<DiffResult> DiffAsync(
        Func<Wire.DiffRequest, CallOptions, AsyncUnaryCall<Wire.DiffResponse>> method,
        DiffRequest request,
        CancellationToken cancellationToken
    )
    {
        var wire = new Wire.DiffRequest
        {
            Id = request.Id,
            Urn = request.Urn,
            Name = Urns.NameOf(request.Urn),
            Type = request.Type,
            Olds = StructWriter.Write(request.OldState),
            OldInputs = StructWriter.Write(request.OldInputs),
            News = StructWriter.Write(request.NewInputs),
            IgnoreChanges = { request.IgnoreChanges },
        };
        var answer = await CallAsync(method, wire, cancellationToken);
        var changes = answer.DetailedDiff.ToDictionary(
            change => change.Key,
            change => Read(change.Value),
            StringComparer.Ordinal
        );
        return new DiffResult(changes, answer.DeleteBeforeReplace);
    }

    private static PropertyChange Read(Wire.PropertyDiff change)
    {
        var (kind, replaces) = change.Kind switch
        {
            Wire.PropertyDiff.Types.Kind.Add => (ChangeKind.Add, false),
            Wire.PropertyDiff.Types.Kind.AddReplace => (ChangeKind.Add, true),
            Wire.PropertyDiff.Types.Kind.Delete => (ChangeKind.Delete, false),
            Wire.PropertyDiff.Types.Kind.DeleteReplace => (ChangeKind.Delete, true),
            Wire.PropertyDiff.Types.Kind.UpdateReplace => (ChangeKind.Update, true),
            _ => (ChangeKind.Update, false),
        };
        return new PropertyChange(kind, replaces, change.InputDiff);
    }

    private static CheckFailure[] Read(IEnumerable<Wire.CheckFailure> failures) =>
        [.. failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))];

    private static double Seconds(TimeSpan? limit) => limit?.TotalSeconds ?? 0;

    private static Task<TAnswer> CallAsync<TRequest, TAnswer>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TAnswer>> method,
        TRequest request,
        CancellationToken cancellationToken
    ) => TranslateAsync(method(request, new CallOptions(cancellationToken: cancellationToken)).ResponseAsync);

    /// <summary>Failures, as the provider in the other process threw them.</summary>
    private static async Task<T> TranslateAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (RpcException failure) when (PartialIn(failure) is { } partial)
        {
            throw new ResourceInitException(
                partial.Id,
                StructReader.Read(partial.Properties),
                StructReader.Read(partial.Inputs),
                [.. partial.Reasons]
            );
        }
        catch (RpcException failure)
        {
            throw new PluginException((PluginErrorCode)failure.StatusCode, failure.Status.Detail, failure);
        }
    }

    private static Wire.ErrorResourceInitFailed? PartialIn(RpcException failure) =>
        failure.Trailers.GetValueBytes(Failure.DetailsTrailer) is { } bytes
            ? Wire
                .Status.Parser.ParseFrom(bytes)
                .Details.FirstOrDefault(detail => detail.Is(Wire.ErrorResourceInitFailed.Descriptor))
                ?.Unpack<Wire.ErrorResourceInitFailed>()
            : null;
}
