using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.InProcess;

/// <summary>Calls a provider in the engine's own process as its plugin's service would, with the same answers and
/// failures.</summary>
internal sealed class InProcessCalls(
    IInProcessPlugin plugin,
    RunLog log,
    CancellationToken cancelled,
    CancellationToken abandoned
) : IProviderCalls
{
    public async Task<CheckAnswer> CheckConfigAsync(Urn urn, PropertyMap olds, PropertyMap news)
    {
        // CheckConfig gets no secret wrappers from the real engine, which marks the answer itself.
        var request = new CheckRequest(urn.Value, urn.Type, PropertyValues.Strip(olds), PropertyValues.Strip(news));
        var check = await CallAsync("CheckConfig", urn, provider => provider.CheckConfigAsync(request, cancelled));
        return new CheckAnswer(PropertyValues.MarkSecrets(check.Inputs, news), check.Failures);
    }

    public Task<DiffAnswer> DiffConfigAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news
    ) =>
        DiffAsync(
            "DiffConfig",
            urn,
            DiffOf(urn, id, oldInputs, oldOutputs, news, []),
            (provider, diff) => provider.DiffConfigAsync(diff, cancelled)
        );

    public Task ConfigureAsync(Urn urn, PropertyMap inputs) =>
        CallAsync(
            "Configure",
            urn,
            async provider =>
            {
                await provider.ConfigureAsync(new ConfigureRequest(inputs), cancelled);
                return true;
            }
        );

    public async Task<CheckAnswer> CheckAsync(Urn urn, PropertyMap olds, PropertyMap news)
    {
        var request = new CheckRequest(urn.Value, urn.Type, olds, news);
        var check = await CallAsync("Check", urn, provider => provider.CheckAsync(request, cancelled));
        return new CheckAnswer(check.Inputs, check.Failures);
    }

    public Task<DiffAnswer> DiffAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges
    ) =>
        DiffAsync(
            "Diff",
            urn,
            DiffOf(urn, id, oldInputs, oldOutputs, news, ignoreChanges),
            (provider, diff) => provider.DiffAsync(diff, cancelled)
        );

    public Task<ResourceAnswer> CreateAsync(Urn urn, PropertyMap inputs, double timeout, bool preview)
    {
        var request = new CreateRequest(urn.Value, urn.Type, inputs, LimitOf(timeout), preview);
        return ResourceAsync(
            "Create",
            urn,
            preview,
            async provider =>
            {
                var created = await provider.CreateAsync(request, cancelled);
                return new ResourceAnswer(created.Id, created.State, null, false, null);
            }
        );
    }

    public Task<ResourceAnswer> ReadAsync(Urn urn, string id, PropertyMap? inputs, PropertyMap? outputs, double timeout)
    {
        var request = new ReadRequest(
            id,
            urn.Value,
            urn.Type,
            outputs ?? PropertyMap.Empty,
            inputs ?? PropertyMap.Empty,
            LimitOf(timeout)
        );
        return ResourceAsync(
            "Read",
            urn,
            preview: false,
            async provider =>
                await provider.ReadAsync(request, cancelled) is { } read
                    ? new ResourceAnswer(read.Id, read.State, read.Inputs, false, null)
                    : new ResourceAnswer("", PropertyMap.Empty, null, false, null)
        );
    }

    public Task<ResourceAnswer> UpdateAsync(
        Urn urn,
        ResourceState old,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges,
        double timeout,
        bool preview
    )
    {
        var request = new UpdateRequest(
            old.Id,
            urn.Value,
            urn.Type,
            old.Outputs,
            old.Inputs,
            news,
            LimitOf(timeout),
            preview
        );
        return ResourceAsync(
            "Update",
            urn,
            preview,
            async provider => new ResourceAnswer(
                old.Id,
                (await provider.UpdateAsync(request, cancelled)).State,
                null,
                false,
                null
            )
        );
    }

    public Task DeleteAsync(ResourceState resource)
    {
        var request = new DeleteRequest(
            resource.Id,
            resource.Urn.Value,
            resource.Urn.Type,
            resource.Outputs,
            resource.Inputs,
            LimitOf(resource.Timeouts.Delete)
        );
        return CallAsync(
            "Delete",
            resource.Urn,
            async provider =>
            {
                await provider.DeleteAsync(request, cancelled);
                return true;
            }
        );
    }

    public Task<(PropertyMap Return, IReadOnlyList<CheckFailure> Failures)> InvokeAsync(
        string token,
        PropertyMap arguments,
        bool preview
    ) =>
        CallAsync(
            "Invoke",
            null,
            async provider =>
            {
                var result = await provider.InvokeAsync(new InvokeRequest(token, arguments), cancelled);
                return (result.Return, result.Failures);
            }
        );

    public Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string token, PropertyMap query, long limit) =>
        CallAsync<IReadOnlyList<KeyValuePair<string, string>>>(
            "List",
            null,
            async provider =>
            {
                var found = new List<KeyValuePair<string, string>>();
                await foreach (
                    var resource in provider.ListAsync(new ListRequest(token, query, limit, 0, ""), cancelled)
                )
                    found.Add(KeyValuePair.Create(resource.Id, resource.Name));

                return found;
            }
        );

    private static TimeSpan? LimitOf(double seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;

    private static DiffRequest DiffOf(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges
    ) => new(id, urn.Value, urn.Type, oldOutputs, oldInputs, news, ignoreChanges);

    private async Task<DiffAnswer> DiffAsync(
        string method,
        Urn urn,
        DiffRequest request,
        Func<IProvider, DiffRequest, Task<DiffResult>> compare
    )
    {
        var diff = await CallAsync(method, urn, provider => compare(provider, request));
        var ignored = request.IgnoreChanges.Select(PropertyPath.Parse).ToList();
        var changes = diff
            .Changes.Where(change => !ignored.Exists(path => path.Covers(PropertyPath.Parse(change.Key))))
            .ToList();
        var replaces = changes.Exists(change => change.Value.Replace);
        return new DiffAnswer(
            changes.Count > 0 ? DiffVerdict.Some : DiffVerdict.None,
            changes.ToDictionary(change => change.Key, change => KindOf(change.Value), StringComparer.Ordinal),
            replaces,
            replaces && diff.DeleteBeforeReplace
        );
    }

    private static PropertyChangeKind KindOf(PropertyChange change) =>
        change.Kind switch
        {
            ChangeKind.Add => change.Replace ? PropertyChangeKind.AddReplace : PropertyChangeKind.Add,
            ChangeKind.Delete => change.Replace ? PropertyChangeKind.DeleteReplace : PropertyChangeKind.Delete,
            _ => change.Replace ? PropertyChangeKind.UpdateReplace : PropertyChangeKind.Update,
        };

    private async Task<ResourceAnswer> ResourceAsync(
        string method,
        Urn urn,
        bool preview,
        Func<IProvider, Task<ResourceAnswer>> call
    )
    {
        try
        {
            return await CallAsync(method, urn, call, preview);
        }
        catch (ProviderFailure failure) when (failure.InnerException is ResourceInitException partial)
        {
            return new ResourceAnswer(
                partial.Id,
                partial.State,
                partial.Inputs,
                RefreshBeforeUpdate: true,
                partial.Reasons
            );
        }
    }

    private async Task<T> CallAsync<T>(string method, Urn? urn, Func<IProvider, Task<T>> call, bool preview = false)
    {
        log.Add(new ProviderCall(method, urn, preview));
        try
        {
            cancelled.ThrowIfCancellationRequested();
            var answer = call(plugin.Provider);
            if (await Task.WhenAny(answer, plugin.Killed).WaitAsync(abandoned) == plugin.Killed)
                throw new PluginException(PluginErrorCode.Unavailable, "The plugin was killed.");

            return await answer;
        }
        catch (OperationCanceledException cancellation)
            when (cancelled.IsCancellationRequested && !abandoned.IsCancellationRequested)
        {
            throw new ProviderFailure("The operation was cancelled.", isUnknown: false, cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var isUnknown = failure is not PluginException { Code: not PluginErrorCode.Unknown };
            throw new ProviderFailure(failure.Message, isUnknown, failure);
        }
    }
}
