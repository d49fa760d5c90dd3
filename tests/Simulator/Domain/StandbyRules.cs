namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What the cloud refuses before any job is made.</summary>
internal static class StandbyRules
{
    public static void Check(ClusterState cluster, StandbyService service, Knobs knobs)
    {
        var id = cluster.Spec.Id;
        CheckOperable(cluster);
        Refuse.Unless(
            cluster.Spec.MySqlPlus,
            () => Refuse.Denied($"the application of cluster [{id}] has no standby service")
        );
        Refuse.Unless(
            cluster.Spec.Edition != Edition.Basic,
            () => Refuse.Denied($"cluster [{id}] is not of the high-availability edition")
        );
        if (service.Source is { } source)
            CheckStart(cluster, source);
        else if (service.ReadOnly is not null)
            CheckReadOnly(cluster, knobs);
        else if (service == StandbyService.Promote)
            CheckPromotion(cluster, knobs);
        else
            CheckLink(cluster, knobs.StopWithoutLink);
    }

    public static void CheckOperable(ClusterState cluster)
    {
        CheckNothingUnderWay(cluster);
        CheckExists(cluster);
        CheckStatus(cluster.View(), ClusterStatus.Active);
    }

    public static void CheckNothingUnderWay(ClusterState cluster) =>
        Refuse.Unless(
            cluster.Job is not { UnderWay: true },
            () =>
                Refuse.Denied(
                    $"resource [{cluster.Spec.Id}] is in transition [{cluster.Job?.Transition}], please try later"
                )
        );

    public static void CheckExists(ClusterState cluster) =>
        Refuse.Unless(cluster.Status != ClusterStatus.Ceased, () => Refuse.NotFound(cluster.Spec.Id));

    public static void CheckStatus(ClusterView cluster, params ClusterStatus[] needed) =>
        Refuse.Unless(
            needed.Contains(cluster.Status),
            () =>
                Refuse.Denied(
                    $"cluster [{cluster.Id}] is [{cluster.Status.WireName()}], it has to be "
                        + $"[{string.Join(" or ", needed.Select(status => status.WireName()))}]"
                )
        );

    private static void CheckStart(ClusterState standby, SourceEndpoint source)
    {
        var id = standby.Spec.Id;
        Refuse.Unless(source.ClusterId != id, () => Refuse.BadValue($"cluster [{id}] cannot be its own source"));
        Refuse.Unless(
            standby.Link is null,
            () => Refuse.Denied($"cluster [{id}] already replicates from [{standby.Link?.Source.ClusterId}]")
        );
    }

    private static void CheckReadOnly(ClusterState cluster, Knobs knobs)
    {
        Refuse.Unless(
            knobs.HasSetReadOnly,
            () => Refuse.BadValue($"service [{StandbyService.ReadOnlyName}] is not known")
        );
        Refuse.Unless(
            cluster.Link is null || knobs.StandbyTakesReadOnly,
            () => Refuse.Denied($"cluster [{cluster.Spec.Id}] is a standby")
        );
    }

    private static void CheckPromotion(ClusterState standby, Knobs knobs)
    {
        CheckLink(standby, knobs.PromoteWithoutLink);
        Refuse.Unless(
            standby.Link is not { CaughtUp: false } || knobs.PromotionBehind == PromotionBehind.JobFails,
            () => Refuse.Denied($"cluster [{standby.Spec.Id}] has not caught up with its source")
        );
    }

    private static void CheckLink(ClusterState standby, WithoutLink response) =>
        Refuse.Unless(
            standby.Link is not null || response != WithoutLink.Refused,
            () => Refuse.Denied($"cluster [{standby.Spec.Id}] is no standby of any cluster")
        );
}
