using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Finds out what a change of a resource means.</summary>
internal sealed class Comparison(Run run, ProviderRegistry providers, Decisions decisions)
{
    /// <summary>Whether the command or the state asks for a replacement, whatever has changed.</summary>
    public bool IsReplacementAskedFor(Urn urn, ResourceState? old) =>
        (run.ReplaceTargets.IsConstrained && run.ReplaceTargets.Contains(urn)) || old is { Taint: true };

    public async Task<DiffAnswer> CompareAsync(ResourceState old, ResourceState news)
    {
        if (IsTriggered(old.ReplacementTrigger, news.ReplacementTrigger))
            return DiffAnswer.Replacing("replacementTrigger");
        if (ReasonToReplace(old, news) is { } reason)
            return DiffAnswer.Replacing(reason);

        return await HasLostProviderAsync(old, news) ? DiffAnswer.Replacing("provider")
            : news.Custom ? await AskAsync(providers.ManagerOf(news), news.Urn, old, news.Inputs, news.IgnoreChanges)
            : OfInputs(old.Inputs, news.Inputs);
    }

    /// <summary>Asks a provider; where it does not know, the inputs are compared.</summary>
    public static async Task<DiffAnswer> AskAsync(
        IResourceCalls provider,
        Urn urn,
        ResourceState old,
        PropertyMap inputs,
        IReadOnlyList<string> ignoreChanges
    )
    {
        var diff = await provider.DiffAsync(urn, old.Id, old.Inputs, old.Outputs, inputs, ignoreChanges);
        return diff.Verdict == DiffVerdict.Unknown
            ? OfInputs(old.Inputs, PropertyValues.IgnoreChanges(inputs, old.Inputs, ignoreChanges))
            : diff;
    }

    /// <summary>The comparison with those changes replacing for which the program wants that; a resource that is not
    /// ready may be one.</summary>
    public static DiffAnswer WithReplaceOnChanges(DiffAnswer diff, IEnumerable<string> replaceOnChanges, bool isUnready)
    {
        var wanted = replaceOnChanges.Select(PropertyPath.Parse).ToList();
        var changed = diff.Verdict == DiffVerdict.Some ? diff.Changes.Keys.Select(PropertyPath.Parse) : [];
        var isForced = changed.Any(path => wanted.Exists(prefix => prefix.Covers(path)));
        var isUnreadinessReason = isUnready && wanted.Exists(prefix => prefix.Covers(PropertyPath.Parse("#initerror")));
        return isForced || isUnreadinessReason ? diff with { Verdict = DiffVerdict.Some, Replaces = true } : diff;
    }

    private string? ReasonToReplace(ResourceState old, ResourceState news) =>
        IsReplacementAskedFor(news.Urn, old) ? "id"
        : news.ReplaceWith.Exists(urn => decisions.Replaces.Contains(new Urn(urn))) ? "replaceWith"
        : null;

    private static bool IsTriggered(PropertyValue old, PropertyValue news) =>
        old.HasUnknowns
        || news.HasUnknowns
        || (
            old.Bare is not PropertyValue.NullValue
            && news.Bare is not PropertyValue.NullValue
            && !PropertyValues.Strip(old).Equals(PropertyValues.Strip(news))
        );

    /// <summary>Another provider replaces a resource only when it says that its configuration means another
    /// place.</summary>
    private async Task<bool> HasLostProviderAsync(ResourceState old, ResourceState news)
    {
        var (before, after) = (old.ProviderReference, news.ProviderReference);
        if (before is null || after is null || before == after)
            return before is null != after is null;
        if (decisions.Renamed.TryGetValue(before.Value.Urn, out var renamed) && renamed == after.Value.Urn)
            return false;

        var oldProvider = run.Checkpoint.Find(before.Value.Urn)!.State;
        var newProvider = decisions.News[after.Value.Urn].State;
        var diff = await providers
            .Get(after.Value)
            .DiffConfigAsync(
                after.Value.Urn,
                newProvider.Id,
                oldProvider.Inputs,
                oldProvider.Outputs,
                newProvider.Inputs
            );
        return diff.Replaces;
    }

    private static DiffAnswer OfInputs(PropertyMap olds, PropertyMap news)
    {
        var changes = PropertyValues
            .ChangedKeys(olds, news)
            .ToDictionary(
                key => key,
                key =>
                    !olds.ContainsKey(key) ? PropertyChangeKind.Add
                    : !news.ContainsKey(key) ? PropertyChangeKind.Delete
                    : PropertyChangeKind.Update,
                StringComparer.Ordinal
            );
        return changes.Count == 0
            ? DiffAnswer.None
            : new DiffAnswer(DiffVerdict.Some, changes, Replaces: false, DeleteBeforeReplace: false);
    }
}
