namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What DescribeJobs says of a job.</summary>
public enum JobStatus
{
    Pending,
    Working,
    Successful,
    Failed,
    DoneWithFailure,
}

/// <summary>How a job is to end, when nothing is in its way.</summary>
public enum JobOutcome
{
    Successful,
    Failed,
    DoneWithFailure,

    /// <summary>The job works for ever.</summary>
    Endless,
}

/// <summary>How the next jobs will go, when they are not to go well after the usual time.</summary>
/// <param name="Service">A service (<c>start_standby</c>) or a job action (<c>DeleteClusters</c>); null: any.</param>
/// <param name="Outcome">How they end.</param>
/// <param name="ErrorCodes">What they say when they have ended; empty: what is in their way, if anything is.</param>
/// <param name="Duration">How long they take; null: as long as usual.</param>
/// <param name="HiddenFor">For how long DescribeJobs does not know the new job.</param>
/// <param name="VanishesAfter">How old the job is when DescribeJobs no longer knows it.</param>
/// <param name="TakesEffect">Whether the job does what it was for. Null: only a successful one does.</param>
/// <param name="Echo">How much the job's directive echoes. Null: as much as the API is set to.</param>
/// <param name="Times">For how many jobs the plan holds; null: for all that come.</param>
public sealed record JobPlan(
    string? Service = null,
    JobOutcome Outcome = JobOutcome.Successful,
    string ErrorCodes = "",
    TimeSpan? Duration = null,
    TimeSpan HiddenFor = default,
    TimeSpan? VanishesAfter = null,
    bool? TakesEffect = null,
    Echo? Echo = null,
    int? Times = 1
);

/// <summary>A job at one moment.</summary>
/// <param name="Number">Grows with the order in which jobs were made.</param>
/// <param name="Echo">How much its directive echoes, where a plan said so.</param>
/// <param name="Visible">Whether DescribeJobs knows it.</param>
/// <param name="ShownAt">Since when DescribeJobs knows it.</param>
public sealed record JobView(
    string Id,
    int Number,
    string ClusterId,
    string Zone,
    JobStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset StatusAt,
    string ErrorCodes,
    JobRequest Request,
    Echo? Echo,
    bool Visible,
    DateTimeOffset ShownAt
)
{
    /// <summary>What was called, as <c>RunClusterCustomService</c>.</summary>
    public string Action => Request["action"]!;

    /// <summary>The custom service, as <c>start_standby</c>; null for other actions.</summary>
    public string? Service => Request["service"];

    /// <summary>Whether it has not ended.</summary>
    public bool UnderWay => Status is JobStatus.Pending or JobStatus.Working;
}
