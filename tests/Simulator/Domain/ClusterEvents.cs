namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What can befall a cluster.</summary>
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

/// <summary>Something that befell a cluster. <paramref name="Before"/>: how its link before had ended.</summary>
public sealed record ClusterEvent(
    DateTimeOffset At,
    string ClusterId,
    ClusterEventKind Kind,
    string? JobId,
    Release Before
);
