namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What a plan does to a standby, in one line for the preview: what is stopped, started or promoted, and
/// overwritten.</summary>
internal static class Consequence
{
    /// <summary>The line; null where nothing is done.</summary>
    public static string? Of(LinkDecision decision, ObservedStandby? standby, Plan plan)
    {
        var cluster = Named(decision, standby);
        return plan switch
        {
            Plan.Start start => $"{ServiceNames.StartStandby} ({start.SyncWay}) on {cluster} "
                + From(decision, start.SyncWay)
                + (standby?.Link is { IsFailedOver: true } link
                    ? $", over what was written to it since it was {link.Summary}"
                    : ""),
            Plan.Stop => $"{ServiceNames.StopStandby} on {cluster}, then {ServiceNames.StartStandby} ({SyncWay()}) "
                + From(decision, SyncWay()),
            Plan.Promote => $"{ServiceNames.PromoteStandby} on {cluster}: it becomes writable, and follows "
                + $"{decision.Declared.Link.SourceClusterId} no more",
            Plan.Wait when standby?.Link.Job is { } job =>
                $"{job.Request?.Service} job {job.Id} is under way on {cluster}: it is waited for",
            _ => null,
        };

        string SyncWay() => standby is null ? decision.Declared.Link.SyncWay : decision.SyncWayOfRestart(standby.Link);
    }

    private static string Named(LinkDecision decision, ObservedStandby? standby) =>
        decision.Declared.ClusterId + (standby is { Cluster.Name: { Length: > 0 } name } ? $" ({name})" : "");

    private static string From(LinkDecision decision, string syncWay)
    {
        var link = decision.Declared.Link;
        var effect = syncWay == Names.Full ? "the standby's data is OVERWRITTEN" : "the standby keeps its data";
        return $"from {link.SourceClusterId} in {link.SourceZone}: {effect}";
    }
}
