namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>Makes the inputs with which a program changes nothing about an existing link, whoever made it.</summary>
internal static class Import
{
    /// <exception cref="PluginException">The cluster has no link to import, or its source cannot be read.</exception>
    public static ReadResult Of(StandbyId id, string role, ObservedStandby standby)
    {
        var link = standby.Link;
        if (link.State is LinkState.None or LinkState.Stopped)
            throw Refusal.NothingToImport(id, link);

        var outputs = StandbyState.Of(standby, recorded: null);
        var inputs = PropertyMap
            .Empty.With(Names.ClusterId, id.ClusterId)
            .With(Names.Zone, id.Zone)
            .With(Names.Role, role)
            .With(Names.SyncWay, link.StartJob?.Request?.Link?.SyncWay ?? Names.Increment)
            .With(Names.Source, PropertyValue.Of(SourceOf(id, link.Source)))
            .With(Names.Promoted, outputs.State == LinkState.Promoted)
            .With(Names.OnDelete, Names.Stop);
        return new ReadResult(id.ToString(), outputs.With(inputs), inputs);
    }

    private static PropertyMap SourceOf(StandbyId id, Source? source)
    {
        if (source is not { ClusterId: not null, Zone: not null, Host: not null, User: not null })
        {
            throw new PluginException(
                PluginErrorCode.FailedPrecondition,
                $"Cluster {id.ClusterId} has a link, but its source could not be read in full: the job that made it is "
                    + "out of the account's job history, and the cluster's disaster-recovery tab does not show it. Stop "
                    + "the link and create it with this provider, syncWay: increment if the standby holds the source's "
                    + "data."
            );
        }

        return source
            .Properties.With(Names.Port, source.Port ?? Names.DefaultPort)
            .With(Names.Password, PropertyValue.Of(StandbyInputs.UnreadablePassword).AsSecret());
    }
}
