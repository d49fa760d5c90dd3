namespace QingCloudMySqlStandby.Environments;

/// <summary>Writes down what the engine asks of a provider for resources, and what the provider answers.</summary>
internal sealed class RecordingProvider(
    IProvider provider,
    ProviderProcess process,
    TimeProvider clock,
    Action<Operation> record,
    Func<string, string?> knownId
) : IProvider
{
    public string Version => provider.Version;
    public ReadOnlyMemory<byte> Schema => provider.Schema;

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        provider.CheckConfigAsync(request, cancellationToken);

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        provider.DiffConfigAsync(request, cancellationToken);

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        provider.ConfigureAsync(request, cancellationToken);

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        provider.CheckAsync(request, cancellationToken);

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        provider.DiffAsync(request, cancellationToken);

    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var operation = new Operation(OperationKind.Create, request.Urn, IdOf(request.Inputs), clock.GetUtcNow())
        {
            IsPreview = request.Preview,
            NewInputs = request.Inputs,
            ReplacedId = knownId(request.Urn),
        };
        return ActAsync(operation, () => provider.CreateAsync(request, cancellationToken), created => created.State);
    }

    public Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var operation = new Operation(OperationKind.Read, request.Urn, request.Id, clock.GetUtcNow())
        {
            OldState = request.State.Count > 0 ? request.State : null,
        };
        return ActAsync(operation, () => provider.ReadAsync(request, cancellationToken), read => read?.State);
    }

    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var operation = new Operation(OperationKind.Update, request.Urn, request.Id, clock.GetUtcNow())
        {
            IsPreview = request.Preview,
            OldState = request.OldState,
            NewInputs = request.NewInputs,
        };
        return ActAsync(operation, () => provider.UpdateAsync(request, cancellationToken), updated => updated.State);
    }

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var operation = new Operation(OperationKind.Delete, request.Urn, request.Id, clock.GetUtcNow())
        {
            OldState = request.State,
        };
        return ActAsync(
            operation,
            async () =>
            {
                await provider.DeleteAsync(request, cancellationToken);
                return true;
            },
            _ => null
        );
    }

    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        provider.InvokeAsync(request, cancellationToken);

    public IAsyncEnumerable<ListedResource> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        provider.ListAsync(request, cancellationToken);

    private async Task<T> ActAsync<T>(Operation operation, Func<Task<T>> act, Func<T, PropertyMap?> stateOf)
    {
        record(operation);
        try
        {
            var answer = await act();
            operation.NewState = stateOf(answer);
            return answer;
        }
        catch (Exception error)
        {
            operation.Error = error;
            operation.NewState = (error as ResourceInitException)?.State;
            throw;
        }
        finally
        {
            operation.Ended = process.IsDead ? null : clock.GetUtcNow();
        }
    }

    private static string IdOf(PropertyMap inputs) => $"{TextOf(inputs, "zone")}/{TextOf(inputs, "clusterId")}";

    private static string TextOf(PropertyMap inputs, string name) =>
        inputs[name].Bare is PropertyValue.TextValue text ? text.Value : "";
}
