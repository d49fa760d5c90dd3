namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>Whether a running link is the one that a state file speaks of.</summary>
internal static class Ownership
{
    /// <summary>A link is the resource's own when its start job says so or is the one that the state file names. Where
    /// the job does not say whose it is, or is out of the history, a link from the recorded source is.</summary>
    public static bool IsOwn(ObservedLink link, RecordedLink? recorded)
    {
        if (link.StartedBy.By == Submitter.ThisResource)
            return true;

        var isOtherSource = recorded is not null && link.Source?.IsOtherThan(recorded.Source) == true;
        return !isOtherSource
            && (link.StartJob is null || link.StartJob.Id == recorded?.JobId || !link.StartedBy.IsSomebodyElse);
    }
}
