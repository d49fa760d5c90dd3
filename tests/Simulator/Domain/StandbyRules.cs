namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What the cloud refuses before any job is made.</summary>
internal static class StandbyRules
{
    public static void Check(ClusterState standby, StandbyService service)
    {
        var id = standby.Spec.Id;
        CheckOperable(standby);
        Refuse.Unless(
            standby.Spec.MySqlPlus,
            () => Refuse.Denied($"the application of cluster [{id}] has no standby service")
        );
        Refuse.Unless(
            standby.Spec.Edition == Edition.HighAvailability,
            () => Refuse.Denied($"cluster [{id}] is not of the high-availability edition")
        );
        if (service.Source is not { } source)
        {
            Refuse.Unless(
                standby.Link is not null,
                () => Refuse.Denied($"cluster [{id}] is no standby of any " + "cluster")
            );
            return;
        }

        Refuse.Unless(source.ClusterId != id, () => Refuse.BadValue($"cluster [{id}] cannot be its own source"));
        Refuse.Unless(
            standby.Link is null,
            () => Refuse.Denied($"cluster [{id}] already replicates from [{standby.Link?.Source.ClusterId}]")
        );
    }

    public static void CheckOperable(ClusterState cluster)
    {
        CheckNothingUnderWay(cluster);
        Refuse.Unless(cluster.Status != ClusterStatus.Ceased, () => Refuse.NotFound(cluster.Spec.Id));
        Refuse.Unless(
            cluster.Status == ClusterStatus.Active,
            () =>
                Refuse.Denied(
                    $"cluster [{cluster.Spec.Id}] is [{cluster.Status.WireName()}], it has to be " + "[active]"
                )
        );
    }

    public static void CheckNothingUnderWay(ClusterState cluster) =>
        Refuse.Unless(
            cluster.Job is not { UnderWay: true },
            () =>
                Refuse.Denied(
                    $"resource [{cluster.Spec.Id}] is in transition [{cluster.Job?.Transition}], please try later"
                )
        );
}
