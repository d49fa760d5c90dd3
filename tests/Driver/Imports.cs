namespace QingCloudMySqlStandby.Driver;

/// <summary>Takes existing resources into the state.</summary>
internal sealed class Imports(Run run, Providers providers)
{
    /// <summary>Imports for the command: every provider of the stack is configured first, and the answer must pass
    /// Check.</summary>
    public async Task ImportAsync(ResourceState resource, string id)
    {
        foreach (var name in run.State.Providers.Keys)
            await providers.EnsureAsync(name);

        if (run.State.Find(resource.Urn) is { } old)
        {
            if (old.Id != id)
                throw run.Stop(resource.Urn, $"The stack has a resource '{resource.Name}' already.");

            return;
        }

        var provider = run.State.Providers.ContainsKey(resource.Provider)
            ? await providers.EnsureAsync(resource.Provider)
            : await providers.RegisterAsync(resource.Provider, run.Stack.Configuration);
        if (!await TakeAsync(provider, null, resource, id))
            return;

        var imported = run.State.Find(resource.Urn)!;
        var check = await provider.CheckAsync(imported, imported.Inputs, imported.Inputs);
        foreach (var failure in check.Failures)
            run.Warning(resource.Urn, $"The imported inputs do not pass Check: {failure.Property}: {failure.Reason}");
    }

    /// <summary>Reads a resource by its import id and puts it into the state.</summary>
    /// <returns>Whether it is there.</returns>
    public Task<bool> TakeAsync(Provider provider, ResourceState? replaced, ResourceState resource, string id) =>
        run.TakeAsync(
            StepKind.Import,
            null,
            resource,
            DiffResult.None,
            async () =>
                await provider.ImportAsync(resource, id)
                ?? throw new PluginException(
                    PluginErrorCode.FailedPrecondition,
                    $"There is no {resource.Type} '{id}' to import."
                ),
            (state, now) => run.Put(replaced is null ? state : state.With(replaced with { Delete = true }), null, now!)
        );
}
