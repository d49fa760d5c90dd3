using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>
/// The steps that change resources. Each records its operation, calls the provider, and records what came of it; in a preview
/// it says what would come of it.
/// </summary>
internal sealed class ResourceSteps(Run run, ProviderPool providers) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(run.Parallel);

    public Task<ResourceState> SameAsync(ResourceState old, ResourceState news)
    {
        var same = news with { Id = old.Id, Outputs = old.Outputs };
        run.Checkpoint.Change(state => state.Replace(old, same));
        Record(StepKind.Same, same.Urn, StepOutcome.Succeeded, DiffAnswer.None, old, same);
        return Task.FromResult(same);
    }

    /// <summary>Creates a resource; <paramref name="replaced"/> is what it takes the place of.</summary>
    public async Task<ResourceState> CreateAsync(ResourceState news, ResourceState? replaced, DiffAnswer diff)
    {
        var kind = replaced is null ? StepKind.Create : StepKind.CreateReplacement;
        var provider = await providers.GetAsync(news.ProviderReference!.Value);
        return await StepAsync(kind, news.Urn, diff, replaced, async () =>
        {
            var answer = provider.IsConfigured
                ? await provider.Client.CreateAsync(news.Urn, news.Inputs, news.Timeouts.Create, run.DryRun)
                : NothingKnown("");
            var created = Complete(news with { Id = answer.Id }, answer);
            return new Outcome(created, answer.Reasons, state => PutInPlace(state, replaced, created));
        });
    }

    public async Task<ResourceState> UpdateAsync(ResourceState old, ResourceState news, DiffAnswer diff)
    {
        var provider = await providers.GetAsync(news.ProviderReference!.Value);
        return await StepAsync(StepKind.Update, news.Urn, diff, old, async () =>
        {
            var answer = provider.IsConfigured
                ? await provider.Client.UpdateAsync(news.Urn, old, news.Inputs, news.IgnoreChanges, news.Timeouts.Update, run.DryRun)
                : NothingKnown(old.Id);

            // A resource that is not ready after its update does not have its new inputs yet.
            var target = answer.Reasons is null ? news : news with { Inputs = old.Inputs };
            var updated = Complete(target with { Id = old.Id }, answer);
            return new Outcome(updated, answer.Reasons, state => state.Replace(old, updated));
        });
    }

    /// <summary>Takes an existing resource into the state, by the id that the program or the user gave.</summary>
    public async Task<ResourceState> ImportAsync(ResourceState news, ResourceState? replaced, string id)
    {
        var provider = await providers.GetAsync(news.ProviderReference!.Value);
        return await StepAsync(StepKind.Import, news.Urn, DiffAnswer.None, replaced, async () =>
        {
            var answer = await provider.Client.ReadAsync(news.Urn, id, inputs: null, outputs: null, news.Timeouts.Read);
            if (answer.Id.Length == 0)
            {
                throw new ProviderFailure($"There is no {news.Type} '{id}'.", isUnknown: false, new InvalidDataException());
            }

            var inputs = answer.Inputs ?? throw new ProviderFailure(
                $"The provider told no inputs for '{id}': it does not support importing.", isUnknown: false, new InvalidDataException());
            var imported = Complete(news with { Id = answer.Id, Inputs = inputs }, answer);
            return new Outcome(imported, Reasons: null, state => PutInPlace(state, replaced, imported));
        });
    }

    /// <summary>Deletes a resource; false when it is protected.</summary>
    public async Task<bool> DeleteAsync(ResourceState old, bool replacing, bool keepForReplacement = false)
    {
        var kind = replacing ? StepKind.DeleteReplaced : StepKind.Delete;
        if (old.Protect && !replacing)
        {
            RefuseToDelete(old);
            return false;
        }

        var callsProvider = !run.DryRun && old is { Custom: true, RetainOnDelete: false } && !Urn.IsProviderType(old.Type);
        var provider = callsProvider ? await providers.GetAsync(old.ProviderReference!.Value) : null;
        await StepAsync(kind, old.Urn, DiffAnswer.None, old, async () =>
        {
            if (provider is not null)
            {
                await provider.Client.DeleteAsync(old);
            }

            return new Outcome(null, null, state => keepForReplacement
                ? state.Replace(old, old with { PendingReplacement = true })
                : state.Remove(old));
        });
        return true;
    }

    public void Dispose() => _slots.Dispose();

    private void RefuseToDelete(ResourceState old)
    {
        var message = $"'{old.Urn.Name}' is protected and cannot be deleted: take its protect option away first, and run up.";
        Record(StepKind.Delete, old.Urn, StepOutcome.Failed, DiffAnswer.None, old, old, message);
        run.Log.Error(old.Urn, message);
    }

    private ResourceAnswer NothingKnown(string id) => run.DryRun
        ? new ResourceAnswer(id, PropertyMap.Empty, null, false, null)
        : throw new InvalidOperationException("A provider's configuration is known outside previews.");

    /// <summary>The provider's answer, as the state keeps it.</summary>
    private static ResourceState Complete(ResourceState resource, ResourceAnswer answer) => resource with
    {
        Outputs = PropertyValues.ProtectOutputs(answer.Outputs, resource.Inputs, resource.AdditionalSecretOutputs),
        InitErrors = [.. answer.Reasons ?? []],
        RefreshBeforeUpdate = answer.RefreshBeforeUpdate,
    };

    private static StackState PutInPlace(StackState state, ResourceState? replaced, ResourceState resource) => replaced switch
    {
        null => state.Add(resource),
        { PendingReplacement: true } => state.Replace(replaced, resource),
        _ => state.Replace(replaced, replaced with { Delete = true }).Add(resource),
    };

    private sealed record Outcome(ResourceState? Resource, IReadOnlyList<string>? Reasons, Func<StackState, StackState> Edit);

    private async Task<ResourceState> StepAsync(
        StepKind kind, Urn urn, DiffAnswer diff, ResourceState? old, Func<Task<Outcome>> apply)
    {
        await _slots.WaitAsync(run.Abandoned);
        try
        {
            run.ThrowIfStopping();
            return await ApplyAsync(kind, urn, diff, old, apply);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<ResourceState> ApplyAsync(
        StepKind kind, Urn urn, DiffAnswer diff, ResourceState? old, Func<Task<Outcome>> apply)
    {
        var operation = Run.Pending(kind, urn);
        run.Checkpoint.Begin(operation);
        await run.AtStepAsync(StepPhase.Recorded, kind, urn);
        Outcome outcome;
        try
        {
            outcome = await apply();
        }
        catch (ProviderFailure failure)
        {
            await run.AtStepAsync(StepPhase.Answered, kind, urn);
            run.Checkpoint.End(operation, state => state);
            Record(kind, urn, failure.IsUnknown ? StepOutcome.FailedUnknown : StepOutcome.Failed, diff, old, old, failure.Message);
            throw run.Fail(urn, failure.Message);
        }

        await run.AtStepAsync(StepPhase.Answered, kind, urn);
        run.Checkpoint.End(operation, outcome.Edit);
        if (outcome.Reasons is null)
        {
            Record(kind, urn, StepOutcome.Succeeded, diff, old, outcome.Resource);
            return outcome.Resource ?? old!;
        }

        var reasons = string.Join("\n", outcome.Reasons);
        Record(kind, urn, StepOutcome.Partial, diff, old, outcome.Resource, reasons);
        throw run.Fail(urn, reasons);
    }

    private void Record(
        StepKind kind, Urn urn, StepOutcome outcome, DiffAnswer diff, ResourceState? old, ResourceState? news, string? error = null)
    {
        if (!ProviderPool.IsDefault(urn) && urn.Type != Urn.StackType)
        {
            run.Log.Add(new StepRecord(kind, urn, outcome, diff.Changes) { Old = old, New = news, Error = error });
        }
    }
}
