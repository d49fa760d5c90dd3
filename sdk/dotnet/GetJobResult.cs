namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What <see cref="GetJob"/> answers.</summary>
[OutputType]
public sealed class GetJobResult
{
    /// <summary>The API action that made the job.</summary>
    public readonly string Action;

    /// <summary>When its status last changed, UTC, as <c>YYYY-MM-DDThh:mm:ssZ</c>.</summary>
    public readonly string ChangedAt;

    /// <summary>The cluster that the service runs on; absent for other jobs.</summary>
    public readonly string? ClusterId;

    /// <summary>When the job was made, UTC, as <c>YYYY-MM-DDThh:mm:ssZ</c>.</summary>
    public readonly string CreatedAt;

    /// <summary>Whether the job has ended, well or badly.</summary>
    public readonly bool Ended;

    /// <summary>QingCloud's error codes of a failed job; empty where it gives none.</summary>
    public readonly string ErrorCodes;

    /// <summary>Whether the job has ended badly.</summary>
    public readonly bool Failed;

    /// <summary>The job's id.</summary>
    public readonly string JobId;

    /// <summary>The custom service that the job runs, such as <c>start_standby</c>; absent for other jobs.</summary>
    public readonly string? Service;

    /// <summary>
    /// The status in QingCloud's words, such as <c>pending</c>, <c>working</c>, <c>successful</c>, <c>failed</c>,
    /// <c>done with failure</c>.
    /// </summary>
    public readonly string Status;

    /// <summary>
    /// Who submitted the job, in words, as far as the job shows it: <c>a resource of this provider</c>, <c>a user at
    /// the console</c>, ...
    /// </summary>
    public readonly string SubmittedBy;

    /// <summary>The job's zone.</summary>
    public readonly string Zone;

    [OutputConstructor]
    private GetJobResult(
        string action,
        string changedAt,
        string? clusterId,
        string createdAt,
        bool ended,
        string errorCodes,
        bool failed,
        string jobId,
        string? service,
        string status,
        string submittedBy,
        string zone
    )
    {
        Action = action;
        ChangedAt = changedAt;
        ClusterId = clusterId;
        CreatedAt = createdAt;
        Ended = ended;
        ErrorCodes = errorCodes;
        Failed = failed;
        JobId = jobId;
        Service = service;
        Status = status;
        SubmittedBy = submittedBy;
        Zone = zone;
    }
}
