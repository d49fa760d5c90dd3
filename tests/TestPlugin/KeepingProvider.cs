namespace QingCloudMySqlStandby.TestPlugin;

/// <summary>The package <c>test</c> over things that outlive its process. It logs every call, and does wrong what it is
/// asked to: the faults are <c>CALL NAME=fail</c>, <c>=partly</c> (the thing is there, but not ready), <c>=wait</c>
/// (until it is cancelled, then as <c>partly</c>), <c>=hang</c> (before anything happened) and <c>=hang
/// after</c>.</summary>
internal sealed class KeepingProvider(TestProvider inner, ThingStore things) : IProvider
{
    private string _self = "";

    public string Version => inner.Version;

    /// <summary>What a YAML program is checked against.</summary>
    public ReadOnlyMemory<byte> Schema =>
        """
        {
          "name": "test",
          "version": "1.2.3",
          "provider": { "inputProperties": { "region": { "type": "string" }, "size": { "type": "number" } } },
          "resources": {
            "test:index:Thing": {
              "inputProperties": {
                "size": { "type": "number" },
                "name": { "type": "string" },
                "place": { "type": "string" },
                "token": { "type": "string", "secret": true },
                "wrong": { "type": "boolean" },
                "from": { "type": "string" }
              },
              "properties": {
                "size": { "type": "number" },
                "name": { "type": "string" },
                "place": { "type": "string" },
                "token": { "type": "string", "secret": true },
                "from": { "type": "string" },
                "state": { "type": "string" }
              }
            }
          }
        }
        """u8.ToArray();

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        inner.CheckConfigAsync(request, cancellationToken);

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        Log(
            "DiffConfig",
            request.Urn,
            $"{ThingStore.Text(Own(request.OldInputs))} {ThingStore.Text(Own(request.NewInputs))}"
        );
        return inner.DiffConfigAsync(request, cancellationToken);
    }

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        _self = request.Args["region"].Bare is PropertyValue.TextValue region ? $"@{region.Value}" : "";
        return inner.ConfigureAsync(request, cancellationToken);
    }

    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        await BeginAsync(
            "Check",
            request.Urn,
            $"{ThingStore.Text(request.Olds)} {ThingStore.Text(request.News)}",
            cancellationToken
        );
        return await inner.CheckAsync(request, cancellationToken);
    }

    public async Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        var compared =
            $"{request.Id} {ThingStore.Text(request.OldState)} {ThingStore.Text(request.OldInputs)} "
            + $"{ThingStore.Text(request.NewInputs)}";
        await BeginAsync(
            "Diff",
            request.Urn,
            $"{compared} {string.Join(',', request.IgnoreChanges)}",
            cancellationToken
        );
        return await inner.DiffAsync(request, cancellationToken);
    }

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var end = await BeginAsync(
            request.Preview ? "Create?" : "Create",
            request.Urn,
            $"{ThingStore.Text(request.Inputs)} {request.Timeout}",
            cancellationToken
        );
        if (request.Preview)
            return new CreateResult("", request.Inputs);

        var id = things.NewId(NameIn(request.Urn));
        things.Put(id, request.Inputs);
        await end(id, request.Inputs);
        return new CreateResult(id, Ready(request.Inputs));
    }

    public async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var end = await BeginAsync(
            "Read",
            request.Urn,
            $"{request.Id} {ThingStore.Text(request.State)} {ThingStore.Text(request.Inputs)}",
            cancellationToken
        );
        if (things.Find(request.Id) is not { } thing)
            return null;

        await end(request.Id, thing);
        return new ReadResult(request.Id, Ready(thing), thing);
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var change =
            $"{request.Id} {ThingStore.Text(request.OldState)} {ThingStore.Text(request.OldInputs)} "
            + $"{ThingStore.Text(request.NewInputs)}";
        var end = await BeginAsync(
            request.Preview ? "Update?" : "Update",
            request.Urn,
            $"{change} {request.Timeout}",
            cancellationToken
        );
        if (!request.Preview)
        {
            things.Put(request.Id, request.NewInputs);
            await end(request.Id, request.NewInputs);
        }

        return new UpdateResult(Ready(request.NewInputs));
    }

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var end = await BeginAsync(
            "Delete",
            request.Urn,
            $"{request.Id} {ThingStore.Text(request.State)} {request.Timeout}",
            cancellationToken
        );
        things.Remove(request.Id);
        await end(request.Id, request.State);
    }

    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        inner.InvokeAsync(request, cancellationToken);

    public IAsyncEnumerable<ListedResource> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        inner.ListAsync(request, cancellationToken);

    private static PropertyMap Ready(PropertyMap inputs) => inputs.With("state", PropertyValue.Of("ready"));

    private static PropertyMap Own(PropertyMap configuration) => configuration.Without("version").Without("__internal");

    private static string NameIn(string urn) => urn.Split("::")[^1];

    private void Log(string call, string urn, string details) =>
        things.Log($"{call} {NameIn(urn)}{_self} " + $"{details}".TrimEnd());

    /// <summary>Logs a call, and does wrong what goes wrong before it has an effect; the answer does what goes wrong
    /// after.</summary>
    private async Task<Func<string, PropertyMap, Task>> BeginAsync(
        string call,
        string urn,
        string details,
        CancellationToken cancellationToken
    )
    {
        Log(call, urn, details);
        var fault = things.FaultOf($"{call} {NameIn(urn)}");
        if (fault == "fail")
            throw new PluginException(PluginErrorCode.FailedPrecondition, $"{call} was made to fail.");

        await ReachAsync(fault == "hang", call, urn, CancellationToken.None);
        return async (id, inputs) =>
        {
            await ReachAsync(fault == "hang after", call, urn, CancellationToken.None);
            await ReachAsync(fault == "wait", call, urn, cancellationToken);
            if (fault is "partly" or "wait")
                throw new ResourceInitException(id, inputs, inputs, ["it is not ready"]);
        };
    }

    /// <summary>Says that the awaited moment has come, and waits: for the engine's end, or for its Cancel.</summary>
    private async Task ReachAsync(bool isReached, string call, string urn, CancellationToken cancellationToken)
    {
        if (!isReached)
            return;

        things.Log($"reached {call} {NameIn(urn)}");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
