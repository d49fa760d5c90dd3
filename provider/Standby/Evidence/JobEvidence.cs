using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>
/// Reads a link out of the standby services that ran on a cluster. QingCloud has no call that says "this cluster replicates from
/// that one", but every way to change it, the console included, is a job whose directive says what was asked.
/// </summary>
internal static class JobEvidence
{
    /// <summary>The link that these jobs, newest first, leave behind; null when they decide nothing.</summary>
    public static Link? Read(IReadOnlyList<Job> jobs)
    {
        var decisive = jobs.FirstOrDefault(Decides);
        var failedStart = jobs.TakeWhile(job => job != decisive).FirstOrDefault(IsFailedStart);
        if (decisive is null)
        {
            return failedStart is null ? null : Link.None with { FailedStart = failedStart };
        }

        var start = jobs.SkipWhile(job => job != decisive).FirstOrDefault(IsStart);
        var source = start?.Request?.Link is { } link ? Source.Of(link) : null;
        return new Link(PhaseAfter(decisive), source, decisive, start, failedStart);
    }

    /// <summary>A job that failed changes nothing, so that the one before it decides.</summary>
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
