using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>
/// The state while a run changes it. Each operation is written down before it begins, and its outcome when it ends, so that
/// whatever kills the engine in between leaves the operation pending. A preview changes it in memory alone.
/// </summary>
internal sealed class Checkpoint
{
    private readonly Lock _lock = new();
    private readonly StateFile _file;
    private readonly bool _dryRun;
    private StackState _state;
    private bool _abandoned;

    public Checkpoint(StateFile file, bool dryRun)
    {
        _file = file;
        _dryRun = dryRun;
        Interrupted = file.State.PendingOperations;

        // What was interrupted in an existing resource is settled by looking at the resource. Of a creation nothing is known,
        // so it is remembered until somebody says that it is settled.
        _state = file.State with { PendingOperations = file.State.PendingOperations.RemoveAll(operation => operation.Kind != "creating") };
    }

    /// <summary>The operations that the last run did not finish.</summary>
    public IReadOnlyList<PendingOperation> Interrupted { get; }

    public StackState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public void Begin(PendingOperation operation) =>
        Change(state => state with { PendingOperations = state.PendingOperations.Add(operation) });

    public void End(PendingOperation operation, Func<StackState, StackState> outcome) => Change(state =>
    {
        // The last one: an equal one before it was interrupted in an earlier run.
        var at = state.PendingOperations.FindLastIndex(operation.Equals);
        return outcome(state with { PendingOperations = state.PendingOperations.RemoveAt(at) });
    });

    public void Change(Func<StackState, StackState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
            if (!_dryRun && !_abandoned)
            {
                _file.Save(_state);
            }
        }
    }

    /// <summary>From now on nothing is saved.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _abandoned = true;
        }
    }
}
