namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>Reads a link out of the standby services that ran on a cluster. QingCloud has no call that says "this
/// cluster replicates from that one", but every way to change it, the console included, is a job whose directive says
/// what was asked.</summary>
internal static class JobEvidence
{
    /// <summary>The link that these jobs, newest first, leave behind; null when they decide nothing.</summary>
    /// <param name="history">The custom services that ran on the cluster.</param>
    /// <param name="recorded">What the state file says; it says what a job of ours is whose directive cannot be
    /// read.</param>
    /// <param name="attributions">Whose the jobs are.</param>
    public static ObservedLink? Read(IReadOnlyList<Job> history, RecordedLink? recorded, Attributions attributions)
    {
        var jobs = history.Select(job => Readable(job, recorded)).ToList();
        var decisive = jobs.FirstOrDefault(Decides);
        var failures = jobs.TakeWhile(job => job != decisive).ToList();
        var link = decisive is null ? ObservedLink.None : Decided(jobs, decisive, attributions);
        return decisive is null && failures.Count == 0 ? null : Failed(link, failures, attributions);
    }

    private static ObservedLink Decided(List<Job> jobs, Job decisive, Attributions attributions)
    {
        var start = jobs.SkipWhile(job => job != decisive).FirstOrDefault(IsStart);
        var source = start?.Request?.Link is { } link ? Source.Of(link) : null;
        return new ObservedLink(StateAfter(decisive), source, decisive, start)
        {
            By = attributions.Of(decisive),
            StartedBy = By(start, attributions),
        };
    }

    private static Attribution By(Job? job, Attributions attributions) =>
        job is null ? Attribution.Unknown : attributions.Of(job);

    private static ObservedLink Failed(ObservedLink link, List<Job> failures, Attributions attributions)
    {
        var start = failures.FirstOrDefault(job => job.Request?.Service == ServiceNames.StartStandby);
        var end = failures.FirstOrDefault(
            job => job.Request?.Service is ServiceNames.StopStandby or ServiceNames.PromoteStandby);
        return link with
        {
            Failure = failures.FirstOrDefault(),
            FailureBy = By(failures.FirstOrDefault(), attributions),
            FailedStart = start,
            FailedStartBy = By(start, attributions),
            FailedEnd = end,
            FailedEndBy = By(end, attributions),
        };
    }

    /// <summary>While a job that the state file waits for is under way, it is waited for, readable or not. Once it has
    /// ended, a job that cannot be read decides nothing: it may have been any service.</summary>
    private static Job Readable(Job job, RecordedLink? recorded)
    {
        var service = recorded?.State switch
        {
            LinkState.Starting => ServiceNames.StartStandby,
            LinkState.Promoting => ServiceNames.PromoteStandby,
            _ => null,
        };
        return service is not null && job.Request is null && job.Id == recorded?.JobId && !job.HasEnded
            ? job with { Request = new ServiceRequest(service, "", "", Link: null) }
            : job;
    }

    /// <summary>A job that failed should have changed nothing, so that the one before it decides; <see
    /// cref="FailedService"/> looks whether that is so.</summary>
    private static bool Decides(Job job) => job.Status != JobStatus.Failed;

    private static bool IsStart(Job job) => Decides(job) && job.Request?.Service == ServiceNames.StartStandby;

    private static LinkState StateAfter(Job job) => (job.Request?.Service, job.Status == JobStatus.Successful) switch
    {
        (ServiceNames.StartStandby, true) => LinkState.Replicating,
        (ServiceNames.StartStandby, false) => LinkState.Starting,
        (ServiceNames.PromoteStandby, true) => LinkState.Promoted,
        (ServiceNames.PromoteStandby, false) => LinkState.Promoting,
        (ServiceNames.StopStandby, true) => LinkState.Stopped,
        (ServiceNames.StopStandby, false) => LinkState.Stopping,
        _ => LinkState.None,
    };
}
