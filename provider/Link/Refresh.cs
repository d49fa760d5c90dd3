namespace QingCloudMySqlStandby.Link;

/// <summary>What a refresh reports: the link as it is, and a warning for as long as the program has not accepted a
/// failover. It changes nothing, and never makes a link this resource's own.</summary>
internal sealed class Refresh(Session session, Operation operation, LinkSubject subject)
{
    private StandbyId Id => subject.Id;

    /// <summary>Looks at the cluster; null where it is certainly gone.</summary>
    public async Task<ObservedStandby?> LookAsync()
    {
        // An import takes over what links the cluster, also where no job shows it; the tab shows a failover too that this
        // account's list of jobs does not.
        var readsTab = subject.Recorded is null || session.MayRefreshTab();
        var extent = readsTab ? Extent.Tab : Extent.Usual;
        var standby = await LookAsync(extent);
        if (standby is null)
        {
            await RequireGoneAsync();
            return null;
        }

        // A source that a killed switchover left read-only shows in the source's jobs alone.
        var mayBeFenced = standby.Link.State is LinkState.Replicating or LinkState.Stopping;
        return mayBeFenced ? await WithSourceAsync(standby, extent) : standby;
    }

    /// <summary>A cluster that is not listed is gone only where a row says so, or where its anchor is still seen:
    /// otherwise the credentials may belong to another account.</summary>
    public async Task RequireGoneAsync()
    {
        if (subject.Recorded is not { } recorded)
            return;

        var row = await operation.Cloud.FindClusterAsync(Id.Zone, Id.ClusterId, Freshness.Recent, operation.Token);
        if (row is not null)
            return;

        var witness = recorded.Anchor ?? recorded.JobId;
        var job = witness is null ? null : await operation.Cloud.FindJobAsync(Id.Zone, witness, operation.Token);
        if (job is null)
            throw Messages.ClusterNotSeen(Id, recorded);
    }

    /// <summary>The answer of a refresh.</summary>
    public ReadResult Read(ReadRequest request, ObservedStandby standby, RecordedLink recorded)
    {
        var outputs = StandbyState.Of(standby, recorded) with
        {
            Incarnation = StandbyState.IncarnationOf(request.State),
        };
        Warn(request, standby, outputs.State);
        operation.Debug($"refreshed: {outputs.State.Text()}, job {outputs.JobId ?? "-"}");

        // A state is the inputs and the outputs.
        var stored = PropertyMap.From(request.State.Where(property => request.Inputs.ContainsKey(property.Key)));
        return new ReadResult(
            request.Id,
            outputs.With(Live(stored, standby.Link, outputs.State)),
            Secrets.Mark(Live(request.Inputs, standby.Link, outputs.State))
        );
    }

    private async Task<ObservedStandby?> WithSourceAsync(ObservedStandby standby, Extent extent)
    {
        try
        {
            return await LookAsync(extent | Extent.Source) ?? standby;
        }
        catch (QingCloudException error)
        {
            // The source may be lost, and a refresh is what shows how the standby is.
            operation.Warn(WarningKind.SourceNotChecked, Messages.SourceNotCheckedWarning(error));
            return standby;
        }
    }

    private Task<ObservedStandby?> LookAsync(Extent extent) =>
        new LinkReader(operation.Cloud, operation.Time).LookAsync(subject, extent, Freshness.Recent, operation.Token);

    private void Warn(ReadRequest request, ObservedStandby standby, LinkState state)
    {
        var link = standby.Link;
        var cluster = standby.Cluster.Id;
        var isAccepted = StandbyInputs.Flag(request.Inputs, Names.Promoted);
        if (state is LinkState.Promoted or LinkState.Stopped && !isAccepted && link.HasEnded)
            operation.Warn(WarningKind.FailedOver, Messages.FailedOverWarning(cluster, link));
        if (state == LinkState.Unknown)
            operation.Warn(WarningKind.NotSeen, Messages.NotSeenWarning(cluster, link));
        if (state == LinkState.Starting && link.FailedStart is { } failed)
        {
            operation.Warn(
                WarningKind.StartFailed,
                JobFailure.Describe(ServiceNames.StartStandby, failed, "The next pulumi up starts it again.")
            );
        }
    }

    /// <summary>A running link's source, as it is now, in the place of the one that was declared. The password cannot be
    /// read back and stays; so does everything that could not be read, and the declared source of a link that
    /// ended.</summary>
    private static PropertyMap Live(PropertyMap inputs, StandbyLink link, LinkState state) =>
        link.Source is not { } source || state is LinkState.Promoted or LinkState.Stopped or LinkState.Unknown
            ? inputs
            : inputs.With(
                Names.Source,
                Rewrap.Map(
                    inputs[Names.Source],
                    declared =>
                        PropertyMap.From(
                            declared.Concat(source.Properties.Where(live => IsOther(declared[live.Key].Bare, live)))
                        )
                )
            );

    private static bool IsOther(PropertyValue declared, KeyValuePair<string, PropertyValue> live)
    {
        var isSameHost =
            live.Key == Names.Host
            && declared is PropertyValue.TextValue one
            && live.Value is PropertyValue.TextValue other
            && HostName.AreSame(one.Value, other.Value);
        return declared != live.Value && !isSameHost;
    }
}
