namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What can happen to a cluster, as <see cref="SimulatedCloud.History"/> names it.</summary>
public enum ClusterEventKind
{
    /// <summary>A full copy began to replace the cluster's data.</summary>
    Overwritten,

    /// <summary>The cluster became read-only and began to replicate.</summary>
    Linked,
    StartFailed,
    Stopped,
    Promoted,
    StatusChanged,
}

/// <summary>Something that happened to a cluster. <paramref name="Before"/>: how its link before had ended.</summary>
public sealed record ClusterEvent(
    DateTimeOffset At,
    string ClusterId,
    ClusterEventKind Kind,
    string? JobId,
    Release Before
)
{
    /// <summary>The part of the true history that concerns links and statuses.</summary>
    internal static IEnumerable<ClusterEvent> Of(IEnumerable<WorldEvent> world)
    {
        var releases = new Dictionary<string, Release>(StringComparer.Ordinal);
        foreach (var past in world)
        {
            var before = releases.GetValueOrDefault(past.ClusterId);
            if (KindOf(past) is not { } kind)
            {
                if (past.Kind == WorldEventKind.Replicating)
                    releases[past.ClusterId] = Release.None;

                continue;
            }

            yield return new ClusterEvent(past.At, past.ClusterId, kind, past.JobId, before);
            if (kind is ClusterEventKind.Stopped or ClusterEventKind.Promoted)
                releases[past.ClusterId] = kind == ClusterEventKind.Promoted ? Release.Promoted : Release.Stopped;
        }
    }

    private static ClusterEventKind? KindOf(WorldEvent past) =>
        (past.Kind, past.Cause) switch
        {
            (WorldEventKind.Overwritten, _) => ClusterEventKind.Overwritten,
            (WorldEventKind.Linked, _) => ClusterEventKind.Linked,
            (_, LinkEnd.StartFailed) => ClusterEventKind.StartFailed,
            (_, LinkEnd.PromoteStandby) => ClusterEventKind.Promoted,
            (WorldEventKind.LinkEnded, _) => ClusterEventKind.Stopped,
            (
                WorldEventKind.ClusterStopped
                    or WorldEventKind.ClusterStarted
                    or WorldEventKind.ClusterSuspended
                    or WorldEventKind.ClusterResumed
                    or WorldEventKind.ClusterDeleted
                    or WorldEventKind.ClusterRecovered
                    or WorldEventKind.ClusterCeased,
                _
            ) => ClusterEventKind.StatusChanged,
            _ => null,
        };
}
