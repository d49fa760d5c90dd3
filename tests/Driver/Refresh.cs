namespace QingCloudMySqlStandby.Driver;

/// <summary>Reads resources and brings the state up to date with them.</summary>
internal sealed class Refresh(Run run, Providers providers)
{
    /// <summary>Reads resources of the state, all at once; the failure of one does not keep the others back.</summary>
    public async Task ReadAllAsync(Func<ResourceState, bool> isChosen)
    {
        var chosen = run.State.Resources.FindAll(state => run.IsTarget(state.Urn) && isChosen(state));
        foreach (var name in chosen.Select(state => state.Provider).Distinct(StringComparer.Ordinal))
            await providers.EnsureAsync(name);

        await Task.WhenAll(chosen.Where(state => !state.PendingReplacement).Select(ReadAsync));
        run.Change(WithoutDangling);
        if (run.HasFailed)
            throw run.Stop();

        run.ThrowIfStopping();
    }

    /// <summary>Reads one resource; a failure is reported, and the run goes on until all are read.</summary>
    public async Task ReadAsync(ResourceState old)
    {
        var provider = await providers.EnsureAsync(old.Provider);
        await run.WorkAsync(() => ReadAsync(provider, old));
    }

    private async Task<bool> ReadAsync(Provider provider, ResourceState old)
    {
        try
        {
            var read = await provider.ReadAsync(old, old.Id, old.Outputs, old.Inputs);
            if (read is null)
            {
                run.Record(StepKind.Refresh, old, null, state => state.Without(old));
                return true;
            }

            var diff = old.External ? DiffResult.None : Inverted(await provider.DiffAsync(read, read.Urn, old.Inputs));
            if (!read.InitErrors.IsEmpty)
                run.Warning(old.Urn, string.Join('\n', read.InitErrors));

            run.Record(StepKind.Refresh, old, read, diff, state => state.With(read));
            return true;
        }
        catch (Exception failure) when (failure is not RunStoppedException && !run.Abandoned.IsCancellationRequested)
        {
            run.Fail(StepKind.Refresh, old, failure.Message);
            return false;
        }
    }

    /// <summary>What the next run would change, seen from the other side: the resource as it is stands for the old
    /// one, the inputs of the last run for the new ones.</summary>
    private static DiffResult Inverted(DiffResult diff) =>
        new(
            diff.Changes.ToDictionary(
                change => change.Key,
                change =>
                    change.Value with
                    {
                        Kind = change.Value.Kind switch
                        {
                            ChangeKind.Add => ChangeKind.Delete,
                            ChangeKind.Delete => ChangeKind.Add,
                            var kind => kind,
                        },
                    },
                StringComparer.Ordinal
            )
        );

    /// <summary>What is gone leaves the dependencies of the others too.</summary>
    private static StackState WithoutDangling(StackState state)
    {
        var urns = state.Resources.Select(resource => resource.Urn).ToHashSet(StringComparer.Ordinal);
        return state with
        {
            Resources = state.Resources.ConvertAll(resource =>
                resource with
                {
                    Dependencies = resource.Dependencies.Intersect(urns),
                }
            ),
        };
    }
}
