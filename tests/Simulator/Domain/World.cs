namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What can truly happen to a cluster.</summary>
public enum WorldEventKind
{
    ClusterAdded,
    ClusterStopped,
    ClusterStarted,
    ClusterSuspended,
    ClusterResumed,
    ClusterDeleted,
    ClusterRecovered,

    /// <summary>The recycle time of a deleted cluster has ended; it cannot be recovered.</summary>
    ClusterCeased,

    /// <summary>The cloud has removed every trace of the cluster.</summary>
    ClusterForgotten,

    /// <summary>A change was accepted and made a job.</summary>
    Submitted,

    /// <summary>A full copy of the source began to replace the cluster's data.</summary>
    Overwritten,

    /// <summary>The cluster became a read-only standby.</summary>
    Linked,

    /// <summary>The start has ended; the standby receives the source's writes.</summary>
    Replicating,

    LinkEnded,
    ReadOnlyOn,
    ReadOnlyOff,

    /// <summary>An application's write was acknowledged.</summary>
    Write,
}

/// <summary>What ended a link.</summary>
public enum LinkEnd
{
    StopStandby,
    PromoteStandby,
    ClusterStopped,
    ClusterSuspended,
    ClusterDeleted,

    /// <summary>The start that made the link failed.</summary>
    StartFailed,

    /// <summary>The cloud cut the link itself, without a job.</summary>
    Unexplained,
}

/// <summary>Something that truly happened, whatever any list shows.</summary>
/// <param name="Caller">Who did it: the label of an HTTP client, <c>console</c>, <c>timer</c>, <c>platform</c>,
/// <c>script:KEY</c> or <c>application</c>.</param>
/// <param name="JobId">The job that did it; null: it happened without one.</param>
public sealed record WorldEvent(
    DateTimeOffset At,
    string ClusterId,
    WorldEventKind Kind,
    string Caller,
    string? JobId = null
)
{
    /// <summary>The service or action of a <see cref="WorldEventKind.Submitted"/> change, such as
    /// <c>stop_standby</c> or <c>StopClusters</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>The source of a cluster that was linked.</summary>
    public SourceEndpoint? Source { get; init; }

    /// <summary>How a cluster was linked.</summary>
    public SyncWay? SyncWay { get; init; }

    /// <summary>What ended the link.</summary>
    public LinkEnd? Cause { get; init; }

    /// <summary>The number of a write; numbers grow over the whole cloud.</summary>
    public int? WriteNumber { get; init; }
}

/// <summary>Who does something, when, and by which job.</summary>
internal sealed record Deed(DateTimeOffset At, string Caller, string? JobId = null);
