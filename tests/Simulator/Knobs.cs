namespace QingCloudMySqlStandby.Simulator;

/// <summary>What is not known about the real QingCloud, or can differ between its installations: one setting for each
/// assumption. The defaults are what is documented, or else what is likely. A change takes effect at once, for jobs made
/// before as well.</summary>
public sealed record Knobs
{
    /// <summary>The response to stop_standby on a cluster that is no standby. Not documented.</summary>
    public WithoutLink StopWithoutLink { get; init; }

    /// <summary>The response to promote_standby on a cluster that is no standby. Not documented.</summary>
    public WithoutLink PromoteWithoutLink { get; init; }

    /// <summary>The response to promote_standby on a standby that has not caught up. Documented: the job
    /// fails.</summary>
    public PromotionBehind PromotionBehind { get; init; }

    /// <summary>Whether a promotion fails while the source does not run, so that nothing can be compared. Default:
    /// what has arrived counts.</summary>
    public bool PromotionNeedsSource { get; init; }

    /// <summary>How long a write takes from a source to its standby. Default: no time.</summary>
    public TimeSpan ReplicationDelay { get; init; }

    /// <summary>Whether suspending a standby ends its link. Not documented.</summary>
    public bool SuspendEndsLink { get; init; } = true;

    /// <summary>Whether deleting a standby ends its link, so that it is recovered without one. Not
    /// documented.</summary>
    public bool DeleteEndsLink { get; init; } = true;

    /// <summary>Whether the status of a stopped cluster moves its <c>status_time</c>, and other statuses
    /// likewise.</summary>
    public bool StatusTimeMoves { get; init; } = true;

    /// <summary>Whether the cluster's application has the service set_readonly.</summary>
    public bool HasSetReadOnly { get; init; } = true;

    /// <summary>Whether a linked standby accepts set_readonly; otherwise 1400.</summary>
    public bool StandbyTakesReadOnly { get; init; } = true;

    /// <summary>Whether a cluster that is stopped and started is still read-only.</summary>
    public bool ReadOnlySurvivesStop { get; init; } = true;

    /// <summary>Whether only the API of a cluster's own zone knows the cluster and its jobs; otherwise every zone's
    /// does.</summary>
    public bool ZoneStrict { get; init; } = true;
}

/// <summary>The response to a service that needs a link on a cluster that has none.</summary>
public enum WithoutLink
{
    /// <summary>It is refused with 1400.</summary>
    Refused,

    /// <summary>A job is made; it succeeds and changes nothing.</summary>
    JobSucceeds,

    /// <summary>A job is made, and it fails.</summary>
    JobFails,
}

/// <summary>The response to the promotion of a standby that has not caught up.</summary>
public enum PromotionBehind
{
    /// <summary>A job is made, and it fails.</summary>
    JobFails,

    /// <summary>It is refused with 1400.</summary>
    Refused,
}
