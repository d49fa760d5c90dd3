namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Reads a link out of the standby services that ran on a cluster. QingCloud has no call that says "this
/// cluster replicates from that one", but every way to change it, the console included, is a job whose directive says
/// what was asked.</summary>
internal static class JobEvidence
{
    /// <summary>The link that these jobs, newest first, leave behind; null when they decide nothing.</summary>
    public static ObservedLink? Read(IReadOnlyList<Job> history, RecordedLink? recorded, Attributions attributions)
    {
        var jobs = history.Select(job => Readable(job, recorded)).ToList();
        if (jobs.Count == 0)
            return null;

        var decisive = jobs.Find(Decides);
        var start = jobs.Find(job => Decides(job) && IsStart(job));
        var source = start?.Request?.Link is { } link ? Source.Of(link) : null;
        var failures = jobs.TakeWhile(job => !Decides(job)).ToList();
        var failedStart = failures.Find(IsStart);
        return new ObservedLink(StateAfter(decisive), source, decisive, start)
        {
            By = attributions.Of(decisive),
            StartedBy = attributions.Of(start),
            Failure = failures.FirstOrDefault(),
            FailedStart = failedStart,
            FailedStartBy = attributions.Of(failedStart),
            FailedEnd = failures.Find(job =>
                job.Request?.Service is ServiceNames.StopStandby or ServiceNames.PromoteStandby
            ),
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
            ? job with
            {
                Request = new ServiceRequest(service, "", "", Link: null),
            }
            : job;
    }

    /// <summary>A job that failed should have changed nothing, so that the one before it decides; <see
    /// cref="FailedService"/> looks whether that is so.</summary>
    private static bool Decides(Job job) => job.Status != JobStatus.Failed;

    private static bool IsStart(Job job) => job.Request?.Service == ServiceNames.StartStandby;

    private static LinkState StateAfter(Job? job) =>
        (job?.Request?.Service, job?.Status == JobStatus.Successful) switch
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
