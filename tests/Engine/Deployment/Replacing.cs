using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Replaces resources by deleting the old one first, with what has to be deleted before it.</summary>
internal sealed class Replacing(Run run, ProviderRegistry providers, Decisions decisions, Steps steps)
{
    /// <summary>Stops what may not be replaced; a preview goes on, to show the rest.</summary>
    public void Refuse(ResourceGoal goal, Entry news, Entry old)
    {
        if (news.State.Protect && old.State.Protect)
        {
            run.Report(
                news.Urn,
                $"'{news.Urn.Name}' is protected and cannot be replaced: take its protect option away " + "first."
            );
            StopUnlessPreview();
        }

        if (goal.Import is { Length: > 0 })
        {
            const string Message =
                "An imported resource cannot be replaced while the program says what to import: "
                + "take the import option away.";
            if (run.DryRun)
            {
                run.Log.Warning(news.Urn, Message);
                return;
            }

            throw run.Stop(news.Urn, Message);
        }
    }

    public async Task<IReadOnlyList<PlannedStep>> DeleteFirstAsync(Entry news, Entry old, DiffAnswer diff)
    {
        var chain = new List<PlannedStep>();
        foreach (var dependent in (await DependentsAsync(old)).Concat(WithIt(news.Urn)).Reverse())
        {
            if (decisions.Condemned.Add(dependent))
                chain.Add(Condemn(dependent, news.Urn));
        }

        await providers.EnsureAsync(old.State.Provider);
        if (!old.State.PendingReplacement)
        {
            decisions.Deletes.Add(old.Urn);
            chain.Add(steps.Delete(old, isReplaced: true, isForReplacement: true));
        }

        return [.. chain, steps.Create(news, old, diff)];
    }

    /// <summary>The resources of the old state that depend on one, and that its replacement would replace too. Those
    /// that the program has come to already cannot depend on it any more.</summary>
    public async Task<IReadOnlyList<Entry>> DependentsAsync(Entry root)
    {
        var graph = new DependencyGraph(run.Checkpoint.Base);
        var (found, replaced) = (new List<Entry>(), new HashSet<string>(StringComparer.Ordinal) { root.Urn.Value });
        if (!graph.Contains(root))
            return [];

        foreach (var candidate in graph.DependingOn(root, decisions.HasStep))
        {
            if (await WouldBeReplacedAsync(candidate.State, replaced))
            {
                replaced.Add(candidate.Urn.Value);
                found.Add(candidate);
            }
        }

        return found;
    }

    /// <summary>The resources that say themselves that they are replaced with one. What is to be deleted with it is not
    /// replaced for that, not even where it is deleted first.</summary>
    public IEnumerable<Entry> WithIt(Urn urn) =>
        decisions
            .News.Values.Concat(
                run.Checkpoint.Base.Where(entry => !entry.State.Delete && !decisions.News.ContainsKey(entry.Urn))
            )
            .Where(entry => entry.State.ReplaceWith.Contains(urn.Value));

    private PlannedStep Condemn(Entry dependent, Urn root)
    {
        if (dependent.State.Protect && !dependent.State.Delete)
        {
            throw run.Stop(
                root,
                $"'{root.Name}' cannot be replaced: '{dependent.Urn.Name}' would be replaced with it, "
                    + "and is protected."
            );
        }

        decisions.Deletes.Add(dependent.Urn);
        return dependent.State.Delete
            ? steps.Delete(dependent, isReplaced: false)
            : steps.Delete(dependent, isReplaced: true, isForReplacement: true);
    }

    private async Task<bool> WouldBeReplacedAsync(ResourceState candidate, HashSet<string> replaced)
    {
        if (!candidate.Custom)
            return false;

        if (candidate.ProviderReference is { } provider && replaced.Contains(provider.Urn.Value))
        {
            await providers.EnsureAsync(candidate.Provider);
            return true;
        }

        var changing = candidate
            .PropertyDependencies.Where(entry =>
                candidate.Inputs.ContainsKey(entry.Key) && entry.Value.Overlaps(replaced)
            )
            .Select(entry => entry.Key)
            .ToArray();
        return changing.Length > 0 && await ReplacesAsync(candidate, changing);
    }

    private async Task<bool> ReplacesAsync(ResourceState candidate, string[] changing)
    {
        var inputs = changing.Aggregate(candidate.Inputs, (map, key) => map.With(key, PropertyValue.Unknown));
        if (candidate.IsProvider)
            await providers.SameAsync(candidate);
        else
            await providers.EnsureAsync(candidate.Provider);

        var diff = await Comparison.AskAsync(
            providers.ManagerOf(candidate),
            candidate.Urn,
            candidate,
            inputs,
            candidate.IgnoreChanges
        );
        return Comparison.WithReplaceOnChanges(diff, candidate.ReplaceOnChanges, isUnready: false).Replaces;
    }

    private void StopUnlessPreview()
    {
        if (!run.DryRun)
            throw run.Stop();
    }
}
