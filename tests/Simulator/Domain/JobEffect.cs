namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What a job does to the cloud as it begins and as it ends; each gets the job's id and the time.</summary>
internal sealed record JobEffect
{
    public Action<string, DateTimeOffset>? Begin { get; init; }

    /// <summary>The error codes with which the job fails; null: nothing is in its way.</summary>
    public Func<string?> Obstacle { get; init; } = () => null;

    public Action<string, DateTimeOffset>? Succeed { get; init; }
    public Action<string, DateTimeOffset>? Fail { get; init; }

    public static JobEffect Start(
        ClusterState standby,
        SourceEndpoint source,
        SyncWay way,
        Func<string, ClusterState?> find
    ) =>
        new()
        {
            Begin = (jobId, at) => standby.BeginLink(source, way, jobId, at),
            Obstacle = () =>
                standby.Status == ClusterStatus.Active
                    ? SourceObstacle(source, find(source.ClusterId))
                    : "standby_not_active",
            Succeed = (_, _) => standby.CompleteLink(),
            Fail = standby.AbandonLink,
        };

    public static JobEffect Stop(ClusterState standby) =>
        new() { Succeed = (jobId, at) => standby.ReleaseLink(Release.Stopped, jobId, at) };

    public static JobEffect Promote(ClusterState standby) =>
        new()
        {
            Obstacle = () => standby.Link is { CaughtUp: true } ? null : "standby_lagging",
            Succeed = (jobId, at) => standby.ReleaseLink(Release.Promoted, jobId, at),
        };

    public static JobEffect ChangeStatus(ClusterState cluster, ClusterStatus status) =>
        new() { Succeed = (jobId, at) => cluster.ChangeStatus(status, jobId, at) };

    public static JobEffect Restart(ClusterState cluster) =>
        new() { Obstacle = () => cluster.Link is null ? null : "restart_while_standby" };

    private static string? SourceObstacle(SourceEndpoint source, ClusterState? known) =>
        known switch
        {
            // A source that this cloud does not know is a MySQL elsewhere; nothing can be said about it.
            null => null,
            _ when known.Spec.Zone != source.Zone => "source_not_in_zone",
            _ when known.Status != ClusterStatus.Active => "source_unreachable",
            _ => known.Spec.MySqlPlus || known.Spec.Gtid ? null : "source_gtid_off",
        };
}
