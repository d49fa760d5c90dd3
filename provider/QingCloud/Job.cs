namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A job, as <c>DescribeJobs</c> tells it.</summary>
/// <param name="Id">The job's id, <c>j-...</c>.</param>
/// <param name="Action">The API action that made it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RawStatus">The status as QingCloud words it.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ChangedAt">When its status last changed, UTC.</param>
/// <param name="ErrorCodes">QingCloud's error codes of a failed job; empty where it gives none.</param>
/// <param name="ResourceIds">The resources that it concerns.</param>
/// <param name="Request">The request that made it, where it was a custom service's and could be read.</param>
public sealed record Job(
    string Id,
    string Action,
    JobStatus Status,
    string RawStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string ErrorCodes,
    IReadOnlyList<string> ResourceIds,
    ServiceRequest? Request)
{
    /// <summary>Whether it has come to its end, well or badly: then it stays as it is.</summary>
    public bool HasEnded => Status is JobStatus.Successful or JobStatus.Failed;
}

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Waiting for its turn (<c>pending</c>).</summary>
    Pending,

    /// <summary>Under way (<c>working</c>, and every word that is not known here: a job ends only when QingCloud says so).</summary>
    Working,

    /// <summary>Ended well (<c>successful</c>).</summary>
    Successful,

    /// <summary>Ended badly (<c>failed</c>, <c>done with failure</c>).</summary>
    Failed,
}

/// <summary>
/// The request that made a job, read from its directive. <paramref name="Link"/> holds whatever the directive told of
/// <c>start_standby</c>'s parameters; it is null for the other services and where the directive could not be read.
/// </summary>
public sealed record ServiceRequest(string Service, string ClusterId, string Zone, LinkParameters? Link);

/// <summary>The standby services that ran on a cluster.</summary>
/// <param name="Jobs">
/// Newest first. Only <c>RunClusterCustomService</c> jobs of <see cref="ServiceNames"/> on that cluster, and those whose service
/// could not be told (their <see cref="Job.Request"/> is null: any of the services may stand behind them).
/// </param>
/// <param name="IsComplete">Whether the read reached the asked-for time or the beginning of the account's history.</param>
public sealed record JobHistory(IReadOnlyList<Job> Jobs, bool IsComplete)
{
    /// <summary>When the oldest job that the read saw was made, whatever it was for: none after it was missed. Null where it saw none.</summary>
    public DateTimeOffset? Oldest { get; init; }
}
