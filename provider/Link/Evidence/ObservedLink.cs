namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>A cluster's link as the evidence shows it.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Source">The source as far as it could be read; null where it could not.</param>
/// <param name="Job">The job that brought it there; null where the job is out of sight.</param>
/// <param name="StartJob">The start_standby job that made it; null where it is out of sight.</param>
internal sealed record ObservedLink(LinkState State, Source? Source = null, Job? Job = null, Job? StartJob = null)
{
    public static ObservedLink None { get; } = new(LinkState.None);

    /// <summary>Who submitted <see cref="Job"/>.</summary>
    public Attribution By { get; init; } = Attribution.Unknown;
    public Attribution StartedBy { get; init; } = Attribution.Unknown;

    /// <summary>The last service that failed after all of that.</summary>
    public Job? Failure { get; init; }

    /// <summary>The last stop or promotion among those.</summary>
    public Job? FailedEnd { get; init; }

    /// <summary>The last start_standby among those, and who submitted it.</summary>
    public Job? FailedStart { get; init; }
    public Attribution FailedStartBy { get; init; } = Attribution.Unknown;

    /// <summary>Whether an operation is under way that must end before another may begin.</summary>
    public bool IsBusy => State is LinkState.Starting or LinkState.Promoting or LinkState.Stopping;

    /// <summary>Whether the standby was cut loose: it may serve the application now.</summary>
    public bool IsFailedOver => State is LinkState.Promoted or LinkState.Stopped;

    /// <summary>A link is a resource's own when its start job says so or is the one that the state file names. Where
    /// the job does not say whose it is, or is out of the history, a link from the recorded source is.</summary>
    public bool IsOwn(RecordedLink? recorded) =>
        StartedBy.By == Submitter.ThisResource
        || (
            (recorded is null || Source?.IsOtherThan(recorded.Source) != true)
            && (StartJob is null || StartJob.Id == recorded?.JobId || !StartedBy.IsSomebodyElse)
        );

    /// <summary>What happened last, for messages.</summary>
    public string Summary =>
        (Job, State) switch
        {
            (null, LinkState.None) => "without a link",
            (null, _) => $"{State.Text()} by a job that is out of the job history",
            (_, LinkState.None) => $"changed by job {Job.Id} ({Timestamp.Of(Job.CreatedAt)}), which cannot be read",
            _ => $"{State.Text()} by job {Job.Id} ({Job.Request?.Service ?? Job.Action}, {Timestamp.Of(Job.CreatedAt)}"
                + (By.By == Submitter.Unknown ? ")" : $", submitted by {By.Words})"),
        };
}

/// <summary>A standby cluster and its link, as they are now, and the jobs that were seen in finding that out.</summary>
internal sealed record ObservedStandby(Cluster Cluster, ObservedLink Link, IReadOnlyList<string> SeenJobs)
{
    /// <summary>How long the last full copy took that ended well; null where the jobs show none.</summary>
    public TimeSpan? LastFullCopy { get; init; }

    /// <summary>The standby once a job of this very operation has ended well: that needs no second look. What was
    /// submitted counts: the job's directive may show less.</summary>
    public ObservedStandby After(Job ended, Purpose purpose, ServiceRequest request)
    {
        var job = ended with { Request = request };
        var by = new Attribution(Submitter.ThisResource, purpose);
        var end = purpose is Purpose.Promote or Purpose.PromoteToDelete ? LinkState.Promoted : LinkState.Stopped;
        var link =
            purpose == Purpose.Start
                ? new ObservedLink(LinkState.Replicating, Source.Of(request.Link!), job, job)
                {
                    By = by,
                    StartedBy = by,
                }
                : new ObservedLink(end, Link.Source, job, Link.StartJob) { By = by, StartedBy = Link.StartedBy };
        return this with { Link = link, SeenJobs = [.. SeenJobs, job.Id] };
    }
}
