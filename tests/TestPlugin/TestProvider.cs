using System.Runtime.CompilerServices;

namespace QingCloudMySqlStandby.TestPlugin;

/// <summary>The package <c>test</c> with the resource <c>test:index:Thing</c>: <c>size</c> changes in place,
/// <c>name</c> replaces (the new one first), <c>place</c> replaces (the old one first), <c>token</c> is secret. Its
/// outputs are its inputs and <c>state</c>. Another <c>region</c> of the provider replaces all.</summary>
internal sealed class TestProvider(TestCloud cloud, IEngineLog log) : IProvider
{
    public string Version => "1.2.3";
    public ReadOnlyMemory<byte> Schema => "{}"u8.ToArray();

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new CheckResult(request.News, []));

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Changes(request.OldInputs, request.NewInputs, key => key == "region"));

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        cloud.Configurations.Enqueue(request);
        return Task.CompletedTask;
    }

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        cloud.Requests.Enqueue(request);
        CheckFailure[] failures = request.News.ContainsKey("wrong") ? [new("wrong", "it is wrong; leave it out")] : [];
        var inputs = request.News.ContainsKey("size") ? request.News : request.News.With("size", PropertyValue.Of(1));
        return Task.FromResult(new CheckResult(inputs, failures));
    }

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        cloud.Requests.Enqueue(request);
        var diff = Changes(request.OldInputs, request.NewInputs, key => key is "name" or "place");
        var isReady = request.OldState["state"] is PropertyValue.TextValue { Value: "ready" };
        var changes = new Dictionary<string, PropertyChange>(diff.Changes);
        if (!isReady)
            changes["state"] = new PropertyChange(ChangeKind.Update, IsInputDiff: false);

        return Task.FromResult(diff with { Changes = changes });
    }

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        cloud.Requests.Enqueue(request);
        if (request.Preview)
            return new CreateResult("", request.Inputs);

        log.Status(request.Urn, "creating");
        if (cloud.OnCreate is { } script)
            return await script(request, cancellationToken);

        var id = cloud.NewId();
        cloud.Deeds.Enqueue($"create {id}");
        var state = cloud.Things[id] = request.Inputs.With("state", PropertyValue.Of("ready"));
        return new CreateResult(id, state);
    }

    public async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        cloud.Requests.Enqueue(request);
        if (cloud.OnRead is { } script)
            return await script(request);

        return cloud.Things.TryGetValue(request.Id, out var state)
            ? new ReadResult(request.Id, state, state.Without("state"))
            : null;
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        cloud.Requests.Enqueue(request);
        if (cloud.OnUpdate is { } script)
            return await script(request);

        var state = request.NewInputs.With("state", PropertyValue.Of("ready"));
        if (!request.Preview)
        {
            cloud.Deeds.Enqueue($"update {request.Id}");
            cloud.Things[request.Id] = state;
        }

        return new UpdateResult(state);
    }

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        cloud.Requests.Enqueue(request);
        if (cloud.OnDelete is { } script)
            await script(request);

        cloud.Deeds.Enqueue($"delete {request.Id}");
        cloud.Things.TryRemove(request.Id, out _);
    }

    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new InvokeResult(PropertyMap.Empty.With("answer", request.Args["question"]), []));

    public async IAsyncEnumerable<ListedResource> ListAsync(
        ListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        foreach (var id in cloud.Things.Keys)
            yield return new ListedResource(id, id);
    }

    private static DiffResult Changes(PropertyMap olds, PropertyMap news, Func<string, bool> replaces)
    {
        ChangeKind KindOf(string key) =>
            !olds.ContainsKey(key) ? ChangeKind.Add
            : !news.ContainsKey(key) ? ChangeKind.Delete
            : ChangeKind.Update;
        var changes = olds
            .Keys.Union(news.Keys, StringComparer.Ordinal)
            .Where(key => !olds[key].Bare.Equals(news[key].Bare))
            .ToDictionary(key => key, key => new PropertyChange(KindOf(key), replaces(key)), StringComparer.Ordinal);
        return new DiffResult(changes, DeleteBeforeReplace: changes.ContainsKey("place"));
    }
}
