namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What <see cref="GetStandbyReplication"/> answers.</summary>
[OutputType]
public sealed class GetStandbyReplicationResult
{
    /// <summary>The standby cluster's id.</summary>
    public readonly string ClusterId;

    /// <summary>The standby cluster's name.</summary>
    public readonly string ClusterName;

    /// <summary>The standby cluster's status, such as <c>active</c>.</summary>
    public readonly string ClusterStatus;

    /// <summary>The error codes of <c>failedJobId</c>.</summary>
    public readonly string? ErrorCodes;

    /// <summary>A start_standby job that failed after all of that.</summary>
    public readonly string? FailedJobId;

    /// <summary>The id to import the link by, <c>&lt;zone&gt;/&lt;clusterId&gt;</c>.</summary>
    public readonly string Id;

    /// <summary>The job that brought the link to its <c>state</c>.</summary>
    public readonly string? JobId;

    /// <summary>
    /// When this cluster was last promoted successfully, UTC, as <c>YYYY-MM-DDThh:mm:ssZ</c>; absent when the account's
    /// job history shows no such promotion.
    /// </summary>
    public readonly string? LastRehearsedAt;

    /// <summary>Whether the link is up: replicating, and not promoted or stopped yet.</summary>
    public readonly bool Linked;

    /// <summary>The source, as far as it could be read.</summary>
    public readonly Outputs.LinkSource? Source;

    /// <summary>When the link was started, UTC, as <c>YYYY-MM-DDThh:mm:ssZ</c>.</summary>
    public readonly string? StartedAt;

    /// <summary>
    /// <c>none</c>, <c>starting</c>, <c>replicating</c>, <c>promoting</c>, <c>promoted</c>, <c>stopping</c>,
    /// <c>stopped</c> or, where what could be read does not show it, <c>unknown</c>.
    /// </summary>
    public readonly string State;

    /// <summary>
    /// Who submitted <c>jobId</c>, in words, as far as the job shows it: <c>a resource of this provider</c>, <c>a user
    /// at the console</c>, ...
    /// </summary>
    public readonly string? SubmittedBy;

    /// <summary><c>full</c> or <c>increment</c>, as the link was started.</summary>
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
