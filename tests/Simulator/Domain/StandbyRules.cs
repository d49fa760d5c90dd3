namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What the cloud refuses before any job is made.</summary>
internal static class StandbyRules
{
    public static void CheckStart(ClusterState standby, SourceEndpoint source)
    {
        CheckOperable(standby);
        CheckCanBeStandby(standby);
        if (source.ClusterId == standby.Spec.Id)
        {
            throw Refuse.BadValue($"cluster [{standby.Spec.Id}] cannot be its own source");
        }

        if (standby.Link is { } link)
        {
            throw Refuse.Denied($"cluster [{standby.Spec.Id}] already replicates from [{link.Source.ClusterId}]");
        }
    }

    public static void CheckLinked(ClusterState standby)
    {
        CheckOperable(standby);
        CheckCanBeStandby(standby);
        if (standby.Link is null)
        {
            throw Refuse.Denied($"cluster [{standby.Spec.Id}] is no standby of any cluster");
        }
    }

    public static void CheckOperable(ClusterState cluster)
    {
        CheckNothingUnderWay(cluster);
        if (cluster.Status == ClusterStatus.Ceased)
        {
            throw Refuse.NotFound(cluster.Spec.Id);
        }

        if (cluster.Status != ClusterStatus.Active)
        {
            throw Refuse.Denied($"cluster [{cluster.Spec.Id}] is [{cluster.Status.WireName()}], it has to be [active]");
        }
    }

    public static void CheckNothingUnderWay(ClusterState cluster)
    {
        if (cluster.Job is { UnderWay: true } job)
        {
            throw Refuse.Denied(
                $"resource [{cluster.Spec.Id}] is in transition [{job.Transition}], please try later");
        }
    }

    private static void CheckCanBeStandby(ClusterState cluster)
    {
        if (!cluster.Spec.MySqlPlus)
        {
            throw Refuse.Denied($"the application of cluster [{cluster.Spec.Id}] has no standby service");
        }

        if (cluster.Spec.Edition != Edition.HighAvailability)
        {
            throw Refuse.Denied($"cluster [{cluster.Spec.Id}] is not of the high-availability edition");
        }
    }
}
