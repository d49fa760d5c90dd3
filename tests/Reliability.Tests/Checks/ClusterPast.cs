namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>What befell one cluster, and through whom, as only the simulator knows it.</summary>
internal sealed class ClusterPast(TestEnvironment environment, string clusterId)
{
    private readonly List<JobView> _jobs =
    [
        .. environment
            .Cloud.Jobs.Where(job => job.ClusterId == clusterId && job.Service is not null)
            .OrderBy(job => job.Number),
    ];

    private readonly List<ClusterEvent> _events =
    [
        .. environment.Cloud.History.Where(past => past.ClusterId == clusterId),
    ];

    /// <summary>The standby services that ran, oldest first.</summary>
    public IReadOnlyList<JobView> Jobs => _jobs;

    public IReadOnlyList<ClusterEvent> Events => _events;

    /// <summary>Whether the job history shows what came before and not what came after it: then it shows another
    /// story.</summary>
    public bool IsMisleading =>
        _jobs.Exists(job =>
            !job.Visible
            && environment.Cloud.Jobs.Any(older => older.Visible && older.Zone == job.Zone && older.Number < job.Number)
        );

    /// <summary>Whether the job was made by a call, not at the console.</summary>
    public static bool IsByApi(JobView job) => job.Request.Channel == Channel.Api;

    /// <summary>The start job whose link there was, or was being made, at that time.</summary>
    public JobView? LinkBefore(DateTimeOffset time, string? otherThan = null)
    {
        var start = _jobs.LastOrDefault(job =>
            job.Service == "start_standby" && job.CreatedAt < time && job.Id != otherThan
        );
        var isOver = start is not null && _events.Exists(past => IsEnd(past, start) && past.At < time);
        return isOver ? null : start;
    }

    /// <summary>How the cluster was last cut loose before that time, unless a start of ours came after; null when it
    /// was not.</summary>
    public ClusterEvent? ReleaseBefore(DateTimeOffset time, string? otherThan = null)
    {
        var release = _events.LastOrDefault(past =>
            past.Kind is ClusterEventKind.Stopped or ClusterEventKind.Promoted && past.At < time
        );
        var isTakenBack =
            release is not null
            && _jobs.Any(job =>
                job.Service == "start_standby"
                && job.Id != otherThan
                && job.CreatedAt >= release.At
                && job.CreatedAt < time
            );
        return isTakenBack ? null : release;
    }

    /// <summary>Whether anything happened after that time that a look at that time could not have seen.</summary>
    public bool HasChangedSince(DateTimeOffset time) =>
        _events.Exists(past => past.At >= time) || _jobs.Exists(job => job.ShownAt >= time || job.StatusAt >= time);

    /// <summary>Whether somebody else did anything after that time.</summary>
    public bool WasInterferedWithSince(DateTimeOffset time) =>
        _events.Exists(past => past.At >= time && !_jobs.Exists(job => job.Id == past.JobId && IsByApi(job)))
        || _jobs.Exists(job => !IsByApi(job) && (job.CreatedAt >= time || job.StatusAt >= time));

    private static bool IsEnd(ClusterEvent past, JobView start) =>
        past.Kind switch
        {
            ClusterEventKind.StartFailed => past.JobId == start.Id,
            ClusterEventKind.Stopped or ClusterEventKind.Promoted => past.At > start.CreatedAt,
            _ => false,
        };
}
