namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What became of a resource's registration.</summary>
internal enum RegistrationResult
{
    Succeeded,
    Failed,
    Skipped,
}

/// <summary>Takes steps: those of a chain one after the other, chains side by side, so many at a time as there are
/// workers.</summary>
internal sealed class StepQueue(Run run) : IDisposable
{
    private readonly SemaphoreSlim _workers = new(run.Parallel);
    private readonly Lock _lock = new();
    private readonly List<PlannedStep> _failed = [];
    private readonly HashSet<string> _failedOrSkipped = new(StringComparer.Ordinal);

    /// <summary>The steps that failed in a run that goes on.</summary>
    public IReadOnlyList<PlannedStep> Failed
    {
        get
        {
            lock (_lock)
            {
                return [.. _failed];
            }
        }
    }

    /// <summary>Waits until a worker is free for a chain.</summary>
    public Task WaitForWorkerAsync() => _workers.WaitAsync(run.Abandoned);

    /// <summary>Takes a chain, for which there is a worker.</summary>
    public async Task<RegistrationResult> TakeAsync(IReadOnlyList<PlannedStep> chain)
    {
        try
        {
            foreach (var step in chain)
            {
                run.ThrowIfStopping();
                if (!await TakeAsync(step))
                    return RegistrationResult.Failed;
            }

            return RegistrationResult.Succeeded;
        }
        finally
        {
            _workers.Release();
        }
    }

    /// <summary>Takes steps that do not need each other; ends when all have ended, or the run stops.</summary>
    public Task TakeAllAsync(IEnumerable<PlannedStep> steps) =>
        Task.WhenAll(
            steps
                .Select(async step =>
                {
                    await WaitForWorkerAsync();
                    await TakeAsync([step]);
                })
                .ToList()
        );

    /// <summary>Whether a step cannot be taken because what it depends on has failed; it is left out then.</summary>
    public bool LeavesOut(PlannedStep step)
    {
        lock (_lock)
        {
            var state = step.Subject.State;
            var isLeftOut =
                state.AllDependencies.Any(_failedOrSkipped.Contains)
                || (state.Parent is { } parent && _failedOrSkipped.Contains(parent.Value));
            if (isLeftOut)
                _failedOrSkipped.Add(step.Subject.Urn.Value);

            return isLeftOut;
        }
    }

    public void Dispose() => _workers.Dispose();

    private async Task<bool> TakeAsync(PlannedStep step)
    {
        try
        {
            await step.TakeAsync();
            return true;
        }
        catch (StepFailedException failure)
        {
            if (!failure.GoesOn)
                throw run.Stop();

            lock (_lock)
            {
                _failed.Add(step);
                _failedOrSkipped.Add(step.Subject.Urn.Value);
            }

            return false;
        }
    }
}
