using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Reads resources and brings the state up to date with them.</summary>
internal sealed class Refresher(Run run, ProviderRegistry providers, StepQueue queue)
{
    private readonly Targets _targets = new(run.Options.Targets);

    /// <summary>Refreshes the resources that ask for it by their state, or all; a failure of one does not keep the
    /// others back.</summary>
    public async Task RefreshAsync(bool all)
    {
        var refreshed = run.Checkpoint.Base.ToDictionary(entry => entry, entry => (Entry?)entry);
        var chosen = run
            .Checkpoint.Base.Where(entry => (all || entry.State.RefreshBeforeUpdate) && IsIncluded(entry.State))
            .ToList();
        foreach (var entry in chosen)
            await providers.EnsureAsync(entry.State.Provider);

        try
        {
            await Task.WhenAll(chosen.Where(entry => IsReadable(entry.State)).Select(RefreshOneAsync).ToList());
        }
        catch (DeploymentFailedException)
        {
            // The user broke it off; what was read until then counts.
        }

        Rebase(refreshed);
        if (run.HasFailed || run.IsStopping)
            throw run.Stop();

        async Task RefreshOneAsync(Entry entry)
        {
            await queue.WaitForWorkerAsync();
            await queue.TakeAsync([new PlannedStep(StepKind.Refresh, entry, entry, () => ReadAsync(entry, refreshed))]);
        }
    }

    /// <summary>Includes, with its dependents where the command asks for them, what comes after what it depends
    /// on.</summary>
    private bool IsIncluded(ResourceState state)
    {
        var isTarget =
            _targets.Contains(state.Urn)
            || (run.Options.TargetDependents && state.AllDependencies.Any(_targets.Contains));
        if (isTarget)
            _targets.Add(state.Urn);

        return isTarget;
    }

    private static bool IsReadable(ResourceState state) =>
        state is { Custom: true, PendingReplacement: false, IsProvider: false };

    private async Task ReadAsync(Entry entry, Dictionary<Entry, Entry?> refreshed)
    {
        try
        {
            var old = entry.State;
            var provider = providers.ManagerOf(old);
            var answer = await provider.ReadAsync(old.Urn, old.Id, old.Inputs, old.Outputs, old.Timeouts.Read);
            await run.AtStepAsync(StepPhase.Answered, StepKind.Refresh, old.Urn);
            if (answer.Id.Length == 0)
            {
                Put(refreshed, entry, null);
                Record(old, null, DiffAnswer.None, StepOutcome.Succeeded, null);
                return;
            }

            if (answer.Reasons is { } reasons)
            {
                run.Log.Warning(
                    old.Urn,
                    $"'{old.Urn.Name}' is not ready:\n{string.Join("\n", reasons.Select(reason => "* " + reason))}"
                );
            }

            var news = NewsOf(old, answer);
            Put(refreshed, entry, new Entry(news));
            Record(old, news, await DiffAsync(provider, old, news), StepOutcome.Succeeded, null);
        }
        catch (ProviderFailure failure)
        {
            var outcome = failure.IsUnknown ? StepOutcome.FailedUnknown : StepOutcome.Failed;
            Record(entry.State, entry.State, DiffAnswer.None, outcome, failure.Message);
            run.Report(entry.Urn, failure.Message);
        }
    }

    private static ResourceState NewsOf(ResourceState old, ResourceAnswer answer) =>
        old with
        {
            Id = answer.Id,
            Inputs = answer.Inputs ?? old.Inputs,
            Outputs = PropertyValues.ProtectOutputs(
                answer.Outputs,
                answer.Inputs ?? old.Inputs,
                old.AdditionalSecretOutputs
            ),
            InitErrors = [.. answer.Reasons ?? []],
            RefreshBeforeUpdate = answer.RefreshBeforeUpdate,
        };

    /// <summary>What the next run would change, turned around: the resource as it is now stands for the old one, the
    /// inputs of the last run for the new ones.</summary>
    private static async Task<DiffAnswer> DiffAsync(IResourceCalls provider, ResourceState old, ResourceState news)
    {
        var diff = await Comparison.AskAsync(provider, news.Urn, news, old.Inputs, old.IgnoreChanges);
        return diff.Verdict == DiffVerdict.None ? DiffAnswer.None : diff.Inverted;
    }

    private static void Put(Dictionary<Entry, Entry?> refreshed, Entry entry, Entry? news)
    {
        lock (refreshed)
        {
            refreshed[entry] = news;
        }
    }

    /// <summary>What is gone is left out, and what others say of depending on it.</summary>
    private void Rebase(Dictionary<Entry, Entry?> refreshed)
    {
        var (entries, urns) = (new List<Entry>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in run.Checkpoint.Base.Select(old => refreshed[old]).OfType<Entry>())
        {
            entry.State = UrnReferences.Keep(entry.State, urns);
            entries.Add(entry);
            urns.Add(entry.Urn.Value);
        }

        run.Checkpoint.Rebase(entries);
    }

    private void Record(ResourceState old, ResourceState? news, DiffAnswer diff, StepOutcome outcome, string? error) =>
        run.Log.Add(
            new StepRecord(StepKind.Refresh, old.Urn, outcome, diff.Changes)
            {
                Old = old,
                New = news,
                Error = error,
            }
        );
}
