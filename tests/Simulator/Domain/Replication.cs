namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Lets the writes of sources reach their standbys. Nothing runs between looks: a look catches up with the
/// clock.</summary>
internal sealed class Replication(ClusterSet clusters, Func<Knobs> knobs)
{
    /// <summary>Moves what is due, along chains and circles of standbys too.</summary>
    public void Flow(DateTimeOffset at)
    {
        while (clusters.InOrder.Any(standby => Receive(standby, at))) { }

        foreach (var standby in clusters.InOrder)
            standby.SetCaughtUp(IsCaughtUp(standby, at));
    }

    /// <summary>The source as far as a standby can read it now; null: it is not there, or it does not run.</summary>
    public ClusterState? Readable(SourceEndpoint source) =>
        clusters.Find(source.ClusterId) is { Status: ClusterStatus.Active } known && known.Spec.Zone == source.Zone
            ? known
            : null;

    /// <summary>How long ago a standby stopped being up to date; null: it does not replicate.</summary>
    public TimeSpan? LagOf(ClusterState standby, DateTimeOffset at)
    {
        if (standby.Link is not { State: LinkState.Replicating } link)
            return null;

        var oldest = clusters.Find(link.Source.ClusterId) is { } source
            ? standby.Data.OldestMissing(source.Data)
            : null;
        var since = standby.HeldBackSince(at) is { } held && !(oldest < held) ? held : oldest;
        return since is null ? TimeSpan.Zero : at - since;
    }

    /// <summary>Whether the source no longer has a binary log that the standby would need to continue.</summary>
    public bool IsPurged(ClusterState standby, SourceEndpoint source, DateTimeOffset at) =>
        Readable(source) is { } known
        && standby.Data.OldestMissing(known.Data) is { } oldest
        && at - oldest > MySqlParameters.BinaryLogsKept(known.Parameters);

    private bool Receive(ClusterState standby, DateTimeOffset at) =>
        standby is { Link: { State: LinkState.Replicating } link, Status: ClusterStatus.Active }
        && standby.HeldBackSince(at) is null
        && Readable(link.Source) is { } source
        && standby.Data.Receive(source.Data, at, knobs().ReplicationDelay);

    private bool IsCaughtUp(ClusterState standby, DateTimeOffset at) =>
        standby.Link is { State: LinkState.Replicating } link
        && standby.HeldBackSince(at) is null
        && (clusters.Find(link.Source.ClusterId) is not { } source || standby.Data.HasAllOf(source.Data));
}
