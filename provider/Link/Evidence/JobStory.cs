namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>What a cluster's jobs did to its link, one after the other. A job that failed may have done its work
/// anyway: it is kept apart until other evidence shows what it did.</summary>
internal sealed record JobStory
{
    /// <summary>The job that is under way.</summary>
    public Job? UnderWay { get; private init; }

    /// <summary>The last start that succeeded.</summary>
    public Job? Start { get; private init; }

    /// <summary>The first job that ended a link after the last start; a start that failed counts as one, because it may
    /// have made a link.</summary>
    public Job? End { get; private init; }

    /// <summary>Every successful job of these kinds from <see cref="End"/> on, the oldest first: a cluster without a link
    /// may be stopped or promoted once more.</summary>
    public IReadOnlyList<Job> Ends { get; private init; } = [];

    /// <summary>The last start that failed after that.</summary>
    public Job? FailedStart { get; private init; }

    /// <summary>The last stop or promotion that failed after that.</summary>
    public Job? FailedEnd { get; private init; }

    /// <summary>The last job after that whose directive shows nothing.</summary>
    public Job? Unreadable { get; private init; }

    /// <summary>Every job since the last start that may have ended its link, the oldest first. Where there are several,
    /// naming one of them says nothing of the others.</summary>
    public IReadOnlyList<Job> PossibleEnds { get; private init; } = [];

    /// <summary>Whether any job is a standby service: then the cluster was, or may have been, linked.</summary>
    public bool HasServices { get; private init; }

    /// <summary>Reads jobs.</summary>
    /// <param name="jobs">The jobs on the cluster, in any order.</param>
    /// <param name="anchor">The job that is known to have started a link, whatever is shown of it; null where none
    /// is.</param>
    /// <param name="isComplete">Whether older jobs on the cluster are known not to matter.</param>
    /// <param name="statusAt">When the cluster's status last changed; null where QingCloud does not say.</param>
    public static JobStory Of(IEnumerable<Job> jobs, string? anchor, bool isComplete, DateTimeOffset? statusAt)
    {
        var story = new JobStory();
        foreach (var job in InOrder(jobs))
        {
            story =
                job.Id == anchor && job.HasEnded
                    ? new JobStory { Start = job, HasServices = true }
                    : story.After(job, isComplete, statusAt);
        }

        return story;
    }

    /// <summary>A cluster runs one operation at a time. Of jobs that were made in the same second, the one that ended
    /// first came first; where that is the same too, a restart's stop comes before its start.</summary>
    private static IEnumerable<Job> InOrder(IEnumerable<Job> jobs) =>
        jobs.OrderBy(job => job.CreatedAt)
            .ThenBy(job => job.HasEnded ? job.ChangedAt : DateTimeOffset.MaxValue)
            .ThenBy(job => job.Kind() == JobKind.Start);

    private JobStory After(Job job, bool isComplete, DateTimeOffset? statusAt) =>
        job.Kind() switch
        {
            JobKind.Start => AfterStart(job) with { HasServices = true },
            JobKind.Stop or JobKind.Promote => AfterEnd(job) with { HasServices = true },
            JobKind.Unreadable when !job.HasEnded => this with { UnderWay = job },
            JobKind.Unreadable => this with { Unreadable = job, PossibleEnds = [.. PossibleEnds, job] },
            JobKind.ClusterLife => AfterClusterLife(job, isComplete, statusAt),
            _ => this,
        };

    private JobStory AfterStart(Job job) =>
        !job.HasEnded ? this with { UnderWay = job }
        : job.Status == JobStatus.Failed ? this with { FailedStart = job }
        : new JobStory { Start = job };

    private JobStory AfterEnd(Job job)
    {
        if (!job.HasEnded)
            return this with { UnderWay = job };

        // What has ended cannot end again, unless a job in between may have made a link.
        var hasEnded = End is not null && FailedStart is null && Unreadable is null;
        if (hasEnded)
            return job.Status == JobStatus.Failed ? this : this with { Ends = [.. Ends, job] };

        return job.Status == JobStatus.Failed
            ? this with
            {
                FailedEnd = job,
                PossibleEnds = [.. PossibleEnds, job],
            }
            : this with
            {
                End = job,
                Ends = [job],
                FailedStart = null,
                FailedEnd = null,
                Unreadable = null,
                PossibleEnds = [.. PossibleEnds, job],
            };
    }

    private JobStory AfterClusterLife(Job job, bool isComplete, DateTimeOffset? statusAt)
    {
        // A cluster that was never linked loses nothing when it is stopped.
        var mayBeLinked = HasServices || Unreadable is not null || !isComplete;
        var hadNoEffect = job.Status == JobStatus.Failed && statusAt < job.CreatedAt;
        return mayBeLinked && !hadNoEffect ? AfterEnd(job) : this;
    }
}
