namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What a plan does to a standby, in one line for the preview.</summary>
internal static class Consequence
{
    /// <summary>The line; null where nothing is done.</summary>
    public static string? Of(LinkDecision decision, ObservedStandby? standby, Plan plan)
    {
        var link = decision.Declared.Link;
        var cluster =
            decision.Declared.ClusterId + (standby is { Cluster.Name: { Length: > 0 } name } ? $" ({name})" : "");
        var syncWay =
            plan is Plan.Start start ? start.SyncWay
            : standby is null ? link.SyncWay
            : decision.SyncWayOfRestart(standby.Link);
        var effect = syncWay == Names.Full ? "the standby's data is OVERWRITTEN" : "the standby keeps its data";
        var from = $"from {link.SourceClusterId} in {link.SourceZone}: {effect}";
        return plan switch
        {
            Plan.Start => $"{ServiceNames.StartStandby} ({syncWay}) on {cluster} {from}"
                + (
                    standby?.Link is { IsFailedOver: true } lost
                        ? $", over what was written to it since it was {lost.Summary}"
                        : ""
                ),
            Plan.Stop =>
                $"{ServiceNames.StopStandby} on {cluster}, then {ServiceNames.StartStandby} ({syncWay}) {from}",
            Plan.Promote => $"{ServiceNames.PromoteStandby} on {cluster}: it becomes writable, and no longer "
                + $"follows {link.SourceClusterId}",
            Plan.Wait when standby?.Link.Job is { } job =>
                $"{job.Request?.Service} job {job.Id} is under way on {cluster}: it is waited for",
            _ => null,
        };
    }
}
