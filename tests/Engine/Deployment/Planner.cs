using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Makes resources what the program wants: decides by Check and Diff what each needs, one resource at a time,
/// and has the steps taken, many at a time.</summary>
internal sealed class Planner : IDisposable
{
    private readonly SemaphoreSlim _planning = new(1);
    private readonly Run _run;
    private readonly ProviderRegistry _providers;
    private readonly Decisions _decisions;
    private readonly Steps _steps;
    private readonly StepQueue _queue;
    private readonly Comparison _comparison;
    private readonly Aliasing _aliasing;
    private readonly Replacing _replacing;
    private readonly Targeting _targeting;

    public Planner(Run run, ProviderRegistry providers, Decisions decisions, Steps steps, StepQueue queue)
    {
        (_run, _providers, _decisions, _steps, _queue) = (run, providers, decisions, steps, queue);
        _comparison = new Comparison(run, providers, decisions);
        _aliasing = new Aliasing(run, providers, decisions);
        _targeting = new Targeting(run, decisions, steps);
        _replacing = new Replacing(run, providers, decisions, steps);
    }

    /// <summary>Registers a resource; ends when its steps have ended.</summary>
    public async Task<(ResourceState State, RegistrationResult Result)> RegisterAsync(
        ResourceGoal goal,
        string? provider
    )
    {
        _run.ThrowIfStopping();
        IReadOnlyList<PlannedStep> chain;
        Entry news;
        int planned;
        await _planning.WaitAsync(_run.Abandoned);
        try
        {
            _run.ThrowIfStopping();
            news = NewEntry(goal, provider, out var old);
            try
            {
                (news, chain) = await PlanAsync(goal, news, old);
            }
            catch (ProviderFailure failure)
            {
                // Check, Diff or a configuration that failed; failed steps have been reported where they failed.
                throw _run.Stop(news.Urn, failure.Message);
            }

            chain = [.. _targeting.TakeQueued(), .. chain];
            _targeting.RefuseSkippedDependencies(chain);
            planned = chain.Count;
            chain = [.. chain.Where(step => !_queue.LeavesOut(step))];
            if (chain.Count > 0)
                await _queue.WaitForWorkerAsync();
        }
        finally
        {
            _planning.Release();
        }

        var result = chain.Count > 0 ? await _queue.TakeAsync(chain) : RegistrationResult.Succeeded;
        return (news.State, chain.Count < planned ? RegistrationResult.Skipped : result);
    }

    public void Dispose() => _planning.Dispose();

    private Entry NewEntry(ResourceGoal goal, string? provider, out Entry? old)
    {
        var urn = _run.Stack.UrnOf(goal.Parent, goal.Type, goal.Name);
        if (!_decisions.Registered.Add(urn))
            throw _run.Stop(urn, $"The program has two resources '{urn}'.");

        old = _aliasing.Find(urn, goal);
        return new Entry(StateOf(goal, urn, provider, old?.State))
        {
            FormerUrn = old is { } known && known.Urn != urn ? known.Urn : null,
        };
    }

    private static ResourceState StateOf(ResourceGoal goal, Urn urn, string? provider, ResourceState? old) =>
        new(urn, goal.Custom, goal.Inputs, PropertyMap.Empty)
        {
            Parent = goal.Parent,
            Provider = provider,
            Dependencies = goal.Dependencies,
            PropertyDependencies = goal.PropertyDependencies,
            Timeouts = goal.Timeouts,
            Protect = goal.Protect,
            RetainOnDelete = goal.RetainOnDelete,
            DeletedWith = goal.DeletedWith,
            ReplaceWith = [.. goal.ReplaceWith],
            IgnoreChanges = [.. goal.IgnoreChanges],
            ReplaceOnChanges = [.. goal.ReplaceOnChanges],
            ReplacementTrigger = goal.ReplacementTrigger,
            AdditionalSecretOutputs = [.. goal.AdditionalSecretOutputs],
            ImportId = goal.Import is { Length: > 0 } ? goal.Import : null,
            RefreshBeforeUpdate = old?.RefreshBeforeUpdate ?? false,
        };

    private async Task<(Entry News, IReadOnlyList<PlannedStep> Chain)> PlanAsync(
        ResourceGoal goal,
        Entry news,
        Entry? old
    )
    {
        if (_run.IsDestroyOfProgram && PlanForDestroy(news, old) is { } kept)
            return (news, kept);

        await EnsureProviderAsync(news.State);
        var isImport =
            goal.Custom && news.State.ImportId is { } id && (old is null || (old.State.ImportId ?? old.State.Id) != id);
        if (!isImport)
            return (news, await DecideAsync(goal, news, old));

        _decisions.Imports.Add(news.Urn);
        await ImportAsync(news, old);
        var wanted = new Entry(StateOf(goal, news.Urn, news.State.Provider, null)) { FormerUrn = news.FormerUrn };
        var chain = await DecideAsync(goal, wanted, news);
        return (chain.Count > 0 ? wanted : news, chain);
    }

    /// <summary>A destroy that runs the program creates and updates providers alone; of the other resources it keeps
    /// what there is, to be deleted in the end.</summary>
    private IReadOnlyList<PlannedStep>? PlanForDestroy(Entry news, Entry? old)
    {
        var isSkipped = news
            .State.AllDependencies.Concat(news.State.Parent is { } parent ? [parent.Value] : [])
            .Any(urn => _decisions.SkippedCreates.Contains(new Urn(urn)));
        var isManaged = news.State.Custom && !news.State.IsProvider;
        if (isSkipped || (isManaged && old is null))
        {
            _decisions.SkippedCreates.Add(news.Urn);
            news.State = news.State with { Outputs = old?.State.Outputs ?? PropertyMap.Empty };
            return [Steps.SkippedCreate(news)];
        }

        _decisions.ToDelete.Add(news);
        if (!isManaged)
            return null;

        _decisions.Sames.Add(news.Urn);
        news.State = news.State with { Inputs = old!.State.Inputs };
        return [_steps.Same(old, news)];
    }

