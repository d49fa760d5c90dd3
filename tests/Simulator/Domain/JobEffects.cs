namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What a job does to the cloud when it begins and when it ends.</summary>
internal interface IJobEffect
{
    void Begin(string jobId, DateTimeOffset at)
    {
    }

    /// <summary>The error codes with which the job fails; null: nothing is in its way.</summary>
    string? Obstacle() => null;

    void Succeed(string jobId, DateTimeOffset at)
    {
    }

    void Fail(string jobId, DateTimeOffset at)
    {
    }
}

internal sealed class StartEffect(
    ClusterState standby, SourceEndpoint source, SyncWay way, Func<string, ClusterState?> find) : IJobEffect
{
    public void Begin(string jobId, DateTimeOffset at)
    {
        if (way == SyncWay.Full)
        {
            standby.Overwrite(jobId, at);
        }

        standby.BeginLink(source, way, jobId, at);
    }

    public string? Obstacle()
    {
        if (standby.Status != ClusterStatus.Active)
        {
            return "standby_not_active";
        }

        // A source that this cloud does not know is a MySQL elsewhere; nothing can be said about it.
        return find(source.ClusterId) is { } known ? SourceObstacle(known) : null;
    }

    public void Succeed(string jobId, DateTimeOffset at) => standby.CompleteLink();

    public void Fail(string jobId, DateTimeOffset at) => standby.AbandonLink(jobId, at);

    private string? SourceObstacle(ClusterState known)
    {
        if (known.Spec.Zone != source.Zone)
        {
            return "source_not_in_zone";
        }

        if (known.Status != ClusterStatus.Active)
        {
            return "source_unreachable";
        }

        return known.Spec.MySqlPlus || known.Spec.Gtid ? null : "source_gtid_off";
    }
}

internal sealed class StopEffect(ClusterState standby) : IJobEffect
{
    public void Succeed(string jobId, DateTimeOffset at) => standby.ReleaseLink(Release.Stopped, jobId, at);
}

internal sealed class PromoteEffect(ClusterState standby) : IJobEffect
{
    public string? Obstacle() => standby.Link is { CaughtUp: true } ? null : "standby_lagging";

    public void Succeed(string jobId, DateTimeOffset at) => standby.ReleaseLink(Release.Promoted, jobId, at);
}

internal sealed class StatusEffect(ClusterState cluster, ClusterStatus status) : IJobEffect
{
    public void Succeed(string jobId, DateTimeOffset at) => cluster.ChangeStatus(status, jobId, at);
}

internal sealed class RestartEffect(ClusterState cluster) : IJobEffect
{
    public string? Obstacle() => cluster.Link is null ? null : "restart_while_standby";
}
