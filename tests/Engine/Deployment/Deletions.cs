using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Deletes in the end what the program no longer has, and what was replaced in this run or the last one: each
/// after all that depend on it.</summary>
internal sealed class Deletions(
    Run run,
    ProviderRegistry providers,
    Decisions decisions,
    Steps steps,
    StepQueue queue,
    Replacing replacing
)
{
    private readonly Targets _targets = new(run.Options.Targets);

    public async Task DeleteAsync()
    {
        run.ThrowIfStopping();

        // Where there was nothing before, Pulumi deletes nothing, not even what a destroy's own program has just made.
        if (run.Checkpoint.Base.Count == 0)
            return;

        var graph = new DependencyGraph([.. decisions.ToDelete, .. run.Checkpoint.Base]);
        var included = await IncludedAsync(graph);
        var condemned = new List<PlannedStep>();
        foreach (var entry in run.Checkpoint.Base)
        {
            if (!included(entry))
                await KeepAsync(entry);
            else if (Condemn(entry) is { } step)
                condemned.Add(step);

            if (included(entry) && decisions.Deletes.Contains(entry.Urn))
                await providers.EnsureAsync(entry.State.Provider);
        }

        foreach (var entry in decisions.ToDelete.Where(included))
        {
            decisions.Deletes.Add(entry.Urn);
            condemned.Add(steps.Delete(entry, isReplaced: false));
        }

        RefuseOthersThanTargets(condemned);
        await TakeAsync(condemned, graph);
    }

    private PlannedStep? Condemn(Entry entry)
    {
        if (entry.State.Delete)
        {
            if (decisions.Condemned.Contains(entry))
                return null;

            decisions.Deletes.Add(entry.Urn);
            return steps.Delete(entry, isReplaced: true);
        }

        if (decisions.IsOperatedOn(entry.Urn))
            return null;

        decisions.Deletes.Add(entry.Urn);
        return entry.State.PendingReplacement ? steps.Forget(entry) : steps.Delete(entry, isReplaced: false);
    }

    /// <summary>What is no target and what the program has not registered stays as it is.</summary>
    private async Task KeepAsync(Entry entry)
    {
        if (!decisions.IsOperatedOn(entry.Urn) && !entry.State.Delete)
            await queue.TakeAllAsync([steps.Same(entry, new Entry(entry.State), isUntargeted: true)]);
    }

    private async Task TakeAsync(List<PlannedStep> condemned, DependencyGraph graph)
    {
        var (seen, kept) = (new HashSet<PlannedStep>(), new HashSet<Entry>());
        foreach (var wave in Waves(condemned, graph))
        {
            // What a resource depends on that could not be created, changed or deleted is not deleted either.
            foreach (var failed in queue.Failed.Where(seen.Add))
            {
                foreach (var entry in new[] { failed.Subject, failed.Old }.OfType<Entry>().Where(graph.Contains))
                    kept.UnionWith(graph.AllDependenciesOf(entry));
            }

            run.ThrowIfStopping();
            await queue.TakeAllAsync(wave.Where(step => !kept.Contains(step.Subject)));
        }
    }

    /// <summary>Sets of deletions that do not need each other, in their order.</summary>
    private static List<List<PlannedStep>> Waves(List<PlannedStep> condemned, DependencyGraph graph)
    {
        var left = condemned.ToDictionary(step => step.Subject);
        var waves = new List<List<PlannedStep>>();
        while (left.Count > 0)
        {
            var wave = left.Values.Where(step => !graph.DependenciesOf(step.Subject).Any(left.ContainsKey)).ToList();
            wave.ForEach(step => left.Remove(step.Subject));
            waves.Insert(0, wave);
        }

        return waves;
    }

    /// <summary>With targets: these and what depends on them, and what the deletion of these would
    /// replace.</summary>
    private async Task<Func<Entry, bool>> IncludedAsync(DependencyGraph graph)
    {
        if (!_targets.IsConstrained)
            return _ => true;

        var allowed = new HashSet<Urn>();
        foreach (var target in run.Checkpoint.Base.Where(entry => _targets.Contains(entry.Urn)))
        {
            var dependents = graph.DependingOn(target, includeChildren: true).Prepend(target);
            foreach (var entry in dependents.Where(entry => allowed.Add(entry.Urn)).ToList())
            {
                allowed.UnionWith(
                    (await replacing.DependentsAsync(entry))
                        .Concat(replacing.WithIt(entry.Urn))
                        .Select(other => other.Urn)
                );
            }
        }

        return entry => allowed.Contains(entry.Urn);
    }

    private void RefuseOthersThanTargets(List<PlannedStep> condemned)
    {
        var others = condemned
            .Where(step => !_targets.Contains(step.Subject.Urn) && !run.Options.TargetDependents)
            .ToList();
        foreach (var step in others)
            run.Report(step.Subject.Urn, $"'{step.Subject.Urn.Name}' would be deleted too, and is no target.");

        if (others.Count > 0 && !run.DryRun)
            throw run.Stop();
    }
}
