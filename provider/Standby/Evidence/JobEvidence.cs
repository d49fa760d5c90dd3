using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>
/// Reads a link out of the standby services that ran on a cluster. QingCloud has no call that says "this cluster replicates from
/// that one", but every way to change it, the console included, is a job whose directive says what was asked.
/// </summary>
internal static class JobEvidence
{
    /// <summary>The link that these jobs, newest first, leave behind; null when they decide nothing.</summary>
    /// <param name="history">The custom services that ran on the cluster.</param>
    /// <param name="known">What the state file says; it tells what a job of ours is whose directive cannot be read.</param>
    public static Link? Read(IReadOnlyList<Job> history, KnownLink? known = null)
    {
        var jobs = history.Select(job => Told(job, known)).ToList();
        var decisive = jobs.FirstOrDefault(Decides);
        var failures = jobs.TakeWhile(job => job != decisive).ToList();
        var failedStart = failures.FirstOrDefault(IsFailedStart);
        if (decisive is null)
        {
            return failures.Count == 0 ? null : Link.None with { FailedStart = failedStart, Failure = failures[0] };
        }

        var start = jobs.SkipWhile(job => job != decisive).FirstOrDefault(IsStart);
        var source = start?.Request?.Link is { } link ? Source.Of(link) : null;
        return new Link(PhaseAfter(decisive), source, decisive, start, failedStart) { Failure = failures.FirstOrDefault() };
    }

    /// <summary>
    /// While a job that the state file waits for is under way, it is waited for, readable or not. Once it has ended, a job that
    /// cannot be read decides nothing: it may have been any service.
    /// </summary>
    private static Job Told(Job job, KnownLink? known) =>
        job.Request is null && job.Id == known?.JobId && !job.HasEnded
            ? known?.State switch
            {
                LinkState.Starting => job with { Request = new ServiceRequest(ServiceNames.StartStandby, "", "", Link: null) },
                LinkState.Promoting => job with { Request = new ServiceRequest(ServiceNames.PromoteStandby, "", "", Link: null) },
                _ => job,
            }
            : job;

    /// <summary>
    /// A job that failed should have changed nothing, so that the one before it decides; <see cref="AfterFailure"/> looks whether
    /// that is so.
    /// </summary>
    private static bool Decides(Job job) => job.Status != JobStatus.Failed;

    private static bool IsStart(Job job) => Decides(job) && job.Request?.Service == ServiceNames.StartStandby;

    private static bool IsFailedStart(Job job) =>
        job.Status == JobStatus.Failed && job.Request?.Service == ServiceNames.StartStandby;

    private static LinkPhase PhaseAfter(Job job)
    {
        var ended = job.Status == JobStatus.Successful;
        return job.Request?.Service switch
        {
            ServiceNames.StartStandby => ended ? LinkPhase.Replicating : LinkPhase.Starting,
            ServiceNames.PromoteStandby => ended ? LinkPhase.Promoted : LinkPhase.Promoting,
            ServiceNames.StopStandby => ended ? LinkPhase.Stopped : LinkPhase.Stopping,
            _ => LinkPhase.None,
        };
    }
}
