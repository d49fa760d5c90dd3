namespace QingCloudMySqlStandby.Simulator.Domain;

public enum JobStatus
{
    Pending,
    Working,
    Successful,
    Failed,
    DoneWithFailure,
}

public enum JobOutcome
{
    Successful,
    Failed,
    DoneWithFailure,

    /// <summary>The job works for ever.</summary>
    Endless,
}

/// <summary>How the next jobs will go, when they are not to go well after the usual time.</summary>
public sealed record JobPlan
{
    /// <summary>A service (<c>start_standby</c>) or a job action (<c>DeleteClusters</c>); null: any.</summary>
    public string? Service { get; init; }

    public JobOutcome Outcome { get; init; }

    public string ErrorCodes { get; init; } = "";

    public TimeSpan? Duration { get; init; }

    /// <summary>For how long DescribeJobs does not know the new job.</summary>
    public TimeSpan HiddenFor { get; init; }

    /// <summary>How old the job is when DescribeJobs no longer knows it.</summary>
    public TimeSpan? VanishesAfter { get; init; }

    /// <summary>Whether the job does what it was for. Null: only a successful one does.</summary>
    public bool? TakesEffect { get; init; }

    /// <summary>For how many jobs the plan holds; null: for all that come.</summary>
    public int? Times { get; init; } = 1;
}

/// <summary>A job at one moment.</summary>
public sealed record JobView(
    string Id,
    int Number,
    string Action,
    string? Service,
    string ClusterId,
    string Zone,
    JobStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset StatusAt,
    string ErrorCodes,
    string Directive,
    bool Visible)
{
    public bool UnderWay => Status is JobStatus.Pending or JobStatus.Working;
}
