using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What happens on refresh and import.</summary>
internal sealed class Read(IQingCloud cloud, IEngineLog log, TimeProvider time)
{
    private const string DefaultRole = "maininstance";

    private readonly LiveLink _links = new(cloud);

    /// <summary>Reads a link; null when the cluster is no more, or (in an import) has no link.</summary>
    public async Task<ReadResult?> RunAsync(ReadRequest request, string? defaultZone, CancellationToken cancellationToken)
    {
        var id = StandbyId.Parse(request.Id, defaultZone) ?? throw new PluginException(
            PluginErrorCode.InvalidArgument,
            $"\"{request.Id}\" is no id of a StandbyReplication: use <zone>/<clusterId>, such as sh1a/cl-ouhutv70 "
            + "(the cluster's id alone needs the provider's zone).");
        using var operation = new Operation(request.Urn, log, request.Timeout ?? TimeLimits.Read, time, cancellationToken);
        var known = StandbyState.Known(request.State);
        var role = StandbyInputs.KnownText(request.State, Names.Role) ?? DefaultRole;

        return await Failures.TranslateAsync(operation, async () =>
        {
            var live = await _links.LookAsync(id, role, known, Freshness.Recent, operation.Token);
            return live is null ? null
                : known is null ? Import(id, role, live)
                : Refresh(request, live, known);
        });
    }

    private ReadResult Refresh(ReadRequest request, LiveStandby live, KnownLink known)
    {
        var outputs = Observation.Of(live, known);
        if (live.Link.IsFailedOver && outputs.State is LinkState.Promoted or LinkState.Stopped && known.State != outputs.State)
        {
            log.Warning(request.Urn, $"the standby {live.Cluster.Id} was {live.Link.Told}; it may be the live primary now");
        }

        if (UnfinishedStart.Is(known, live.Link) && live.Link.FailedStart is { } failed)
        {
            log.Warning(
                request.Urn,
                Refusal.JobFailure(ServiceNames.StartStandby, failed, "The next pulumi up starts it again."));
        }

        PropertyMap Live(PropertyMap inputs) => WithSource(inputs, live.Link.Source, outputs.State);
        return new ReadResult(
            request.Id, outputs.With(Live(InputsOf(request.State, request.Inputs))), Live(request.Inputs));
    }

    /// <summary>The inputs inside a state: the state is the inputs and the outputs.</summary>
    private static PropertyMap InputsOf(PropertyMap state, PropertyMap inputs) =>
        PropertyMap.From(state.Where(property => inputs.ContainsKey(property.Key)));

    /// <summary>
    /// A live link's source, as it is now, in the place of the one that was declared. The password cannot be read back and stays; so
    /// does everything that could not be read, and the declared source of a link that is no more.
    /// </summary>
    private static PropertyMap WithSource(PropertyMap inputs, Source? source, LinkState state)
    {
        if (source is null || state is LinkState.Promoted or LinkState.Stopped)
        {
            return inputs;
        }

        return inputs.With(Names.Source, Rewrap.Map(inputs[Names.Source], declared =>
        {
            declared = Replace(declared, Names.ClusterId, source.ClusterId);
            declared = Replace(declared, Names.Zone, source.Zone);
            declared = Replace(declared, Names.Host, source.Host);
            declared = Replace(declared, Names.User, source.User);
            return source.Port is { } port && declared[Names.Port].Bare != PropertyValue.Of(port)
                ? declared.With(Names.Port, PropertyValue.Of(port))
                : declared;
        }));
    }

    private static PropertyMap Replace(PropertyMap map, string name, string? value) =>
        value is null || map[name].Bare == PropertyValue.Of(value) ? map : map.With(name, PropertyValue.Of(value));

    private static ReadResult? Import(StandbyId id, string role, LiveStandby live)
    {
        var outputs = Observation.Of(live, known: null);
        if (live.Link.Phase is LinkPhase.None or LinkPhase.Stopped)
        {
            return null;
        }

        var inputs = PropertyMap.Empty
            .With(Names.ClusterId, PropertyValue.Of(id.ClusterId))
            .With(Names.Zone, PropertyValue.Of(id.Zone))
            .With(Names.Role, PropertyValue.Of(role))
            .With(Names.SyncWay, PropertyValue.Of(live.Link.StartJob?.Request?.Link?.SyncWay ?? Names.Increment))
            .With(Names.Source, PropertyValue.Of(ImportedSource(id, live.Link.Source)))
            .With(Names.Promoted, PropertyValue.Of(outputs.State == LinkState.Promoted))
            .With(Names.OnDelete, PropertyValue.Of(Names.Stop))
            .With(Names.AllowRelink, PropertyValue.Of(false));
        return new ReadResult(id.ToString(), outputs.With(inputs), inputs);
    }

    private static PropertyMap ImportedSource(StandbyId id, Source? source)
    {
        if (source is not { ClusterId: { } cluster, Zone: { } zone, Host: { } host, User: { } user })
        {
            throw new PluginException(
                PluginErrorCode.FailedPrecondition,
                $"Cluster {id.ClusterId} has a link, but its source could not be read in full: the job that made it is out of the account's job "
                + "history, and the cluster's disaster-recovery tab does not tell. Stop the link and create it with this provider, "
                + "syncWay: increment if the standby holds the source's data.");
        }

        return PropertyMap.Empty
            .With(Names.ClusterId, PropertyValue.Of(cluster))
            .With(Names.Zone, PropertyValue.Of(zone))
            .With(Names.Host, PropertyValue.Of(host))
            .With(Names.Port, PropertyValue.Of(source.Port ?? 3306))
            .With(Names.User, PropertyValue.Of(user))
            .With(Names.Password, PropertyValue.Of(StandbyInputs.UnreadablePassword).AsSecret());
    }
}
