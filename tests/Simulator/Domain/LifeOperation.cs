namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Something that stops, starts or removes a cluster, or brings it back.</summary>
/// <param name="Action">The API's name for it.</param>
/// <param name="Transition">The cluster's <c>transition_status</c> meanwhile.</param>
/// <param name="To">The status that it leads to.</param>
/// <param name="From">The statuses in which it is possible.</param>
internal sealed record LifeOperation(string Action, string Transition, ClusterStatus To, params ClusterStatus[] From)
{
    public static LifeOperation Stop { get; } =
        new("StopClusters", "stopping", ClusterStatus.Stopped, ClusterStatus.Active);

    public static LifeOperation Start { get; } =
        new("StartClusters", "starting", ClusterStatus.Active, ClusterStatus.Stopped);

    public static LifeOperation Suspend { get; } =
        new("SuspendClusters", "suspending", ClusterStatus.Suspended, ClusterStatus.Active, ClusterStatus.Stopped);

    public static LifeOperation Resume { get; } =
        new("ResumeClusters", "resuming", ClusterStatus.Active, ClusterStatus.Suspended);

    public static LifeOperation Delete { get; } =
        new(
            "DeleteClusters",
            "deleting",
            ClusterStatus.Deleted,
            ClusterStatus.Active,
            ClusterStatus.Stopped,
            ClusterStatus.Suspended
        );

    public static LifeOperation Recover { get; } =
        new("RecoverClusters", "recovering", ClusterStatus.Active, ClusterStatus.Deleted);

    public void Check(ClusterState cluster)
    {
        StandbyRules.CheckNothingUnderWay(cluster);
        StandbyRules.CheckExists(cluster);
        StandbyRules.CheckStatus(cluster.View(), From);
    }
}

/// <summary>What a new status means for a cluster and its link.</summary>
internal static class StatusChange
{
    public static void Apply(ClusterState cluster, ClusterStatus status, Deed by, Knobs knobs)
    {
        if (cluster.Status == status)
            return;

        var kind = Meaning(cluster.Status, status);
        cluster.ChangeStatus(status, kind, by, knobs.StatusTimeMoves);
        if (EndOfLink(status, knobs) is { } cause)
            cluster.EndLink(cause, by);

        if (status == ClusterStatus.Stopped && !knobs.ReadOnlySurvivesStop)
            cluster.SetReadOnly(readOnly: false, by);
    }

    private static WorldEventKind? Meaning(ClusterStatus before, ClusterStatus after) =>
        after switch
        {
            ClusterStatus.Stopped => WorldEventKind.ClusterStopped,
            ClusterStatus.Suspended => WorldEventKind.ClusterSuspended,
            ClusterStatus.Deleted => WorldEventKind.ClusterDeleted,
            ClusterStatus.Ceased => WorldEventKind.ClusterCeased,
            ClusterStatus.Active when before == ClusterStatus.Suspended => WorldEventKind.ClusterResumed,
            ClusterStatus.Active when before == ClusterStatus.Deleted => WorldEventKind.ClusterRecovered,
            ClusterStatus.Active when before == ClusterStatus.Stopped => WorldEventKind.ClusterStarted,
            _ => null,
        };

    private static LinkEnd? EndOfLink(ClusterStatus status, Knobs knobs) =>
        status switch
        {
            ClusterStatus.Stopped => LinkEnd.ClusterStopped,
            ClusterStatus.Suspended when knobs.SuspendEndsLink => LinkEnd.ClusterSuspended,
            ClusterStatus.Deleted when knobs.DeleteEndsLink => LinkEnd.ClusterDeleted,
            ClusterStatus.Ceased => LinkEnd.ClusterDeleted,
            _ => null,
        };
}
