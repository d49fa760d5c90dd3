using QingCloudMySqlStandby.Standby.Evidence;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>
/// A start of ours that an earlier run could not see through: its job failed later, or the update that stops and starts was
/// interrupted after its stop. The state file says <c>starting</c> and names our last job; only while that job is the last thing
/// that happened to the cluster is it ours to start again. Anything after it is somebody's decision.
/// </summary>
internal static class UnfinishedStart
{
    public static bool Is(KnownLink? known, Link link) =>
        known?.State == LinkState.Starting && link.Phase switch
        {
            // A job that cannot be read may have been anybody's: only when there is none at all was nothing done since.
            LinkPhase.None => link.Job is null,
            LinkPhase.Stopped or LinkPhase.Promoted when link.FailedStart is { } failed => failed.Id == known.JobId,
            LinkPhase.Stopped or LinkPhase.Stopping => link.Job is { } stop && stop.Id == known.JobId,
            _ => false,
        };

    /// <summary>How to start again: as the failed job did; after a stop of ours the data is there already.</summary>
    public static string SyncWay(Link link, string declared) =>
        link.FailedStart is { } failed ? failed.Request?.Link?.SyncWay ?? declared
        : link.Phase == LinkPhase.Stopped ? Names.Increment
        : declared;
}