    /// <summary>The provider of a resource that is not in the program may be in the state alone.</summary>
    private async Task EnsureProviderAsync(ResourceState news)
    {
        if (news is { Custom: true, IsProvider: false } && !_providers.Has(news.ProviderReference!.Value))
        {
            await _providers.EnsureAsync(news.Provider);
            _targeting.Queue(news.ProviderReference!.Value.Urn);
        }
    }

    /// <summary>Takes the existing resource in before anything is decided; others are planned meanwhile.</summary>
    private async Task ImportAsync(Entry news, Entry? old)
    {
        var replaced = _decisions.Deletes.Contains(news.Urn) ? null : old;
        await _queue.WaitForWorkerAsync();
        _planning.Release();
        try
        {
            if (
                await _queue.TakeAsync([_steps.Import(news, replaced, news.State.ImportId!)])
                != RegistrationResult.Succeeded
            )
            {
                throw new DeploymentFailedException();
            }
        }
        finally
        {
            await _planning.WaitAsync(_run.Abandoned);
        }
    }

    private async Task<IReadOnlyList<PlannedStep>> DecideAsync(ResourceGoal goal, Entry news, Entry? old)
    {
        var recreating = _decisions.Deletes.Contains(news.Urn);
        var isTargeted = _targeting.IsIncluded(news.State);
        await CheckAsync(goal, news, recreating ? null : old?.State, isTargeted, old?.State);
        if (isTargeted)
            _targeting.QueueDependencies(news.State);

        if (recreating)
            return Recreate(news, old!);

        _targeting.Note(news.State);
        if (old is null)
            return Create(news, isTargeted);

        return isTargeted ? await CompareAsync(goal, news, old) : _targeting.KeepAsItIs(news, old);
    }

    /// <summary>What was deleted before what it depends on was replaced comes up again: so it is replaced,
    /// too.</summary>
    private IReadOnlyList<PlannedStep> Recreate(Entry news, Entry old)
    {
        _decisions.Deletes.Remove(news.Urn);
        _decisions.Replaces.Add(news.Urn);
        return [_steps.Create(news, old, DiffAnswer.Replacing("dependency"))];
    }

    private IReadOnlyList<PlannedStep> Create(Entry news, bool isTargeted)
    {
        if (isTargeted)
        {
            _decisions.Creates.Add(news.Urn);
            return [_steps.Create(news)];
        }

        _decisions.Sames.Add(news.Urn);
        _decisions.SkippedCreates.Add(news.Urn);
        return [Steps.SkippedCreate(news)];
    }

    private async Task<IReadOnlyList<PlannedStep>> CompareAsync(ResourceGoal goal, Entry news, Entry old)
    {
        var isUnready = !old.State.InitErrors.IsEmpty;
        var diff = Comparison.WithReplaceOnChanges(
            await _comparison.CompareAsync(old.State, news.State),
            goal.ReplaceOnChanges,
            isUnready
        );
        if (diff.Replaces || old.State.PendingReplacement)
            return await ReplaceAsync(goal, news, old, diff);

        // A resource that is not ready is updated even when nothing has changed: the provider goes on waiting for it.
        if (diff.Verdict == DiffVerdict.Some || isUnready)
        {
            _decisions.Updates.Add(news.Urn);
            return [_steps.Update(old, news, diff)];
        }

        if (_decisions.Imports.Contains(news.Urn))
            return [];

        _decisions.Sames.Add(news.Urn);
        return [_steps.Same(old, news)];
    }

    private async Task<IReadOnlyList<PlannedStep>> ReplaceAsync(
        ResourceGoal goal,
        Entry news,
        Entry old,
        DiffAnswer diff
    )
    {
        _replacing.Refuse(goal, news, old);
        _decisions.Replaces.Add(news.Urn);
        if (news.State.Custom && !_comparison.IsReplacementAskedFor(news.Urn, old.State))
        {
            // A replacement starts anew: nothing of the old inputs is carried over into the defaults.
            await CheckAsync(goal, news, null, isTargeted: true, null);
        }

        return goal.DeleteBeforeReplace ?? diff.DeleteBeforeReplace
            ? await _replacing.DeleteFirstAsync(news, old, diff)
            : [_steps.Create(news, old, diff, deletesLater: true)];
    }

    private async Task CheckAsync(
        ResourceGoal goal,
        Entry news,
        ResourceState? old,
        bool isTargeted,
        ResourceState? known
    )
    {
        if (!news.State.Custom)
        {
            news.State = news.State with { Inputs = known is null ? goal.Inputs : Ignoring(goal, known) };
            return;
        }

        if (!isTargeted)
        {
            news.State = news.State with { Inputs = known?.Inputs ?? PropertyMap.Empty };
            return;
        }

        var startsAnew = old is null || _comparison.IsReplacementAskedFor(news.Urn, old);
        var check = await _providers
            .ManagerOf(news.State)
            .CheckAsync(
                news.Urn,
                startsAnew ? PropertyMap.Empty : old!.Inputs,
                startsAnew ? goal.Inputs : Ignoring(goal, old!)
            );
        CheckFailures.ThrowIfAny(_run, news.Urn, check);
        news.State = news.State with { Inputs = check.Inputs };
    }

    private static PropertyMap Ignoring(ResourceGoal goal, ResourceState old) =>
        PropertyValues.IgnoreChanges(goal.Inputs, old.Inputs, goal.IgnoreChanges);
}
