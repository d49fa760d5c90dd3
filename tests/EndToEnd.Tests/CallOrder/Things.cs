using Google.Protobuf;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.EndToEnd.Tests.CallOrder;

/// <summary>A provider of things in memory that records each call with its content. <c>size</c> changes in place,
/// <c>name</c> replaces (the new one first), <c>place</c> replaces (the old one first). Calls can be made to
/// fail.</summary>
internal sealed class Things : IProvider
{
    public const string Package = "things";
    public const string Type = "things:index:Thing";

    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <summary>What exists, by id.</summary>
    public Dictionary<string, PropertyMap> Existing { get; } = new(StringComparer.Ordinal);

    /// <summary>Called when a call with the fault <c>disturb</c> has begun: it waits until it is cancelled.</summary>
    public Action Disturb { get; set; } = () => { };

    public string Version => "1.2.3";

    public ReadOnlyMemory<byte> Schema =>
        """
        {
          "name": "things", "version": "1.2.3",
          "provider": { "inputProperties": { "region": { "type": "string" } } },
          "resources": { "things:index:Thing": {
            "inputProperties": { "size": { "type": "number" }, "name": { "type": "string" },
              "place": { "type": "string" }, "token": { "type": "string", "secret": true }, "from": { "type": "string" } },
            "properties": { "size": { "type": "number" }, "name": { "type": "string" }, "place": { "type": "string" },
              "token": { "type": "string", "secret": true }, "from": { "type": "string" },
              "state": { "type": "string" } } } },
          "functions": { "things:index:find": {
            "inputs": { "properties": { "name": { "type": "string" } } },
            "outputs": { "properties": { "found": { "type": "string" } } } } }
        }
        """u8.ToArray();

    /// <summary>The next call of this method for this resource fails: <c>fail</c>, <c>partly</c> (it exists, but is not
    /// ready), or <c>disturb</c>.</summary>
    public void Fault(string method, string resource, string fault) => _faults[$"{method} {resource}"] = fault;

    /// <summary>The calls since this was last asked, in their order.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        lock (_lock)
        {
            string[] calls = [.. _calls];
            _calls.Clear();
            return calls;
        }
    }

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        Add("CheckConfig", "", false, ("olds", Own(request.Olds)), ("news", Own(request.News)));
        return Task.FromResult(new CheckResult(request.News, []));
    }

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        Add("DiffConfig", "", false, ("olds", Own(request.OldInputs)), ("news", Own(request.NewInputs)));
        return Task.FromResult(Changes(Own(request.OldInputs), Own(request.NewInputs), []));
    }

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        Add("Configure", "", false, ("args", Own(request.Args)));
        return Task.CompletedTask;
    }

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        Add("Check", request.Urn, false, ("olds", request.Olds), ("news", request.News));
        return Task.FromResult(
            request.News["size"].Bare is PropertyValue.NumberValue { Value: < 0 }
                ? new CheckResult(request.News, [new CheckFailure("size", "it is negative")])
                : new CheckResult(request.News, [])
        );
    }

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        Add(
            $"Diff {request.Id} ignoring {string.Join(',', request.IgnoreChanges)}",
            request.Urn,
            false,
            ("state", request.OldState),
            ("olds", request.OldInputs),
            ("news", request.NewInputs)
        );
        var diff = Changes(request.OldInputs, request.NewInputs, ["name", "place"]);
        var changes = new Dictionary<string, PropertyChange>(diff.Changes);
        if (request.OldState["state"] is not PropertyValue.TextValue { Value: "ready" })
            changes["state"] = new PropertyChange(ChangeKind.Update, IsInputDiff: false);

        return Task.FromResult(diff with { Changes = changes });
    }

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var method = $"Create in {request.Timeout?.TotalSeconds ?? 0} s";
        Add(method, request.Urn, request.Preview, ("inputs", request.Inputs));
        if (request.Preview)
            return new CreateResult("", request.Inputs.With("state", PropertyValue.Unknown));

        var name = Urns.NameOf(request.Urn);
        var id = $"{name}-{_made[name] = _made.GetValueOrDefault(name) + 1}";
        var state = await MakeAsync("Create", request.Urn, id, request.Inputs, cancellationToken);
        return new CreateResult(id, state);
    }

    public async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        Add($"Read {request.Id}", request.Urn, false, ("state", request.State), ("inputs", request.Inputs));
        await FaultAsync("Read", request.Urn, cancellationToken);
        return Existing.TryGetValue(request.Id, out var state)
            ? new ReadResult(request.Id, state, state.Without("state"))
            : null;
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        Add(
            $"Update {request.Id} in {request.Timeout?.TotalSeconds ?? 0} s",
            request.Urn,
            request.Preview,
            ("state", request.OldState),
            ("olds", request.OldInputs),
            ("news", request.NewInputs)
        );
        return new UpdateResult(
            request.Preview
                ? request.NewInputs.With("state", "ready")
                : await MakeAsync("Update", request.Urn, request.Id, request.NewInputs, cancellationToken)
        );
    }

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var method = $"Delete {request.Id} in {request.Timeout?.TotalSeconds ?? 0} s";
        Add(method, request.Urn, false, ("state", request.State), ("inputs", request.OldInputs));
        await FaultAsync("Delete", request.Urn, cancellationToken);
        Existing.Remove(request.Id);
    }

    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        Add($"Invoke {request.Token}", "", false, ("args", request.Args));
        return Task.FromResult(new InvokeResult(PropertyMap.Empty.With("found", request.Args["name"]), []));
    }

    public IAsyncEnumerable<ListedResource> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<ListedResource>();

    /// <summary>The engine adds keys of its own to a provider's configuration.</summary>
    private static PropertyMap Own(PropertyMap configuration) => configuration.Without("version").Without("__internal");

    private static DiffResult Changes(PropertyMap olds, PropertyMap news, string[] replacing)
    {
        var changes = olds
            .Keys.Union(news.Keys, StringComparer.Ordinal)
            .Where(key => !olds[key].Bare.Equals(news[key].Bare))
            .ToDictionary(
                key => key,
                key => PropertyChange.Between(olds[key], news[key], replacing.Contains(key)),
                StringComparer.Ordinal
            );
        return new DiffResult(changes, DeleteBeforeReplace: changes.ContainsKey("place"));
    }

    private async Task<PropertyMap> MakeAsync(
        string method,
        string urn,
        string id,
        PropertyMap inputs,
        CancellationToken cancellationToken
    )
    {
        var fault = await FaultAsync(method, urn, cancellationToken);
        var state = inputs.With("state", fault is null ? "ready" : "unready");
        Existing[id] = state.With("state", "ready");
        return fault is null ? state : throw new ResourceInitException(id, state, inputs, ["it is not ready"]);
    }

    private async Task<string?> FaultAsync(string method, string urn, CancellationToken cancellationToken)
    {
        if (!_faults.Remove($"{method} {Urns.NameOf(urn)}", out var fault))
            return null;
        if (fault == "fail")
            throw new PluginException(PluginErrorCode.FailedPrecondition, "it was made to fail");
        if (fault == "disturb")
        {
            Disturb();
            await Task.Delay(Timeout.Infinite, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return fault;
    }

    private void Add(
        string method,
        string urn,
        bool preview,
        params IEnumerable<(string Name, PropertyMap Map)> content
    )
    {
        var parts = content.Select(part => $"{part.Name}={JsonFormatter.Default.Format(StructWriter.Write(part.Map))}");
        lock (_lock)
        {
            _calls.Add($"{Urns.NameOf(urn)}: {method}{(preview ? " (preview)" : "")} {string.Join(' ', parts)}");
        }
    }
}
