namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>A cluster's link as the evidence shows it.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Source">The source as far as it could be read; null where it could not.</param>
/// <param name="Job">The job that brought it there; null where the job is out of sight.</param>
/// <param name="StartJob">The start_standby job that made it; null where it is out of sight.</param>
internal sealed record ObservedLink(LinkState State, Source? Source = null, Job? Job = null, Job? StartJob = null)
{
    public static ObservedLink None { get; } = new(LinkState.None);

    /// <summary>A start_standby that failed after all of that.</summary>
    public Job? FailedStart { get; init; }

    /// <summary>A service that failed after all of that, whichever was the last.</summary>
    public Job? Failure { get; init; }

    /// <summary>A stop or promotion that failed after all of that.</summary>
    public Job? FailedEnd { get; init; }

    /// <summary>Who submitted <see cref="Job"/>.</summary>
    public Attribution By { get; init; } = Attribution.Unknown;

    /// <summary>Who submitted <see cref="StartJob"/>.</summary>
    public Attribution StartedBy { get; init; } = Attribution.Unknown;

    /// <summary>Who submitted <see cref="FailedStart"/>.</summary>
    public Attribution FailedStartBy { get; init; } = Attribution.Unknown;

    /// <summary>Whether an operation is under way that must end before another may begin.</summary>
    public bool IsBusy => State is LinkState.Starting or LinkState.Promoting or LinkState.Stopping;

    /// <summary>Whether the standby was cut loose, by promotion or by a stop: it may serve the application
    /// now.</summary>
    public bool IsFailedOver => State is LinkState.Promoted or LinkState.Stopped;

    /// <summary>What happened last, for messages.</summary>
    public string Summary => (Job, State) switch
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
    /// <summary>How long the last full copy to this cluster took that ended well; null where the jobs show
    /// none.</summary>
    public TimeSpan? LastFullCopy { get; init; }

    /// <summary>The standby once a job of this very operation has ended well: that needs no second look.</summary>
    /// <param name="ended">The job.</param>
    /// <param name="purpose">What it was for.</param>
    /// <param name="request">What was submitted: the job's directive may show less.</param>
    public ObservedStandby After(Job ended, Purpose purpose, ServiceRequest request)
    {
        var job = ended with { Request = request };
        var by = new Attribution(Submitter.ThisResource, purpose);
        var link = purpose switch
        {
            Purpose.Start =>
                new ObservedLink(LinkState.Replicating, Source.Of(request.Link!), job, job) { StartedBy = by },
            Purpose.Promote or Purpose.PromoteToDelete => Loose(LinkState.Promoted),
            _ => Loose(LinkState.Stopped),
        };
        return this with { Link = link with { By = by }, SeenJobs = [.. SeenJobs, job.Id] };

        ObservedLink Loose(LinkState state) =>
            new(state, Link.Source, job, Link.StartJob) { StartedBy = Link.StartedBy };
    }
}
