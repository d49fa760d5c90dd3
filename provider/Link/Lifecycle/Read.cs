namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What happens on refresh, and on import (<see cref="Import"/>).</summary>
internal sealed class Read(Session session)
{
    /// <summary>Reads a link; null when the cluster does not exist any more.</summary>
    public async Task<ReadResult?> RunAsync(
        ReadRequest request,
        string? defaultZone,
        CancellationToken cancellationToken
    )
    {
        var id =
            StandbyId.Parse(request.Id, defaultZone)
            ?? throw new PluginException(
                PluginErrorCode.InvalidArgument,
                $"\"{request.Id}\" is no id of a StandbyReplication: use <zone>/<clusterId>, such as sh1a/cl-ouhutv70 "
                    + "(the cluster's id alone needs the provider's zone)."
            );
        using var operation = session.Begin(request.Urn, request.Timeout ?? TimeLimits.Read, cancellationToken);
        var recorded = StandbyState.Recorded(request.State);
        var role = StandbyInputs.KnownText(request.State, Names.Role) ?? Names.DefaultRole;
        var subject = new LinkSubject(id, role, recorded, ResourceIdentity.Of(request.Urn));

        return await operation.RunAsync(async () =>
        {
            var standby = await new LinkReader(operation.Cloud).LookAsync(subject, Freshness.Recent, operation.Token);
            return recorded is null ? Import.Of(id, role, standby ?? throw Refusal.NoCluster(id))
                : standby is null ? null
                : Refresh(operation, request, standby, recorded);
        });
    }

    private static ReadResult Refresh(
        Operation operation,
        ReadRequest request,
        ObservedStandby standby,
        RecordedLink recorded
    )
    {
        var link = standby.Link;
        var incarnation = StandbyState.IncarnationOf(request.State);
        var outputs = StandbyState.Of(standby, recorded) with { Incarnation = incarnation };
        if (outputs.State is LinkState.Promoted or LinkState.Stopped && outputs.State != recorded.State)
            operation.Warn($"the standby {standby.Cluster.Id} was {link.Summary}; it may be the live primary now");

        if (outputs.State == LinkState.Starting && link.FailedStart is { } failed)
        {
            operation.Warn(
                JobFailure.Describe(ServiceNames.StartStandby, failed, "The next pulumi up starts it again.")
            );
        }

        // A state is the inputs and the outputs.
        var stored = PropertyMap.From(request.State.Where(property => request.Inputs.ContainsKey(property.Key)));
        return new ReadResult(request.Id, outputs.With(Live(stored)), Live(request.Inputs));

        // A running link's source, as it is now, in the place of the one that was declared. The password cannot be read
        // back and stays; so does everything that could not be read, and the declared source of a link that was cut.
        PropertyMap Live(PropertyMap inputs) =>
            link.Source is not { } source || outputs.State is LinkState.Promoted or LinkState.Stopped
                ? inputs
                : inputs.With(
                    Names.Source,
                    Rewrap.Map(
                        inputs[Names.Source],
                        declared =>
                            PropertyMap.From(
                                declared.Concat(source.Properties.Where(live => declared[live.Key].Bare != live.Value))
                            )
                    )
                );
    }
}
