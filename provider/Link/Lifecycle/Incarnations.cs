using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What neither the cloud nor the state file shows: which half of a replacement a deletion is. A replacement
/// on the same cluster, such as <c>--replace</c> or a taint makes one, deletes a resource that has the URN and the id
/// of the one that goes on. Each Create therefore puts a random token, its incarnation, into the state, and this record
/// of one run knows:
/// <list type="bullet">
/// <item>Check: the program declares the resource, with these inputs; no incarnation of it is known yet.</item>
/// <item>Diff, after Check: the incarnation that the state file goes on with.</item>
/// <item>Create that ended with a link or a job: the new incarnation goes on.</item>
/// <item>Delete where another incarnation, or another resource, goes on with the cluster: the old half; the link is
/// left.</item>
/// <item>Delete of a declared resource otherwise: the first half of a replacement that deletes first; the link is
/// stopped to be started again.</item>
/// <item>Delete of a resource that is not declared: the resource's end.</item>
/// </list>
/// Every call for one resource of one provider instance comes to one process. Each run of the engine begins with
/// Configure.</summary>
internal sealed class Incarnations
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Incarnation> _byUrn = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _cuts = new(StringComparer.Ordinal);

    /// <summary>Check: notes what a resource declares; returns the URN of another that declares the cluster.</summary>
    public string? Declare(string urn, StandbyId id, StandbyInputs? inputs)
    {
        lock (_lock)
        {
            if (_byUrn.FirstOrDefault(other => other.Value.Id == id && other.Key != urn).Key is { } other)
                return other;

            _byUrn[urn] = new Incarnation(id, inputs, GoesOn: false, Token: null);
            return null;
        }
    }

    /// <summary>Diff and Create: notes the incarnation that goes on. A refresh compares before the program declares
    /// anything.</summary>
    public void GoesOn(string urn, StandbyId id, string? token)
    {
        lock (_lock)
        {
            if (_byUrn.TryGetValue(urn, out var declared) && declared.Id == id)
                _byUrn[urn] = declared with { GoesOn = true, Token = token };
        }
    }

    /// <summary>Whether the program goes on with the cluster's link, but not by the incarnation with that
    /// token.</summary>
    public bool IsReplaced(string urn, StandbyId id, string? token)
    {
        lock (_lock)
        {
            return _byUrn.Any(known =>
                known.Value.Id == id && known.Value.GoesOn && (known.Key != urn || known.Value.Token != token)
            );
        }
    }

    /// <summary>What the running program declares of that cluster under that URN; null where it does not.</summary>
    public Incarnation? Declared(string urn, StandbyId id)
    {
        lock (_lock)
        {
            return _byUrn.TryGetValue(urn, out var known) && known.Id == id ? known : null;
        }
    }

    /// <summary>Delete: notes the job that stopped a link. A resource that depends on one which is deleted before it is
    /// replaced is deleted before the program declares it, and created in the same run.</summary>
    public void Cut(string urn, string jobId) => _cuts[urn] = jobId;

    /// <summary>The job by which this run has stopped the resource's link in deleting it.</summary>
    public string? CutOf(string urn) => _cuts.GetValueOrDefault(urn);
}

/// <summary>A resource that the running program declares. The inputs are null while something of them is unknown, the
/// token (of the incarnation that goes on, where that is known) for an imported one.</summary>
internal sealed record Incarnation(StandbyId Id, StandbyInputs? Inputs, bool GoesOn, string? Token);
