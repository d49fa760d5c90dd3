using static QingCloudMySqlStandby.Simulator.Domain.WorldEventKind;

namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>A link as it truly was.</summary>
internal sealed class TrueLink(WorldEvent linked, DateTimeOffset submittedAt)
{
    public WorldEvent Linked => linked;
    public DateTimeOffset SubmittedAt => submittedAt;
    public string ClusterId => linked.ClusterId;
    public string SourceId => linked.Source!.ClusterId;
    public bool Replicating { get; set; }
    public WorldEvent? End { get; set; }
    public bool Failed => End?.Cause == LinkEnd.StartFailed;
    public bool Promoted => End?.Cause == LinkEnd.PromoteStandby;
}

/// <summary>A cluster as it truly is.</summary>
internal sealed class TrueCluster
{
    public List<WorldEvent> Past { get; } = [];
    public List<TrueLink> Links { get; } = [];
    public TrueLink? Link => Links is [.., { End: null } open] ? open : null;
    public TrueLink? LastLink => Links.FindLast(link => !link.Failed);

    /// <summary>What ended its link, and such events since, oldest first. A failed start changes nothing here.</summary>
    public List<WorldEvent> Ends { get; } = [];

    /// <summary>What made it read-only; null: it is not.</summary>
    public WorldEvent? Fence { get; private set; }
    public WorldEvent? Last => Past.FindLast(past => past.Kind != Write);
    public WorldEvent? Submitted => Past.FindLast(past => past.Kind == WorldEventKind.Submitted);
    public bool Deleted => Power is ClusterDeleted or ClusterCeased or ClusterForgotten;
    public bool Writable =>
        (Link, Fence, Deleted) == (null, null, false) && Power is not (ClusterStopped or ClusterSuspended);
    private WorldEventKind? Power => Past.FindLast(past => past.Kind <= ClusterForgotten)?.Kind;

    public DateTimeOffset SubmittedAt(WorldEvent past) => Past.Find(each => each.JobId == past.JobId)?.At ?? past.At;

    public void Add(WorldEvent past)
    {
        var link = Link;
        // Whoever stops a cluster that has no link does not want one either.
        var stops =
            past.Operation == "stop_standby" || past.Kind is ClusterStopped or ClusterSuspended or ClusterDeleted;
        if (link is null ? stops && Ends.Count > 0 : past.Kind == LinkEnded && past.Cause != LinkEnd.StartFailed)
            Ends.Add(past);
        else if (past.Kind == Replicating)
            Ends.Clear();
        if (past.Kind == Linked)
            Links.Add(new TrueLink(past, SubmittedAt(past)));
        if (past.Kind is ReadOnlyOn or ReadOnlyOff)
            Fence = past.Kind == ReadOnlyOn ? past : null;
        link?.Replicating |= past.Kind == Replicating;
        link?.End = past.Kind == LinkEnded ? past : null;
        Past.Add(past);
    }
}

/// <summary>All clusters after a part of the history.</summary>
internal sealed class World
{
    private readonly Dictionary<string, TrueCluster> _clusters = [];
    public IEnumerable<TrueLink> Links => _clusters.Values.SelectMany(each => each.Links);
    public IEnumerable<WorldEvent> Fences => _clusters.Values.Select(each => each.Fence).OfType<WorldEvent>();

    public TrueCluster Of(string? id) => _clusters.GetValueOrDefault(id ?? "") ?? new TrueCluster();

    public void Add(WorldEvent past) => (_clusters[past.ClusterId] = Of(past.ClusterId)).Add(past);
}
