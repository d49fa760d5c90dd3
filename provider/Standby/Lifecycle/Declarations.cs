using QingCloudMySqlStandby.Standby.Evidence;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>A resource that the program declares.</summary>
internal sealed record Declaration(string Urn, bool AllowRelink);

/// <summary>A replacement on one cluster, old link first, as Diff called for it.</summary>
/// <param name="AllowRelink">Whether the program permits to overwrite a failed-over standby.</param>
/// <param name="OldSource">The source of the link that the state file knows: the only one that may be cut.</param>
internal sealed record Replacement(bool AllowRelink, Source? OldSource);

/// <summary>
/// Which resource of the running program declares which standby cluster, and which links the state file knows. Check sees
/// every resource of the program before anything is done to it, so that this tells a replacement from a removal, and two
/// resources on one cluster apart, without a network.
/// </summary>
internal sealed class Declarations
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StandbyId, Declaration> _declared = [];
    private readonly Dictionary<StandbyId, Replacement> _replacing = [];
    private readonly HashSet<StandbyId> _known = [];

    /// <summary>A new run of the engine begins.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _declared.Clear();
            _replacing.Clear();
            _known.Clear();
        }
    }

    /// <summary>Notes that a resource declares a cluster; returns the other resource's URN where one does already.</summary>
    public string? Declare(StandbyId id, string urn, bool allowRelink)
    {
        lock (_lock)
        {
            if (_declared.TryGetValue(id, out var other) && other.Urn != urn)
            {
                return other.Urn;
            }

            _declared[id] = new Declaration(urn, allowRelink);
            return null;
        }
    }

    /// <summary>The resource of the program that declares a cluster, where one does.</summary>
    public Declaration? Of(StandbyId id)
    {
        lock (_lock)
        {
            return _declared.GetValueOrDefault(id);
        }
    }

    /// <summary>
    /// Notes a link that the state file knows, and what Diff called for: a replacement on its own cluster, old link first; or null,
    /// anything else.
    /// </summary>
    public void Compared(StandbyId id, Replacement? replacement)
    {
        lock (_lock)
        {
            _known.Add(id);
            _replacing.Remove(id);
            if (replacement is not null)
            {
                _replacing[id] = replacement;
            }
        }
    }

    /// <summary>The replacement that Diff called for and Create has not made yet.</summary>
    public Replacement? ReplacementOf(StandbyId id)
    {
        lock (_lock)
        {
            return _replacing.GetValueOrDefault(id);
        }
    }

    /// <summary>Notes that Create has the cluster in hand: whatever was to be replaced there is no more.</summary>
    public void Creating(StandbyId id)
    {
        lock (_lock)
        {
            _replacing.Remove(id);
        }
    }

    /// <summary>Notes that this run itself cut a link: the cluster is not failed over.</summary>
    public void Cut(StandbyId id)
    {
        lock (_lock)
        {
            _known.Remove(id);
        }
    }

    /// <summary>Notes that a link that the state file knows had been cut loose already, by somebody else.</summary>
    public void FoundFailedOver(StandbyId id)
    {
        lock (_lock)
        {
            _known.Add(id);
        }
    }

    /// <summary>Whether the state file knows a link of the cluster that this run has not cut itself.</summary>
    public bool IsKnown(StandbyId id)
    {
        lock (_lock)
        {
            return _known.Contains(id);
        }
    }
}
