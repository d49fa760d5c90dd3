namespace QingCloudMySqlStandby.Link;

/// <summary>What neither the cloud nor a call shows: which half of a replacement a deletion is, and what the rest of the
/// program declares. A replacement on the same cluster, such as <c>--replace</c> or a taint makes one, deletes a resource
/// that has the URN and the id of the one that remains. Each Create and import therefore puts a random token, its
/// incarnation, into the state, and this record of one run knows:
/// <list type="bullet">
/// <item>Check: the program declares the resource, with these inputs.</item>
/// <item>Read and Diff: the state file's anchor, and whether it has a password. A replacement may show that in no other
/// call.</item>
/// <item>Diff, after Check: the incarnation that the state file has.</item>
/// <item>Create and import: the incarnation that remains.</item>
/// <item>Delete where another incarnation, or another resource, remains on the cluster: the old half; the link is
/// left.</item>
/// <item>Delete of a declared resource otherwise: the first half of a replacement that deletes first.</item>
/// <item>Delete of a resource that is not declared: the resource's end.</item>
/// </list>
/// Every call for one resource of one provider instance comes to one process. Each run of the engine begins with
/// Configure. A cluster is the same one whatever zone names it.</summary>
internal sealed class Incarnations
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Declared> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Remaining> _remaining = new(StringComparer.Ordinal);
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _importedPasswords = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _cuts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _promotedFrom = new(StringComparer.Ordinal);

    /// <summary>Check: notes what a resource declares; returns the URN of another that declares the cluster.</summary>
    public string? Declare(string urn, StandbyId id, StandbyInputs? inputs)
    {
        lock (_lock)
        {
            var other = _declared
                .FirstOrDefault(known => known.Value.ClusterId == id.ClusterId && known.Key != urn)
                .Key;
            if (other is null)
                _declared[urn] = new Declared(id.ClusterId, inputs);

            return other;
        }
    }

    /// <summary>Read and Diff: notes what the state file says.</summary>
    public void Know(string urn, StandbyId id, RecordedLink? recorded)
    {
        lock (_lock)
        {
            if (recorded?.Anchor is { } anchor)
                _anchors[Key(urn, id)] = anchor;
            if (recorded is { Source.Password: null })
                _importedPasswords.Add(Key(urn, id));
        }
    }

    /// <summary>Whether the state file holds the placeholder of an import for the password, where a call of this run
    /// brought it.</summary>
    public bool IsPasswordImported(string urn, StandbyId id)
    {
        lock (_lock)
            return _importedPasswords.Contains(Key(urn, id));
    }

    /// <summary>The anchor that the state file has of a resource, where a call of this run brought it.</summary>
    public string? AnchorOf(string urn, StandbyId id)
    {
        lock (_lock)
            return _anchors.GetValueOrDefault(Key(urn, id));
    }

    /// <summary>Diff and Create: notes the incarnation that remains. A refresh compares before the program declares
    /// anything.</summary>
    public void Remain(string urn, StandbyId id, string? token)
    {
        lock (_lock)
        {
            if (_declared.ContainsKey(urn))
                _remaining[urn] = new Remaining(id.ClusterId, token);
        }
    }

    /// <summary>Import: the cluster's link remains with what was imported, whatever the deletion of what the state had
    /// before brings.</summary>
    public void Import(string urn, StandbyId id)
    {
        lock (_lock)
            _imported.Add(Key(urn, id));
    }

    /// <summary>Whether the cluster's link remains with another incarnation than the one with that token.</summary>
    public bool IsReplaced(string urn, StandbyId id, string? token)
    {
        lock (_lock)
        {
            return _imported.Contains(Key(urn, id))
                || _remaining.Any(known =>
                    known.Value.ClusterId == id.ClusterId && (known.Key != urn || known.Value.Token != token)
                );
        }
    }

    /// <summary>Whether the running program declares the resource, on any cluster.</summary>
    public bool IsDeclared(string urn)
    {
        lock (_lock)
            return _declared.ContainsKey(urn);
    }

    /// <summary>Whether the running program declares the resource on that cluster, and with which inputs; they are null
    /// while something of them is unknown.</summary>
    public bool IsDeclared(string urn, StandbyId id, out StandbyInputs? inputs)
    {
        lock (_lock)
        {
            var isDeclared = _declared.TryGetValue(urn, out var known) && known.ClusterId == id.ClusterId;
            inputs = isDeclared ? known!.Inputs : null;
            return isDeclared;
        }
    }

    /// <summary>The cluster from which the program lets another one replicate; null where it does not.</summary>
    public string? DeclaredSourceOf(string clusterId)
    {
        lock (_lock)
        {
            return _declared
                .Values.FirstOrDefault(known => known.ClusterId == clusterId && known.Inputs is { Promoted: false })
                ?.Inputs!.Link.SourceClusterId;
        }
    }

    /// <summary>Whether the program declares the cluster as promoted.</summary>
    public bool IsDeclaredPromoted(string clusterId)
    {
        lock (_lock)
            return _declared.Values.Any(known => known.ClusterId == clusterId && known.Inputs is { Promoted: true });
    }

    /// <summary>Create: notes that it has promoted the resource's standby, whose source stays read-only.</summary>
    public void Promote(string urn, string? source)
    {
        lock (_lock)
        {
            if (source is not null)
                _promotedFrom[urn] = source;
        }
    }

    /// <summary>The source from which this run has promoted the resource's new standby; null where it has not.</summary>
    public string? PromotedSourceOf(string urn)
    {
        lock (_lock)
            return _promotedFrom.GetValueOrDefault(urn);
    }

    /// <summary>Delete: notes the job that stopped a link. A resource that depends on one which is deleted before it is
    /// replaced is deleted before the program declares it, and created in the same run.</summary>
    public void Cut(StandbyId id, string jobId)
    {
        lock (_lock)
            _cuts[id.ClusterId] = jobId;
    }

    /// <summary>The job by which this run has stopped the cluster's link in deleting its resource, which an alias may
    /// have named otherwise.</summary>
    public string? CutOf(StandbyId id)
    {
        lock (_lock)
            return _cuts.GetValueOrDefault(id.ClusterId);
    }

    private static string Key(string urn, StandbyId id) => $"{id.ClusterId} {urn}";

    /// <summary>A resource that the running program declares; the inputs are null while something of them is
    /// unknown.</summary>
    private sealed record Declared(string ClusterId, StandbyInputs? Inputs);

    /// <summary>The incarnation that remains on a cluster; the token is null in states of version 0.1.0 that were
    /// imported.</summary>
    private sealed record Remaining(string ClusterId, string? Token);
}
