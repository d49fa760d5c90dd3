namespace QingCloudMySqlStandby.Driver;

/// <summary>A provider instance in a run: a configured process, and the calls that the engine makes to it.</summary>
internal sealed class Provider(Run run, string name, IPlugin plugin)
{
    private const string ProviderType = Resource.ProviderPrefix + Link.Schema.Names.Package;

    public string Name => name;
    public IPlugin Plugin => plugin;

    /// <summary>The configuration reaches CheckConfig without secret marks; the engine marks the answer
    /// itself.</summary>
    public async Task<CheckResult> CheckConfigAsync(PropertyMap olds, PropertyMap news)
    {
        var request = new CheckRequest("", ProviderType, Values.Strip(olds), Values.Strip(news));
        var check = await AskAsync("CheckConfig", "", request, (p, token) => p.CheckConfigAsync(request, token));
        return check with { Inputs = Values.MarkSecrets(check.Inputs, news) };
    }

    public Task<DiffResult> DiffConfigAsync(PropertyMap olds, PropertyMap news)
    {
        var (before, after) = (Values.Strip(olds), Values.Strip(news));
        var request = new DiffRequest("", "", ProviderType, before, before, after, []);
        return AskAsync("DiffConfig", "", request, (p, token) => p.DiffConfigAsync(request, token));
    }

    public Task ConfigureAsync(PropertyMap inputs)
    {
        var request = new ConfigureRequest(inputs);
        return AskAsync("Configure", "", request, (p, token) => Done(p.ConfigureAsync(request, token)));
    }

    public Task<CheckResult> CheckAsync(ResourceState resource, PropertyMap olds, PropertyMap news)
    {
        var request = new CheckRequest(resource.Urn, resource.Type, olds, news);
        return AskAsync("Check", resource.Urn, request, (p, token) => p.CheckAsync(request, token));
    }

    /// <summary>Compares; changes of ignored properties are left out of the answer, as the protocol's service
    /// does.</summary>
    public async Task<DiffResult> DiffAsync(ResourceState old, string urn, PropertyMap news)
    {
        var ignored = old.Options.IgnoreChanges;
        var request = new DiffRequest(old.Id, urn, old.Type, old.Outputs, old.Inputs, news, ignored);
        var diff = await AskAsync("Diff", urn, request, (p, token) => p.DiffAsync(request, token));
        var changes = diff.Changes.Where(change => !Values.Covers(ignored, change.Key));
        return diff with { Changes = changes.ToDictionary(StringComparer.Ordinal) };
    }

    public Task<ResourceState> CreateAsync(ResourceState resource)
    {
        var request = new CreateRequest(
            resource.Urn,
            resource.Type,
            resource.Inputs,
            resource.Options.Timeouts.Create,
            run.Preview
        );
        return ResourceAsync(
            resource,
            async () =>
            {
                var created = await AskAsync(
                    "Create",
                    resource.Urn,
                    request,
                    (p, token) => p.CreateAsync(request, token),
                    run.Preview
                );
                return Ready(resource with { Id = created.Id }, created.State);
            },
            // A resource that is not ready after its creation has its new inputs.
            partial => resource with { Id = partial.Id }
        );
    }

    public Task<ResourceState> UpdateAsync(ResourceState old, ResourceState resource)
    {
        var request = new UpdateRequest(
            old.Id,
            resource.Urn,
            resource.Type,
            old.Outputs,
            old.Inputs,
            resource.Inputs,
            resource.Options.Timeouts.Update,
            run.Preview
        );
        return ResourceAsync(
            resource,
            async () =>
            {
                var updated = await AskAsync(
                    "Update",
                    resource.Urn,
                    request,
                    (p, token) => p.UpdateAsync(request, token),
                    run.Preview
                );
                return Ready(resource with { Id = old.Id }, updated.State);
            },
            // One that is not ready after an update does not have its new inputs yet.
            partial => resource with { Id = partial.Id, Inputs = old.Inputs }
        );
    }

    /// <summary>Reads a resource by its id alone. Without inputs it cannot be imported.</summary>
    public async Task<ResourceState?> ImportAsync(ResourceState resource, string id)
    {
        var request = new ReadRequest(id, resource.Urn, resource.Type, PropertyMap.Empty, PropertyMap.Empty, null);
        var read = await AskAsync("Read", resource.Urn, request, (p, token) => p.ReadAsync(request, token));
        return read is null ? null
            : read.Inputs is { } inputs ? Ready(resource with { Id = read.Id, Inputs = inputs }, read.State)
            : throw new PluginException(
                PluginErrorCode.FailedPrecondition,
                "provider does not support importing resources"
            );
    }

