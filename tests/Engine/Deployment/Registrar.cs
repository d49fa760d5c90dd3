using System.Collections.Concurrent;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>
/// Makes resources what the program wants: decides by Check and Diff what each needs, one resource at a time, and takes the
/// steps, many at a time.
/// </summary>
internal sealed class Registrar(Run run, ProviderPool providers, ResourceSteps steps) : IDisposable
{
    private readonly SemaphoreSlim _planning = new(1);
    private readonly ConcurrentDictionary<Urn, bool> _registered = new();
    private readonly Replacements _replacements = new(run, providers);

    public bool IsRegistered(Urn urn) => _registered.ContainsKey(urn);

    public async Task<ResourceState> RegisterAsync(ResourceGoal goal)
    {
        run.ThrowIfStopping();
        var news = await NewStateAsync(goal);
        if (!_registered.TryAdd(news.Urn, true))
        {
            throw run.Fail(news.Urn, $"The program has two resources '{news.Urn}'.");
        }

        try
        {
            return await RegisterAsync(goal, news);
        }
        catch (ProviderFailure failure)
        {
            // Check, Diff or a configuration that failed; failed steps have been reported where they failed.
            throw run.Fail(news.Urn, failure.Message);
        }
    }

    public void Dispose() => _planning.Dispose();

    private async Task<ResourceState> RegisterAsync(ResourceGoal goal, ResourceState news)
    {
        var old = run.Checkpoint.State.Find(news.Urn);
        if (!goal.Custom)
        {
            return RegisterComponent(news, old);
        }

        if (Urn.IsProviderType(goal.Type))
        {
            return await providers.RegisterAsync(news, old);
        }

        if (goal.Import is { Length: > 0 } id && (old is null || (old.ImportId ?? old.Id) != id))
        {
            old = await steps.ImportAsync(news, old, id);
        }

        var take = await PlanAsync(goal, news, old);
        return await take();
    }

    private async Task<ResourceState> NewStateAsync(ResourceGoal goal)
    {
        var needsProvider = goal.Custom && !Urn.IsProviderType(goal.Type);
        var provider = !needsProvider ? null
            : goal.Provider is { Length: > 0 } chosen ? chosen
            : (await providers.DefaultAsync(Urn.PackageOf(goal.Type), goal.Version, RegisterAsync)).ToString();
        return new ResourceState(
            Urn.Of(run.StackName, run.Project.Name, goal.Parent, goal.Type, goal.Name), goal.Custom, goal.Inputs, PropertyMap.Empty)
        {
            Parent = goal.Parent,
            Provider = provider,
            Dependencies = goal.Dependencies,
            PropertyDependencies = goal.PropertyDependencies,
            Timeouts = goal.Timeouts,
            Protect = goal.Protect,
            RetainOnDelete = goal.RetainOnDelete,
            IgnoreChanges = [.. goal.IgnoreChanges],
            AdditionalSecretOutputs = [.. goal.AdditionalSecretOutputs],
            ImportId = goal.Import is { Length: > 0 } ? goal.Import : null,
        };
    }

    private ResourceState RegisterComponent(ResourceState news, ResourceState? old)
    {
        run.Checkpoint.Change(state => old is null ? state.Add(news) : state.Replace(old, news));
        if (news.Urn.Type != Urn.StackType)
        {
            var kind = old is null ? StepKind.Create : StepKind.Same;
            run.Log.Add(new StepRecord(kind, news.Urn, StepOutcome.Succeeded, DiffAnswer.None.Changes) { Old = old, New = news });
        }

        return news;
    }

    /// <summary>Decides what a resource needs; the answer takes the steps.</summary>
    private async Task<Func<Task<ResourceState>>> PlanAsync(ResourceGoal goal, ResourceState news, ResourceState? old)
    {
        await _planning.WaitAsync(run.Abandoned);
        try
        {
            run.ThrowIfStopping();
            var recreating = _replacements.TryReclaim(news.Urn);

            // Somebody else's replacement may have deleted it, or its own import changed it, since it was looked up.
            old = run.Checkpoint.State.Find(news.Urn);
            news = await CheckAsync(goal, news, recreating ? null : old);
            if (old is null || recreating)
            {
                return () => steps.CreateAsync(news, old, DiffAnswer.None);
            }

            news = news with { RefreshBeforeUpdate = old.RefreshBeforeUpdate };
            var diff = await _replacements.DiffAsync(goal, news, old);
            return diff.Replaces || old.PendingReplacement
                ? await PlanReplacementAsync(goal, news, old, diff)
                : PlanInPlace(news, old, diff);
        }
        finally
        {
            _planning.Release();
        }
    }

    private Func<Task<ResourceState>> PlanInPlace(ResourceState news, ResourceState old, DiffAnswer diff)
    {
        // A resource that is not ready is updated even when nothing has changed: the provider goes on waiting for it.
        var needsUpdate = diff.Verdict == DiffVerdict.Some || !old.InitErrors.IsEmpty;
        return needsUpdate ? () => steps.UpdateAsync(old, news, diff) : () => steps.SameAsync(old, news);
    }

    private async Task<Func<Task<ResourceState>>> PlanReplacementAsync(
        ResourceGoal goal, ResourceState news, ResourceState old, DiffAnswer diff)
    {
        RefuseReplacement(goal, news, old);

        // A replacement starts anew: nothing of the old inputs is carried over into the defaults.
        news = await CheckAsync(goal, news, old: null);
        if (!(goal.DeleteBeforeReplace ?? diff.DeleteBeforeReplace) || old.PendingReplacement)
        {
            return () => steps.CreateAsync(news, old, diff);
        }

        var dependents = await _replacements.CondemnDependentsAsync(old, IsRegistered);
        return async () =>
        {
            foreach (var dependent in dependents)
            {
                await steps.DeleteAsync(dependent, replacing: true, keepForReplacement: true);
            }

            await steps.DeleteAsync(old, replacing: true, keepForReplacement: true);
            return await steps.CreateAsync(news, run.Checkpoint.State.Find(old.Urn), diff);
        };
    }

    private void RefuseReplacement(ResourceGoal goal, ResourceState news, ResourceState old)
    {
        if (news.Protect && old.Protect)
        {
            var message = $"'{news.Urn.Name}' is protected and cannot be replaced: take its protect option away first.";
            if (!run.DryRun)
            {
                throw run.Fail(news.Urn, message);
            }

            run.Log.Error(news.Urn, message);
        }

        if (goal.Import is { Length: > 0 })
        {
            const string Message = "An imported resource cannot be replaced while the program says what to import: take the import option away.";
            if (!run.DryRun)
            {
                throw run.Fail(news.Urn, Message);
            }

            run.Log.Warning(news.Urn, Message);
        }
    }

    private async Task<ResourceState> CheckAsync(ResourceGoal goal, ResourceState news, ResourceState? old)
    {
        var provider = await providers.GetAsync(news.ProviderReference!.Value);
        if (!provider.IsConfigured)
        {
            return news with { Inputs = goal.Inputs };
        }

        var wanted = old is null ? goal.Inputs : PropertyValues.IgnoreChanges(goal.Inputs, old.Inputs, goal.IgnoreChanges);
        var check = await provider.Client.CheckAsync(news.Urn, old?.Inputs ?? PropertyMap.Empty, wanted);
        CheckFailures.ThrowIfAny(run, news.Urn, check);
        return news with { Inputs = check.Inputs };
    }
}
