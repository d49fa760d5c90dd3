namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The truth: what happened, and which cluster holds which writes. No list, directive or tab has a part in
/// it.</summary>
public sealed partial class SimulatedCloud
{
    private int _writes;

    /// <summary>Everything that truly happened, oldest first.</summary>
    public IReadOnlyList<WorldEvent> World => Now(_ => _world.ToList());

    /// <summary>A cluster's link to its source; null: it has none.</summary>
    public Link? LinkOf(string clusterId) => Now(_ => _clusters.Get(clusterId).Link);

    /// <summary>An application writes. The answer is the number of the write; null: the cluster did not acknowledge it,
    /// as it is a standby, read-only or not active.</summary>
    public int? WriteTo(string clusterId, string caller = "application") =>
        Now<int?>(at =>
        {
            if (_clusters.Find(clusterId) is not { Writable: true } cluster)
                return null;

            cluster.Write(++_writes, new Deed(at, caller));
            return _writes;
        });

    /// <summary>The writes that a cluster holds, in the order in which they reached it.</summary>
    public IReadOnlyList<int> DataOf(string clusterId) => Now(_ => _clusters.Get(clusterId).Data.Numbers.ToList());

    /// <summary>The writes that a cluster ever acknowledged, whatever became of them.</summary>
    public IReadOnlyList<int> AcknowledgedBy(string clusterId) =>
        World
            .Where(past => past.Kind == WorldEventKind.Write && past.ClusterId == clusterId)
            .Select(past => past.WriteNumber!.Value)
            .ToList();

    /// <summary>The writes that one cluster acknowledged and another does not hold.</summary>
    public IReadOnlyList<int> MissingWrites(string acknowledgedBy, string missingOn) =>
        AcknowledgedBy(acknowledgedBy).Except(DataOf(missingOn)).ToList();

    /// <summary>How far a standby is behind its source; null: it does not replicate.</summary>
    public TimeSpan? LagOf(string standbyId) => Now(at => _replication.LagOf(_clusters.Get(standbyId), at));

    /// <summary>Holds a standby behind its source until it is set otherwise: it receives no writes and cannot be
    /// promoted. What is set lasts for links to come.</summary>
    public void SetLagging(string standbyId, bool lagging = true) =>
        Now(at => _clusters.Get(standbyId).HoldBack(at, lagging ? DateTimeOffset.MaxValue : null));

    /// <summary>Holds a standby behind its source for a time; then it catches up.</summary>
    public void SetLagging(string standbyId, TimeSpan duration) =>
        Now(at => _clusters.Get(standbyId).HoldBack(at, at + duration));

    /// <summary>The cloud cuts a link without a job.</summary>
    public void CutLink(string standbyId) =>
        Now(at => _clusters.Get(standbyId).EndLink(LinkEnd.Unexplained, new Deed(at, Actor.Platform.Caller)));
}
