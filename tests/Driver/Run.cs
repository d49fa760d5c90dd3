namespace QingCloudMySqlStandby.Driver;

/// <summary>The run has been stopped; why has been reported.</summary>
internal sealed class RunStoppedException() : Exception("The run has stopped.");

/// <summary>One run of a stack: what its parts share, what it records, and whether it goes on.</summary>
internal sealed class Run(Stack stack, RunOptions options, bool preview) : IEngineLog, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly List<StepRecord> _steps = [];
    private readonly List<Message> _messages = [];
    private readonly List<ProviderCall> _calls = [];
    private readonly SemaphoreSlim _workers = new(stack.Parallel);
    private volatile bool _stopped;
    private volatile bool _failed;
    private int _done;

    public Stack Stack => stack;
    public RunOptions Options => options;

    /// <summary>Whether it only shows what would happen.</summary>
    public bool Preview => preview;

    /// <summary>The state when the run began.</summary>
    public StackState Before { get; } = stack.State;

    /// <summary>The state as the run has changed it so far; in a preview a copy.</summary>
    public StackState State { get; private set; } = stack.State;

    public bool IsInterrupted { get; private set; }
    public bool IsDead { get; private set; }
    public bool HasFailed => _failed;

    /// <summary>Cancelled when the engine has died: nobody waits for an answer any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>The URNs of resources whose step failed in a run that goes on.</summary>
    public HashSet<string> Failed { get; } = new(StringComparer.Ordinal);

    public void ThrowIfStopping()
    {
        if (_stopped || IsInterrupted || IsDead)
            throw new RunStoppedException();
    }

    /// <summary>Nothing new begins from now on.</summary>
    public RunStoppedException Stop()
    {
        (_failed, _stopped) = (true, true);
        return new RunStoppedException();
    }

    /// <summary>Reports an error; nothing new begins from now on.</summary>
    public RunStoppedException Stop(string urn, string error)
    {
        Report(urn, error);
        return Stop();
    }

    /// <summary>Reports an error; the run goes on, and fails in the end.</summary>
    public void Report(string urn, string error)
    {
        _failed = true;
        Add(new Message(Severity.Error, urn, error));
    }

    /// <summary>The first Ctrl-C.</summary>
    public void Interrupt() => IsInterrupted = true;

    /// <summary>The engine's death: from now on nothing is saved.</summary>
    public void Die()
    {
        IsDead = true;
        _abandoned.Cancel();
    }

    /// <summary>Whether a resource is one of those that the command names, or of all where it names none.</summary>
    public bool IsTarget(string urn) => options.Targets.Count == 0 || Names(options.Targets, urn);

    /// <summary>Whether the command or the state asks for a replacement, whatever has changed.</summary>
    public bool IsReplacementAskedFor(string urn, ResourceState? old) =>
        Names(options.Replace, urn) || old is { Taint: true };

    /// <summary>Does work when one of the stack's workers is free.</summary>
    public async Task<T> WorkAsync<T>(Func<Task<T>> work)
    {
        await _workers.WaitAsync();
        try
        {
            ThrowIfStopping();
            return await work();
        }
        finally
        {
            _workers.Release();
        }
    }

    /// <summary>Takes a step: records its operation, acts, and records the outcome.</summary>
    /// <param name="kind">What the step does.</param>
    /// <param name="old">The resource before it; null where it is new.</param>
    /// <param name="subject">The resource that it is about.</param>
    /// <param name="diff">What the comparison found.</param>
    /// <param name="act">Acts, and gives the resource as it is then; null where it is gone.</param>
    /// <param name="edit">Changes the state, once that is known.</param>
    /// <returns>Whether it succeeded. A failure stops the run, unless the run goes on after errors.</returns>
    public Task<bool> TakeAsync(
        StepKind kind,
        ResourceState? old,
        ResourceState subject,
        DiffResult diff,
        Func<Task<ResourceState?>> act,
        Func<StackState, ResourceState?, StackState> edit
    ) => WorkAsync(() => TakeNowAsync(kind, old, subject, diff, act, edit));

    private async Task<bool> TakeNowAsync(
        StepKind kind,
        ResourceState? old,
        ResourceState subject,
        DiffResult diff,
        Func<Task<ResourceState?>> act,
        Func<StackState, ResourceState?, StackState> edit
    )
    {
        var operation = new PendingOperation(subject.Urn, WordOf(kind));
        Change(state => state with { Pending = state.Pending.Add(operation) });
        ResourceState? now;
        try
        {
            now = await act();
        }
        catch (Exception failure) when (!_abandoned.IsCancellationRequested)
        {
            Change(state => Ended(state, operation));
            Record(new StepRecord(kind, subject.Urn, StepOutcome.Failed, diff.Changes), old, old, failure.Message);
            return Fail(subject.Urn, failure.Message);
        }

        Change(state => edit(Ended(state, operation), now));
        if (now is not { InitErrors: { IsEmpty: false } reasons })
        {
            Record(new StepRecord(kind, subject.Urn, StepOutcome.Succeeded, diff.Changes), old, now, null);
            return true;
        }

        var message = string.Join('\n', reasons);
        Record(new StepRecord(kind, subject.Urn, StepOutcome.Partial, diff.Changes), old, now, message);
        return Fail(subject.Urn, message);
    }

    /// <summary>Records a step that needs no pending operation.</summary>
    public void Record(StepKind kind, ResourceState old, ResourceState? now, Func<StackState, StackState> edit) =>
        Record(kind, old, now, DiffResult.None, edit);

    /// <summary>Records a step that needs no pending operation.</summary>
    public void Record(
        StepKind kind,
        ResourceState old,
        ResourceState? now,
        DiffResult diff,
        Func<StackState, StackState> edit
    )
    {
        Change(edit);
        Record(new StepRecord(kind, old.Urn, StepOutcome.Succeeded, diff.Changes), old, now, null);
    }

    /// <summary>Records a step that failed; the run goes on, and fails in the end.</summary>
    public void Fail(StepKind kind, ResourceState old, string error)
    {
        Record(new StepRecord(kind, old.Urn, StepOutcome.Failed, DiffResult.None.Changes), old, old, error);
        Report(old.Urn, error);
    }

    /// <summary>Changes the state, and saves it.</summary>
    public void Change(Func<StackState, StackState> edit)
    {
        lock (_lock)
        {
            if (IsDead)
                return;

            State = edit(State);
            if (!preview)
                stack.State = State;
        }
    }

    /// <summary>Within a change: the program's resource takes the place of the old one. What the program has comes
    /// first in the state, each after what it depends on.</summary>
    public StackState Put(StackState state, ResourceState? old, ResourceState now)
    {
        var resources = state.Resources;
        if (old is not null && state.IndexOf(old) is var index && index >= 0)
        {
            resources = resources.RemoveAt(index);
            _done -= index < _done ? 1 : 0;
        }

        resources = resources.Insert(_done++, now);
        return state with
        {
            Resources = old is null || old.Urn == now.Urn ? resources : StackState.Renamed(resources, old.Urn, now.Urn),
        };
    }

    /// <summary>A call has begun.</summary>
    public ProviderCall Add(ProviderCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }

        return call;
    }

    public RunResult Result() =>
        new()
        {
            Succeeded = !IsDead && !IsInterrupted && !_failed,
            Died = IsDead,
            Interrupted = IsInterrupted,
            Steps = [.. _steps],
            Messages = [.. _messages],
            Calls = [.. _calls],
            Before = Before,
            After = State,
        };

    public void Status(string urn, string message) => Add(new Message(Severity.Status, urn, message));

    public void Info(string urn, string message) => Add(new Message(Severity.Info, urn, message));

    public void Debug(string urn, string message) => Add(new Message(Severity.Debug, urn, message));

    public void Warning(string urn, string message) => Add(new Message(Severity.Warning, urn, message));

    public void Dispose()
    {
        _abandoned.Dispose();
        _workers.Dispose();
    }

    private bool Fail(string urn, string message)
    {
        Report(urn, message);
        lock (_lock)
        {
            Failed.Add(urn);
        }

        return options.ContinueOnError ? false : throw Stop();
    }

    private void Add(Message message)
    {
        lock (_lock)
        {
            _messages.Add(message);
        }

        stack.Observer?.Show(message);
    }

    private void Record(StepRecord step, ResourceState? old, ResourceState? now, string? error)
    {
        var record = step with { Old = old, New = now, Error = error };
        lock (_lock)
        {
            _steps.Add(record);
        }

        stack.Observer?.Show(record);
    }

    private static StackState Ended(StackState state, PendingOperation operation) =>
        state with
        {
            Pending = state.Pending.Remove(operation, ReferenceEqualityComparer.Instance),
        };

    private static bool Names(IEnumerable<string> names, string urn) =>
        names.Any(name => name == urn || name == Urns.NameOf(urn));

    private static string WordOf(StepKind kind) =>
        kind switch
        {
            StepKind.Create or StepKind.CreateReplacement => "creating",
            StepKind.Update => "updating",
            StepKind.Delete or StepKind.DeleteReplaced => "deleting",
            StepKind.Import => "importing",
            _ => "reading",
        };
}
