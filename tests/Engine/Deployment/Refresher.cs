using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Reads resources and brings the state up to date with them.</summary>
internal sealed class Refresher(Run run, ProviderPool providers)
{
    /// <summary>Refreshes the resources that ask for it by their state, or all; a failure of one does not keep the others back.</summary>
    public async Task RefreshAsync(bool all)
    {
        using var slots = new SemaphoreSlim(run.Parallel);
        await Task.WhenAll(run.Checkpoint.State.Resources
            .Where(resource => (all || resource.RefreshBeforeUpdate) && IsReadable(resource))
            .Select(RefreshAsync));
        if (run.Log.HasErrors)
        {
            throw run.Fail();
        }

        async Task RefreshAsync(ResourceState resource)
        {
            await slots.WaitAsync(run.Abandoned);
            try
            {
                if (!run.Interrupted)
                {
                    await RefreshOneAsync(resource);
                }
            }
            catch (ProviderFailure failure)
            {
                Record(resource, resource, DiffAnswer.None, failure.IsUnknown ? StepOutcome.FailedUnknown : StepOutcome.Failed, failure.Message);
                run.Log.Error(resource.Urn, failure.Message);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static bool IsReadable(ResourceState resource) =>
        resource is { Custom: true, PendingReplacement: false } && !Urn.IsProviderType(resource.Type);

    private async Task RefreshOneAsync(ResourceState old)
    {
        var provider = await providers.GetAsync(old.ProviderReference!.Value);
        var answer = await provider.Client.ReadAsync(old.Urn, old.Id, old.Inputs, old.Outputs, old.Timeouts.Read);
        await run.AtStepAsync(StepPhase.Answered, StepKind.Refresh, old.Urn);
        if (answer.Id.Length == 0)
        {
            run.Checkpoint.Change(state => state.RemoveGone(Current(state, old)));
            Record(old, null, DiffAnswer.None, StepOutcome.Succeeded, null);
            return;
        }

        if (answer.Reasons is { } reasons)
        {
            run.Log.Warning(old.Urn, $"'{old.Urn.Name}' is not ready:\n{string.Join("\n", reasons.Select(reason => "* " + reason))}");
        }

        var news = old with
        {
            Id = answer.Id,
            Inputs = answer.Inputs ?? old.Inputs,
            Outputs = PropertyValues.ProtectOutputs(answer.Outputs, answer.Inputs ?? old.Inputs, old.AdditionalSecretOutputs),
            InitErrors = [.. answer.Reasons ?? []],
            RefreshBeforeUpdate = answer.RefreshBeforeUpdate,
        };
        var diff = await DiffAsync(provider, old, news);
        run.Checkpoint.Change(state =>
        {
            // Another resource that is gone may have been taken out of this one's dependencies meanwhile.
            var current = Current(state, old);
            return state.Replace(
                current, news with { Dependencies = current.Dependencies, PropertyDependencies = current.PropertyDependencies });
        });
        Record(old, news, diff, StepOutcome.Succeeded, null);
    }

    /// <summary>
    /// What the next run would change, turned around: the resource as it is now stands for the old one, the inputs of the last
    /// run for the new ones.
    /// </summary>
    private static async Task<DiffAnswer> DiffAsync(LoadedProvider provider, ResourceState old, ResourceState news)
    {
        var diff = await provider.Client.DiffAsync(news.Urn, news.Id, news.Inputs, news.Outputs, old.Inputs, old.IgnoreChanges);
        var verdict = diff.Verdict == DiffVerdict.Unknown ? InputDiff.Of(news.Inputs, old.Inputs) : diff;
        return verdict.Verdict == DiffVerdict.None ? DiffAnswer.None : verdict.Inverted;
    }

    private static ResourceState Current(StackState state, ResourceState old) => state.Resources.Find(
        candidate => candidate.Urn == old.Urn && candidate.Id == old.Id && candidate.Delete == old.Delete)
        ?? throw new InvalidOperationException($"{old.Urn} is not in the state.");

    private void Record(ResourceState old, ResourceState? news, DiffAnswer diff, StepOutcome outcome, string? error) =>
        run.Log.Add(new StepRecord(StepKind.Refresh, old.Urn, outcome, diff.Changes) { Old = old, New = news, Error = error });
}
