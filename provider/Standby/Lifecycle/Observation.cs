using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>Turns what was seen of a standby into the resource's outputs.</summary>
internal static class Observation
{
    /// <summary>The outputs after a job of ours ended well.</summary>
    public static StandbyState Of(Cluster cluster, LinkState state, Job job, DateTimeOffset? startedAt = null) =>
        new(state, job.Id, startedAt ?? job.CreatedAt, cluster.Name, cluster.Status);

    /// <summary>The outputs of a live standby; where the jobs are out of sight, what the state file knew of them stays.</summary>
    public static StandbyState Of(LiveStandby live, KnownLink? known)
    {
        var link = live.Link;
        var unfinished = UnfinishedStart.Is(known, link);
        var state = unfinished ? LinkState.Starting : StateOf(link);
        return new StandbyState(
            state,
            (unfinished ? null : link.Phase == LinkPhase.Stopping ? link.StartJob?.Id : link.Job?.Id) ?? known?.JobId,
            link.StartJob?.CreatedAt ?? known?.StartedAt,
            live.Cluster.Name,
            live.Cluster.Status);
    }

    /// <summary>A stop that is under way may still fail: until it has ended, the link is up.</summary>
    private static LinkState StateOf(Link link) => link.Phase switch
    {
        LinkPhase.Starting => LinkState.Starting,
        LinkPhase.Replicating or LinkPhase.Stopping => LinkState.Replicating,
        LinkPhase.Promoting => LinkState.Promoting,
        LinkPhase.Promoted => LinkState.Promoted,
        _ => LinkState.Stopped,
    };
}
