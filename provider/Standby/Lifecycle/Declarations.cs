namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>A resource that the program declares.</summary>
internal sealed record Declaration(string Urn, bool AllowRelink);

/// <summary>
/// Which resource of the running program declares which standby cluster, and which links this run found cut loose or made. Check sees
/// every resource of the program before anything is done to it, so that this tells a replacement from a removal, and two
/// resources on one cluster apart, without a network.
/// </summary>
internal sealed class Declarations
{
    private readonly Lock _lock = new();
    private readonly Dictionary<StandbyId, Declaration> _declared = [];
    private readonly HashSet<StandbyId> _foundFailedOver = [];
    private readonly HashSet<StandbyId> _made = [];

    /// <summary>A new run of the engine begins.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _declared.Clear();
            _foundFailedOver.Clear();
            _made.Clear();
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

    /// <summary>Notes that a resource of this run has the cluster's link: it was created, or taken over.</summary>
    public void Made(StandbyId id)
    {
        lock (_lock)
        {
            _made.Add(id);
        }
    }

    /// <summary>Whether a resource that this run created has the cluster's link.</summary>
    public bool WasMade(StandbyId id)
    {
        lock (_lock)
        {
            return _made.Contains(id);
        }
    }

    /// <summary>Notes that a link to be deleted had been cut loose already, by somebody else.</summary>
    public void FoundFailedOver(StandbyId id)
    {
        lock (_lock)
        {
            _foundFailedOver.Add(id);
        }
    }

    /// <summary>Whether this run found the cluster's link cut loose when it was to delete it.</summary>
    public bool WasFailedOver(StandbyId id)
    {
        lock (_lock)
        {
            return _foundFailedOver.Contains(id);
        }
    }
}
