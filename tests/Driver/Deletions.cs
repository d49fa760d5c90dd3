namespace QingCloudMySqlStandby.Driver;

/// <summary>Deletes what the program no longer has, and what was replaced: each after all that depend on it.</summary>
internal sealed class Deletions(Run run, Providers providers, IReadOnlySet<string> registered)
{
    private readonly Dictionary<ResourceState, Task<bool>> _deleting = new(ReferenceEqualityComparer.Instance);

    public async Task DeleteAsync()
    {
        run.ThrowIfStopping();
        var (left, kept) = (run.State.Resources, NeededByFailed());
        var condemned = left.FindAll(IsCondemned);
        RefuseOthersThanTargets(condemned);
        foreach (var name in condemned.Select(old => old.Provider).Distinct(StringComparer.Ordinal))
            await providers.EnsureAsync(name);

        for (var index = condemned.Count - 1; index >= 0; index--)
        {
            var (old, later) = (condemned[index], condemned.Skip(index + 1));
            var dependents = later
                .Where(other => other.Dependencies.Contains(old.Urn))
                .Select(other => _deleting[other]);
            _deleting[old] = DeleteAfterAsync(old, dependents.ToList(), kept.Contains(old.Urn));
        }

        await Task.WhenAll(_deleting.Values);
    }

    /// <summary>Deletes a resource that is created anew afterwards.</summary>
    public Task<bool> DeleteForReplacementAsync(ResourceState old) =>
        TakeAsync(StepKind.DeleteReplaced, old, state => state.With(old with { PendingReplacement = true }));

    private bool IsCondemned(ResourceState state) =>
        run.IsTarget(state.Urn) && (state.Delete || !registered.Contains(state.Urn));

    private async Task<bool> DeleteAfterAsync(ResourceState old, List<Task<bool>> dependents, bool isKept)
    {
        var deleted = await Task.WhenAll(dependents);
        return !isKept && !deleted.Contains(false) && await DeleteAsync(old);
    }

    private async Task<bool> DeleteAsync(ResourceState old)
    {
        run.ThrowIfStopping();
        if (old is { Delete: false, Options.Protect: true })
        {
            // All that is protected is reported in one run.
            run.Report(old.Urn, $"'{old.Name}' is protected and cannot be deleted.");
            return false;
        }

        return await TakeAsync(
            old.Delete ? StepKind.DeleteReplaced : StepKind.Delete,
            old,
            state => state.Without(old)
        );
    }

    private async Task<bool> TakeAsync(StepKind kind, ResourceState old, Func<StackState, StackState> edit)
    {
        // What was deleted for a replacement that nobody wants any more is only forgotten.
        var calls = old is { External: false, PendingReplacement: false, Options.RetainOnDelete: false };
        if (run.Preview || !calls)
        {
            run.Record(kind, old, null, edit);
            return true;
        }

        var provider = await providers.EnsureAsync(old.Provider);
        return await run.TakeAsync(
            kind,
            old,
            old,
            DiffResult.None,
            async () =>
            {
                await provider.DeleteAsync(old);
                return null;
            },
            (state, _) => edit(state)
        );
    }

    /// <summary>What those need that could not be created or changed stays.</summary>
    private HashSet<string> NeededByFailed()
    {
        var needed = new HashSet<string>(run.Failed, StringComparer.Ordinal);
        for (var before = 0; before != needed.Count; )
        {
            before = needed.Count;
            foreach (var state in run.State.Resources.Where(state => needed.Contains(state.Urn)))
                needed.UnionWith(state.Dependencies);
        }

        needed.ExceptWith(run.Failed);
        return needed;
    }

    private void RefuseOthersThanTargets(IEnumerable<ResourceState> condemned)
    {
        var urns = condemned.Where(state => !state.Delete).Select(state => state.Urn).ToHashSet(StringComparer.Ordinal);
        var others = run.State.Resources.FindAll(state =>
            !run.IsTarget(state.Urn) && state.Dependencies.Overlaps(urns)
        );
        foreach (var other in others)
            run.Report(other.Urn, $"'{other.Name}' depends on a target that would be deleted, and is no target.");

        if (!others.IsEmpty)
            throw run.Stop();
    }
}
