namespace QingCloudMySqlStandby.Link;

/// <summary>What must hold before a submission and is not the link's own. Guards run before every submission, on what was
/// seen just before it.</summary>
internal sealed class Guards(Session session, Operation operation, StandbyId id, LinkParameters? declared)
{
    private readonly CircleGuard _circle = new(session, operation);

    /// <summary>Requires what a step assumes, and announces what it overwrites.</summary>
    public async Task RequireAsync(Step.Submit step, ObservedStandby standby, CancellationToken cancellationToken)
    {
        var isBeforeStart =
            step.Purpose is Purpose.Start or Purpose.StopToStart || (step is Step.LiftFence && standby.Link.HasEnded);
        if (
            step.Purpose is Purpose.StopToDelete or Purpose.PromoteToDelete
            || (step is Step.LiftFence && !isBeforeStart)
        )
            return;
        if (standby.Cluster.Status != "active")
            throw Messages.NotActive(standby.Cluster);
        if (!isBeforeStart || declared is null)
            return;

        await _circle.RequireAsync(id, declared, cancellationToken);
        if (step is Step.Start start)
            Announce(start, standby.Link);
    }

    private void Announce(Step.Start start, StandbyLink link)
    {
        if (link is { HasEnded: true, End.IsPendingRestart: false })
            operation.Warn(WarningKind.Overwrites, Messages.OverwritesWarning(id.ClusterId, link, start.SyncWay));
        else if (start.SyncWay == Names.Full)
            operation.Inform($"start_standby (full) on {id.ClusterId}: the standby's data is OVERWRITTEN");
    }
}
