namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>A stop of ours that was to be followed by a start (another source or address, a replacement), whose start
/// has not come about: the run was interrupted or killed, or the start failed. Only such a stop may be followed by a
/// start without anybody's consent.</summary>
internal static class BrokenOffRestart
{
    /// <summary><paramref name="cutBy"/> is the job by which this process has deleted it, in a replacement.</summary>
    public static bool Is(ObservedLink link, RecordedLink? recorded, string? cutBy)
    {
        if (link is not { State: LinkState.Stopped or LinkState.Stopping, Job: { } stop })
            return false;

        // What the program has accepted with promoted: true stays accepted.
        var isAccepted = recorded is { State: LinkState.Stopped } && recorded.JobId == stop.Id;
        return !isAccepted
            && (
                stop.Id == cutBy
                || link.By.By switch
                {
                    Submitter.ThisResource => link.By.Purpose == Purpose.StopToStart,

                    // Where the job does not say what it was for, the state file does: it names the stop or the start that
                    // failed after it.
                    Submitter.Unknown or Submitter.SameKey => recorded
                        is { State: LinkState.Starting, JobId: { } jobId }
                        && (stop.Id == jobId || link.FailedStart?.Id == jobId),
                    _ => false,
                }
            );
    }
}
