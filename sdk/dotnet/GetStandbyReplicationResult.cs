namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What <see cref="GetStandbyReplication"/> answers.</summary>
[OutputType]
public sealed class GetStandbyReplicationResult
{
    /// <summary>The standby cluster's id.</summary>
    public readonly string ClusterId;

    /// <summary>The standby cluster's name.</summary>
    public readonly string ClusterName;

    /// <summary>The standby cluster's status, such as `active`.</summary>
    public readonly string ClusterStatus;

    /// <summary>The error codes of `failedJobId`.</summary>
    public readonly string? ErrorCodes;

    /// <summary>A start_standby job that failed after all of that.</summary>
    public readonly string? FailedJobId;

    /// <summary>The id to import the link by, `&lt;zone&gt;/&lt;clusterId&gt;`.</summary>
    public readonly string Id;

    /// <summary>The job that brought the link to its `state`.</summary>
    public readonly string? JobId;

    /// <summary>
    /// When this cluster was last promoted successfully, UTC, as `YYYY-MM-DDThh:mm:ssZ`; absent when the account's job
    /// history shows no such promotion.
    /// </summary>
    public readonly string? LastRehearsedAt;

    /// <summary>Whether the link is up: replicating, and not promoted or stopped yet.</summary>
    public readonly bool Linked;

    /// <summary>The source, as far as it could be read.</summary>
    public readonly Outputs.LinkSource? Source;

    /// <summary>When the link was started, UTC, as `YYYY-MM-DDThh:mm:ssZ`.</summary>
    public readonly string? StartedAt;

    /// <summary>
    /// `none`, `starting`, `replicating`, `promoting`, `promoted`, `stopping`, `stopped` or, where what could be read
    /// does not show it, `unknown`.
    /// </summary>
    public readonly string State;

    /// <summary>
    /// Who submitted `jobId`, in words, as far as the job shows it: `a resource of this provider`, `somebody at the
    /// console`, ...
    /// </summary>
    public readonly string? SubmittedBy;

    /// <summary>`full` or `increment`, as the link was started.</summary>
    public readonly string? SyncWay;

    /// <summary>The standby cluster's zone.</summary>
    public readonly string Zone;

    [OutputConstructor]
    private GetStandbyReplicationResult(
        string clusterId,
        string clusterName,
        string clusterStatus,
        string? errorCodes,
        string? failedJobId,
        string id,
        string? jobId,
        string? lastRehearsedAt,
        bool linked,
        Outputs.LinkSource? source,
        string? startedAt,
        string state,
        string? submittedBy,
        string? syncWay,
        string zone
    )
    {
        ClusterId = clusterId;
        ClusterName = clusterName;
        ClusterStatus = clusterStatus;
        ErrorCodes = errorCodes;
        FailedJobId = failedJobId;
        Id = id;
        JobId = jobId;
        LastRehearsedAt = lastRehearsedAt;
        Linked = linked;
        Source = source;
        StartedAt = startedAt;
        State = state;
        SubmittedBy = submittedBy;
        SyncWay = syncWay;
        Zone = zone;
    }
}
