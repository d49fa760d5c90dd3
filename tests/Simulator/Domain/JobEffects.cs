namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>Makes the effects of the jobs that this cloud knows.</summary>
internal sealed class JobEffects(ClusterSet clusters, Replication replication, Func<Knobs> knobs)
{
    public JobEffect Of(ClusterState cluster, StandbyService service) =>
        service switch
        {
            { Source: { } source } => Start(cluster, source, service.Way),
            { ReadOnly: { } readOnly } => new() { Succeed = by => cluster.SetReadOnly(readOnly, by) },
            _ when service == StandbyService.Promote => Promote(cluster),
            _ => Stop(cluster),
        };

    public JobEffect Of(ClusterState cluster, LifeOperation operation) =>
        new() { Succeed = by => StatusChange.Apply(cluster, operation.To, by, knobs()) };

    public static JobEffect Restart(ClusterState cluster) =>
        new() { Obstacle = _ => cluster.Link is null ? null : "restart_while_standby" };

    private JobEffect Start(ClusterState standby, SourceEndpoint source, SyncWay way) =>
        new()
        {
            Begin = by => standby.BeginLink(source, replication.Readable(source), way, by),
            Obstacle = at =>
                standby.Status != ClusterStatus.Active ? "standby_not_active"
                : way == SyncWay.Increment && replication.IsPurged(standby, source, at) ? "source_binlog_purged"
                : SourceObstacle(source),
            Succeed = standby.CompleteLink,
            Fail = by => standby.EndLink(LinkEnd.StartFailed, by),
        };

    private JobEffect Stop(ClusterState standby) =>
        new()
        {
            Obstacle = _ => MissingLink(standby, knobs().StopWithoutLink),
            Succeed = by => standby.EndLink(LinkEnd.StopStandby, by),
        };

    private JobEffect Promote(ClusterState standby) =>
        new()
        {
            Obstacle = _ =>
                standby.Link is not { } link ? MissingLink(standby, knobs().PromoteWithoutLink)
                : !link.CaughtUp ? "standby_lagging"
                : knobs().PromotionNeedsSource && replication.Readable(link.Source) is null ? "source_unreachable"
                : null,
            Succeed = by => standby.EndLink(LinkEnd.PromoteStandby, by),
        };

    private static string? MissingLink(ClusterState standby, WithoutLink response) =>
        standby.Link is null && response == WithoutLink.JobFails ? "not_a_standby" : null;

    private string? SourceObstacle(SourceEndpoint source) =>
        clusters.Find(source.ClusterId) switch
        {
            // A source that this cloud does not know is a MySQL elsewhere; nothing can be said about it.
            null => null,
            var known when known.Spec.Zone != source.Zone => "source_not_in_zone",
            var known when known.Status != ClusterStatus.Active => "source_unreachable",
            var known => known.Spec.MySqlPlus || known.Spec.Gtid ? null : "source_gtid_off",
        };
}
