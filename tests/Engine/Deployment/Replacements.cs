using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Finds out what has to be replaced, and what has to go with it.</summary>
internal sealed class Replacements(Run run, ProviderPool providers)
{
    /// <summary>Resources that a replacement deletes before the program has come to them.</summary>
    private readonly HashSet<Urn> _condemned = [];

    /// <summary>Whether a resource was deleted for a replacement and now comes up again, to be created anew.</summary>
    public bool TryReclaim(Urn urn) => _condemned.Remove(urn);

    public async Task<DiffAnswer> DiffAsync(ResourceGoal goal, ResourceState news, ResourceState old)
    {
        if (await HasLostProviderAsync(news, old))
        {
            return DiffAnswer.Replacing("provider");
        }

        var provider = await providers.GetAsync(news.ProviderReference!.Value);
        if (!provider.IsConfigured)
        {
            run.Log.Warning(news.Urn, "The provider's configuration is not known in this preview, so what will change is not either.");
            return DiffAnswer.None with { Verdict = DiffVerdict.Some };
        }

        return WithReplaceOnChanges(goal, await DiffAsync(provider, old, news.Inputs, goal.IgnoreChanges));
    }

    /// <summary>
    /// The resources that have to be deleted before this one is, because they depend on it and its replacement would replace
    /// them too; the last of the chain first.
    /// </summary>
    public async Task<IReadOnlyList<ResourceState>> CondemnDependentsAsync(ResourceState root, Func<Urn, bool> isRegistered)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal) { root.Urn.Value };
        var condemned = new List<ResourceState>();
        foreach (var candidate in run.Checkpoint.State.Resources.Where(candidate =>
            candidate is { Custom: true, Delete: false, PendingReplacement: false } && candidate.Provider is not null
            && !isRegistered(candidate.Urn)))
        {
            if (await WouldBeReplacedAsync(candidate, replaced))
            {
                RefuseProtected(candidate, root);
                replaced.Add(candidate.Urn.Value);
                condemned.Insert(0, candidate);
                _condemned.Add(candidate.Urn);
            }
        }

        return condemned;
    }

    private async Task<bool> WouldBeReplacedAsync(ResourceState candidate, HashSet<string> replaced)
    {
        var changing = candidate.PropertyDependencies.Where(entry => entry.Value.Overlaps(replaced)).Select(entry => entry.Key).ToArray();
        if (changing.Length == 0)
        {
            return false;
        }

        var inputs = changing.Aggregate(candidate.Inputs, (map, key) => map.With(key, PropertyValue.Unknown));
        var provider = await providers.GetAsync(candidate.ProviderReference!.Value);
        return (await DiffAsync(provider, candidate, inputs, candidate.IgnoreChanges)).Replaces;
    }

    private void RefuseProtected(ResourceState candidate, ResourceState root)
    {
        if (candidate.Protect)
        {
            throw run.Fail(
                root.Urn, $"'{root.Urn.Name}' cannot be replaced: '{candidate.Urn.Name}' would be replaced with it, and is protected.");
        }
    }

    private static async Task<DiffAnswer> DiffAsync(
        LoadedProvider provider, ResourceState old, PropertyMap inputs, IReadOnlyList<string> ignoreChanges)
    {
        var diff = await provider.Client.DiffAsync(old.Urn, old.Id, old.Inputs, old.Outputs, inputs, ignoreChanges);
        return diff.Verdict == DiffVerdict.Unknown
            ? InputDiff.Of(old.Inputs, PropertyValues.IgnoreChanges(inputs, old.Inputs, ignoreChanges))
            : diff;
    }

    private static DiffAnswer WithReplaceOnChanges(ResourceGoal goal, DiffAnswer diff)
    {
        var forced = diff.Changes.Keys.Where(path => goal.ReplaceOnChanges.Any(prefix =>
            path == prefix || path.StartsWith(prefix + ".", StringComparison.Ordinal) || prefix == "*"));
        return diff.Verdict == DiffVerdict.Some && forced.Any() ? diff with { Replaces = true } : diff;
    }

    /// <summary>Another provider replaces a resource only when it says that its configuration means another place.</summary>
    private async Task<bool> HasLostProviderAsync(ResourceState news, ResourceState old)
    {
        var (before, after) = (old.ProviderReference, news.ProviderReference);
        if (before is null || after is null || before == after)
        {
            return before is null != after is null;
        }

        var resources = run.Checkpoint.State.Resources;
        var oldProvider = resources.Find(resource => resource.Urn == before.Value.Urn && resource.Id == before.Value.Id);
        var newProvider = resources.Find(resource => resource.Urn == after.Value.Urn && !resource.Delete);
        if (oldProvider is null || newProvider is null)
        {
            return false;
        }

        var provider = await providers.GetAsync(after.Value);
        var diff = await provider.Client.DiffConfigAsync(
            newProvider.Urn, newProvider.Id, oldProvider.Inputs, oldProvider.Outputs, newProvider.Inputs);
        return diff.Replaces;
    }
}
