namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>The look at the cloud that a preview takes: it only reads, and only where there are credentials.</summary>
internal sealed class Preflight(Session session)
{
    /// <summary>Looks at the standby; null when the preview goes without a look.</summary>
    /// <exception cref="PluginException">The cluster does not exist, or QingCloud refused the look.</exception>
    public async Task<ObservedStandby?> LookAsync(LinkSubject subject, string urn, CancellationToken cancellationToken)
    {
        using var operation = session.Begin(urn, TimeLimits.Read, cancellationToken);
        return await operation.RunAsync(async () =>
            session.LooksInPreviews && await session.Cloud.HasCredentialsAsync(operation.Token)
                ? await new LinkReader(operation.Cloud, session.MayPreviewTab).LookAsync(
                    subject,
                    Freshness.Recent,
                    operation.Token
                ) ?? throw Refusal.NoCluster(subject.Id)
                : null
        );
    }

    /// <summary>Says what a plan comes to, and refuses what the cluster would refuse.</summary>
    public void Announce(string urn, LinkDecision decision, ObservedStandby? standby, Plan plan)
    {
        if (plan is Plan.Submit && standby is { Cluster: var cluster })
        {
            if (cluster.Status != "active")
                throw Refusal.NotActive(cluster);

            // An operation that the jobs do not show is under way, such as a change of the cluster's nodes.
            if (cluster.TransitionStatus.Length > 0)
                throw Refusal.InTransition(cluster);
        }

        if (Consequence.Of(decision, standby, plan) is { } consequence)
            session.Log.Info(urn, consequence);
    }
}
