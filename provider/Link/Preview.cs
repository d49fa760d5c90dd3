using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Link;

/// <summary>The look at the cloud that a preview takes: it only reads, and only where there are credentials. It makes the
/// decision that the operation would make.</summary>
internal sealed class Preview(Session session, string urn, TimeSpan limit)
{
    /// <summary>Decides, refuses what would be refused, and says what would be done.</summary>
    /// <returns>What would be done first; null where the preview could not look, and no state file says
    /// anything.</returns>
    public async Task<Step?> RunAsync(LinkSubject subject, Goal.Linked goal, CancellationToken cancellationToken)
    {
        using var operation = session.Begin(urn, TimeLimits.Read, cancellationToken);
        var circle = new CircleGuard(session, operation);
        if (!goal.Declared.Promoted)
            circle.RequireDeclared(subject.Id, goal.Declared.Link);

        return await operation.RunAsync(async () =>
        {
            if (!await CanLookAsync(operation))
                return FromState(operation, subject, goal);

            var standby = await LookAsync(operation, subject, Extent.Usual);
            var extent = Extent.Usual;
            var step = Decide(operation, goal, standby.Link);
            while (step is Step.Look look)
            {
                extent |= look.Extent;
                standby = await LookAsync(operation, subject, extent);
                step = Decide(operation, goal, standby.Link);
            }

            step = Announced(operation, subject, goal, standby.Cluster, standby.Link, step);
            var isRelink = standby.Link.HasEnded && step is Step.Start or Step.LiftFence;
            if (isRelink)
                await circle.RequireAsync(subject.Id, goal.Declared.Link, operation.Token, isPreview: true);
            if (goal.Old is null && step is Step.Start && session.MayCompareParameters())
                await CompareParametersAsync(
                    operation,
                    NewLink.Of(subject.Id, goal.Declared.Link, standby, operation.Now)
                );

            return step;
        });
    }

    /// <summary>Compares the clusters of a new link with what QingCloud requires. That is advice: the link may be made
    /// without it.</summary>
    private static async Task CompareParametersAsync(Operation operation, NewLink link)
    {
        try
        {
            foreach (var warning in await new ParameterCheck(operation.Cloud).RunAsync(link, operation.Token))
                operation.Warn(WarningKind.Parameters, warning);
        }
        catch (QingCloudException error)
        {
            operation.Inform(
                $"the parameters of {link.StandbyId.ClusterId} and its source were not compared: {error.Message}"
            );
        }
    }

    private async Task<bool> CanLookAsync(Operation operation)
    {
        if (!session.LooksInPreviews)
            return false;
        if (await session.Cloud.HasCredentialsAsync(operation.Token))
            return true;

        if (session.IsFirstBlindPreview())
        {
            operation.Inform(
                "there are no credentials: this preview checked the program alone, and did not look at the cloud"
            );
        }

        return false;
    }

    /// <summary>Without a look the state file is all there is: a failover that it knows is refused already.</summary>
    private Step? FromState(Operation operation, LinkSubject subject, Goal.Linked goal)
    {
        if (subject.Recorded is not { } recorded || StandbyLink.Remembered(recorded) is not { } link)
            return null;

        return Announced(operation, subject, goal, null, link, Decide(operation, goal, link));
    }

    private async Task<ObservedStandby> LookAsync(Operation operation, LinkSubject subject, Extent extent) =>
        await new LinkReader(operation.Cloud, operation.Time, session.MayPreviewTab).LookAsync(
            subject,
            extent,
            Freshness.Recent,
            operation.Token
        ) ?? throw Messages.NoCluster(subject.Id);

    private static Step Decide(Operation operation, Goal goal, StandbyLink link)
    {
        var step = Decision.Next(goal, link);
        operation.Debug(Diagnostics.Line(goal, link, step));
        return step;
    }

    private Step Announced(
        Operation operation,
        LinkSubject subject,
        Goal.Linked goal,
        Cluster? cluster,
        StandbyLink link,
        Step step
    )
    {
        if (step is Step.Refuse refuse)
            throw Messages.Refusal(refuse.Kind, subject.Id, goal, link);
        if (step is Step.Submit && cluster is not null)
            RequireOperable(cluster);

        if (Announcement.Of(goal, cluster, link, step, limit) is { } announcement)
            operation.Inform(announcement);

        return step;
    }

    private static void RequireOperable(Cluster cluster)
    {
        if (cluster.Status != "active")
            throw Messages.NotActive(cluster);

        // An operation that the jobs do not show is under way, such as a change of the cluster's nodes.
        if (cluster.TransitionStatus.Length > 0)
            throw Messages.InTransition(cluster);
    }
}