    /// <summary>Reads a resource; of one that is not in the state, state and inputs are empty. What is only read keeps
    /// the program's inputs.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<ResourceState?> ReadAsync(
        ResourceState resource,
        string id,
        PropertyMap state,
        PropertyMap inputs
    )
    {
        var request = new ReadRequest(id, resource.Urn, resource.Type, state, inputs, null);
        try
        {
            var read = await AskAsync("Read", resource.Urn, request, (p, token) => p.ReadAsync(request, token));
            var now = resource.External ? inputs : read?.Inputs;
            return read is null
                ? null
                : Ready(resource with { Id = read.Id, Inputs = now ?? PropertyMap.Empty }, read.State);
        }
        catch (ResourceInitException partial)
        {
            return NotReady(resource with { Id = partial.Id, Inputs = partial.Inputs }, partial);
        }
    }

    public Task DeleteAsync(ResourceState old)
    {
        var request = new DeleteRequest(
            old.Id,
            old.Urn,
            old.Type,
            old.Outputs,
            old.Inputs,
            old.Options.Timeouts.Delete
        );
        return RetryAsync(
            old,
            () => AskAsync("Delete", old.Urn, request, (p, token) => Done(p.DeleteAsync(request, token)))
        );
    }

    public Task<InvokeResult> InvokeAsync(string token, PropertyMap arguments)
    {
        var request = new InvokeRequest(token, arguments);
        return AskAsync("Invoke", "", request, (p, cancelled) => p.InvokeAsync(request, cancelled));
    }

    public Task<IReadOnlyList<ListedResource>> ListAsync(string type, PropertyMap query, long limit)
    {
        var request = new ListRequest(type, query, limit, 0, "");
        return AskAsync<IReadOnlyList<ListedResource>>(
            "List",
            "",
            request,
            async (p, token) => await p.ListAsync(request, token).ToListAsync(token)
        );
    }

    private async Task<ResourceState> ResourceAsync(
        ResourceState resource,
        Func<Task<ResourceState>> call,
        Func<ResourceInitException, ResourceState> saved
    )
    {
        try
        {
            return await RetryAsync(resource, call);
        }
        catch (ResourceInitException partial)
        {
            return NotReady(saved(partial), partial);
        }
    }

    /// <summary>An error hook repeats the same request.</summary>
    private async Task<T> RetryAsync<T>(ResourceState resource, Func<Task<T>> call)
    {
        for (var retries = resource.Options.Retries; retries > 0; retries--)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (failure is PluginException or ResourceInitException && !run.IsInterrupted)
            {
                // The hook asks for another try; the last failure is the one that counts.
            }
        }

        return await call();
    }

    private static ResourceState Ready(ResourceState resource, PropertyMap outputs) =>
        resource with
        {
            Outputs = Values.MarkSecrets(outputs, resource.Inputs),
            InitErrors = [],
            RefreshBeforeUpdate = false,
        };

    private static ResourceState NotReady(ResourceState resource, ResourceInitException partial) =>
        resource with
        {
            Outputs = Values.MarkSecrets(partial.State, resource.Inputs),
            InitErrors = [.. partial.Reasons],
            RefreshBeforeUpdate = true,
        };

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private async Task<T> AskAsync<T>(
        string method,
        string urn,
        object request,
        Func<IProvider, CancellationToken, Task<T>> ask,
        bool preview = false
    )
    {
        var clock = run.Stack.Host.Clock;
        var call = run.Add(
            new ProviderCall(method, name, urn, request) { Preview = preview, Began = clock.GetUtcNow() }
        );
        try
        {
            ProviderCall.CurrentResource = Urns.NameOf(urn);
            plugin.Cancelled.ThrowIfCancellationRequested();
            var answering = ask(plugin.Provider, plugin.Cancelled);
            if (await Task.WhenAny(answering, plugin.Died).WaitAsync(run.Abandoned) == plugin.Died)
                throw new PluginException(PluginErrorCode.Unavailable, "The provider's process has died.");

            var answer = await answering;
            (call.Answer, call.Ended) = (answer, clock.GetUtcNow());
            return answer;
        }
        catch (OperationCanceledException cancellation) when (!run.Abandoned.IsCancellationRequested)
        {
            var error = new PluginException(PluginErrorCode.Cancelled, "The operation was cancelled.", cancellation);
            (call.Error, call.Ended) = (error, clock.GetUtcNow());
            throw error;
        }
        catch (Exception failure) when (!run.Abandoned.IsCancellationRequested)
        {
            (call.Error, call.Ended) = (failure, clock.GetUtcNow());
            throw;
        }
    }
}
