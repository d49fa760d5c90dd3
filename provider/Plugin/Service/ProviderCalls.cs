using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Turns each call of the protocol into a call of the provider, and its result into the protocol's answer.</summary>
internal sealed class ProviderCalls(Lazy<IProvider> provider, Operations operations)
{
    public Task<Wire.CheckResponse> CheckConfigAsync(Wire.CheckRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token => AnswerOf(await provider.Value.CheckConfigAsync(CheckOf(request), token)), call);

    public Task<Wire.CheckResponse> CheckAsync(Wire.CheckRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token => AnswerOf(await provider.Value.CheckAsync(CheckOf(request), token)), call);

    public Task<Wire.DiffResponse> DiffConfigAsync(Wire.DiffRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token => DiffAnswer.Of(
                await provider.Value.DiffConfigAsync(DiffOf(request), token), request.IgnoreChanges),
            call);

    public Task<Wire.DiffResponse> DiffAsync(Wire.DiffRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token => DiffAnswer.Of(await provider.Value.DiffAsync(DiffOf(request), token), request.IgnoreChanges),
            call);

    public Task<Wire.ConfigureResponse> ConfigureAsync(Wire.ConfigureRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token =>
            {
                await provider.Value.ConfigureAsync(
                    new ConfigureRequest(ConfigurationOf(request), request.HasUrn ? request.Urn : null), token);
                return new Wire.ConfigureResponse
                {
                    AcceptSecrets = true,
                    AcceptResources = true,
                    AcceptOutputs = true,
                    SupportsPreview = true,
                };
            },
            call);

    public Task<Wire.CreateResponse> CreateAsync(Wire.CreateRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token =>
            {
                var created = await provider.Value.CreateAsync(
                    new CreateRequest(
                        request.Urn,
                        ResourceType.Of(request.Type, request.Urn),
                        StructReader.Read(request.Properties),
                        OperationTimeout.Of(request.Timeout),
                        request.Preview),
                    token);
                return new Wire.CreateResponse { Id = created.Id, Properties = StructWriter.Write(created.State) };
            },
            call);

    public Task<Wire.ReadResponse> ReadAsync(Wire.ReadRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token =>
            {
                var read = await provider.Value.ReadAsync(
                    new ReadRequest(
                        request.Id,
                        request.Urn,
                        ResourceType.Of(request.Type, request.Urn),
                        StructReader.Read(request.Properties),
                        StructReader.Read(request.Inputs),
                        OperationTimeout.Of(request.Timeout)),
                    token);

                // An answer without an id says that the resource is gone.
                return read is null ? new Wire.ReadResponse() : new Wire.ReadResponse
                {
                    Id = read.Id,
                    Properties = StructWriter.Write(read.State),
                    Inputs = StructWriter.Write(read.Inputs),
                };
            },
            call);

    public Task<Wire.UpdateResponse> UpdateAsync(Wire.UpdateRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token =>
            {
                var updated = await provider.Value.UpdateAsync(
                    new UpdateRequest(
                        request.Id,
                        request.Urn,
                        ResourceType.Of(request.Type, request.Urn),
                        StructReader.Read(request.Olds),
                        StructReader.Read(request.OldInputs),
                        StructReader.Read(request.News),
                        OperationTimeout.Of(request.Timeout),
                        request.Preview),
                    token);
                return new Wire.UpdateResponse { Properties = StructWriter.Write(updated.State) };
            },
            call);

    public Task<Empty> DeleteAsync(Wire.DeleteRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token =>
            {
                await provider.Value.DeleteAsync(
                    new DeleteRequest(
                        request.Id,
                        request.Urn,
                        ResourceType.Of(request.Type, request.Urn),
                        StructReader.Read(request.Properties),
                        StructReader.Read(request.OldInputs),
                        OperationTimeout.Of(request.Timeout)),
                    token);
                return new Empty();
            },
            call);

    public Task<Wire.InvokeResponse> InvokeAsync(Wire.InvokeRequest request, CancellationToken call) =>
        operations.RunAsync(
            async token =>
            {
                var result = await provider.Value.InvokeAsync(
                    new InvokeRequest(request.Tok, StructReader.Read(request.Args)), token);
                return new Wire.InvokeResponse
                {
                    Return = StructWriter.Write(result.Return),
                    Failures = { result.Failures.Select(AnswerOf) },
                };
            },
            call);

    public async IAsyncEnumerable<Wire.ListResponse> ListAsync(
        Wire.ListRequest request, [EnumeratorCancellation] CancellationToken call)
    {
        var query = Failure.Guard(() => StructReader.Read(request.Query));
        if (query.Values.Any(value => value.HasUnknowns))
        {
            yield return new Wire.ListResponse { Computed = new Wire.ListResponse.Types.Computed() };
            yield break;
        }

        // The stream is one operation: its token outlives each step.
        using var operation = operations.Begin(call);
        await using var found = await operation.RunAsync(token => Task.FromResult(
            provider.Value.ListAsync(
                new ListRequest(request.Token, query, request.Limit, request.PageSize, request.ContinuationToken), token)
            .GetAsyncEnumerator(token)));
        while (await operation.RunAsync(_ => found.MoveNextAsync().AsTask()))
        {
            yield return AnswerOf(found.Current);
        }
    }

    private static CheckRequest CheckOf(Wire.CheckRequest request) => new(
        request.Urn,
        ResourceType.Of(request.Type, request.Urn),
        StructReader.Read(request.Olds),
        StructReader.Read(request.News));

    private static DiffRequest DiffOf(Wire.DiffRequest request) => new(
        request.Id,
        request.Urn,
        ResourceType.Of(request.Type, request.Urn),
        StructReader.Read(request.Olds),
        StructReader.Read(request.OldInputs),
        StructReader.Read(request.News),
        [.. request.IgnoreChanges]);

    /// <summary>Old engines send the configuration as <c>package:name</c> with texts only.</summary>
    private static PropertyMap ConfigurationOf(Wire.ConfigureRequest request) => request.Args is not null
        ? StructReader.Read(request.Args)
        : PropertyMap.From(request.Variables.Select(
            variable => KeyValuePair.Create(variable.Key.Split(':')[^1], PropertyValue.Of(variable.Value))));

    private static Wire.CheckResponse AnswerOf(CheckResult result) => new()
    {
        Inputs = StructWriter.Write(result.Inputs),
        Failures = { result.Failures.Select(AnswerOf) },
    };

    private static Wire.CheckFailure AnswerOf(CheckFailure failure) =>
        new() { Property = failure.Property, Reason = failure.Reason };

    private static Wire.ListResponse AnswerOf(ListedResource resource) => resource.ContinuationToken is { } token
        ? new Wire.ListResponse { Continuation = new Wire.ListResponse.Types.Continuation { ContinuationToken = token } }
        : new Wire.ListResponse { Result = new Wire.ListResponse.Types.Result { Id = resource.Id, Name = resource.Name } };
}
