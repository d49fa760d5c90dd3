using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>The state while a run changes it: what the run has made, then what is left of what it found. Each operation
/// is written down before it begins, and its outcome when it ends, so that whatever kills the engine in between leaves
/// the operation pending. What changes nothing of note is not written by itself. A preview changes the state in memory
/// alone.</summary>
internal sealed class Checkpoint
{
    private readonly Lock _lock = new();
    private readonly IStateStore _store;
    private readonly bool _dryRun;
    private readonly HashSet<Entry> _done = [];
    private readonly List<Entry> _added = [];
    private readonly List<(Entry Entry, PendingOperation Operation)> _pending = [];
    private List<Entry> _base;
    private Dictionary<Urn, Entry> _olds = [];
    private PropertyMap _outputs;
    private bool _isWritten;
    private bool _frozen;

    public Checkpoint(IStateStore store, bool dryRun)
    {
        (_store, _dryRun, _outputs) = (store, dryRun, store.State.Outputs);
        Interrupted = store.State.PendingOperations;
        _base = [.. store.State.Resources.Select(state => new Entry(state))];
        IndexOlds();
    }

    /// <summary>The operations that the last run did not finish.</summary>
    public ImmutableList<PendingOperation> Interrupted { get; }

    /// <summary>The resources that the run found, or what a refresh has made of them, each after what it depends
    /// on.</summary>
    public IReadOnlyList<Entry> Base => _base;

    public StackState State
    {
        get
        {
            lock (_lock)
            {
                return Snapshot();
            }
        }
    }

    /// <summary>The resource that the run found under a URN, unless it only waited for its deletion.</summary>
    public Entry? Find(Urn urn) => _olds.GetValueOrDefault(urn);

    /// <summary>The resource that the run found and a reference to a provider means.</summary>
    public Entry? Find(ProviderReference reference) =>
        _base.Find(entry => entry.Urn == reference.Urn && entry.State.Id == reference.Id);

    public void Begin(Entry entry, string kind) =>
        Change(() => _pending.Add((entry, new PendingOperation(entry.Urn, kind))));

    /// <summary>Ends an operation with what came of it.</summary>
    public void End(Entry entry, Action? outcome) =>
        Change(() =>
        {
            _pending.RemoveAll(pending => pending.Entry == entry);
            outcome?.Invoke();
        });

    public void Change(Action change, bool write = true)
    {
        lock (_lock)
        {
            change();
            _isWritten = write && Write();
        }
    }

    /// <summary>Within a change: the resource is no longer in the state.</summary>
    public void Remove(Entry entry) => _done.Add(entry);

    /// <summary>Within a change: the resource is in the state from now on.</summary>
    public void Add(Entry entry) => _added.Add(entry);

    public void SetOutputs(PropertyMap outputs, bool keepsOthers) =>
        Change(() => _outputs = keepsOthers ? PropertyMap.From(_outputs.Concat(outputs)) : outputs);

    /// <summary>Puts what a refresh has made of the resources in the place of what the run found.</summary>
    public void Rebase(IEnumerable<Entry> entries) =>
        Change(
            () =>
            {
                _base = [.. entries];
                IndexOlds();
            },
            write: false
        );

    /// <summary>The run ends: what was not written by itself is written now.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (!_isWritten)
                Write();
        }
    }

    /// <summary>From now on nothing is written.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            _frozen = true;
        }
    }

    private void IndexOlds() => _olds = _base.Where(entry => !entry.State.Delete).ToDictionary(entry => entry.Urn);

    private bool Write()
    {
        if (!_dryRun && !_frozen)
            _store.Save(Snapshot());

        return true;
    }

    private StackState Snapshot()
    {
        var resources = _added.Concat(_base).Where(entry => !_done.Contains(entry)).Select(entry => entry.State);
        var renamed = _added
            .Where(entry => entry.FormerUrn is not null && !_done.Contains(entry))
            .ToDictionary(entry => entry.FormerUrn!.Value, entry => entry.Urn);
        var states = (
            renamed.Count == 0 ? resources : resources.Select(state => UrnReferences.Rename(state, renamed))
        ).ToImmutableList();

        // What was interrupted in an existing resource is settled by looking at the resource. Of a creation nothing is
        // known, so it is remembered until somebody says that it is settled.
        return new StackState(
            states,
            [
                .. _pending.Select(pending => pending.Operation),
                .. Interrupted.Where(operation => operation.Kind == "creating"),
            ],
            states.IsEmpty ? PropertyMap.Empty : _outputs
        );
    }
}
