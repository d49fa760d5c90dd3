using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;
using QingCloudMySqlStandby.Standby.Schema;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>
/// Makes the inputs of an existing link, whoever made it, such that the program that declares them changes nothing.
/// </summary>
internal static class Import
{
    /// <summary>The link as a resource; null when the cluster has none.</summary>
    public static ReadResult? Of(StandbyId id, string role, ObservedStandby standby)
    {
        var link = standby.Link;
        if (link.State is LinkState.None or LinkState.Stopped)
        {
            return null;
        }

        var outputs = StandbyState.Of(standby, recorded: null);
        var inputs = PropertyMap.Empty
            .With(Names.ClusterId, PropertyValue.Of(id.ClusterId))
            .With(Names.Zone, PropertyValue.Of(id.Zone))
            .With(Names.Role, PropertyValue.Of(role))
            .With(Names.SyncWay, PropertyValue.Of(link.StartJob?.Request?.Link?.SyncWay ?? Names.Increment))
            .With(Names.Source, PropertyValue.Of(SourceOf(id, link.Source)))
            .With(Names.Promoted, PropertyValue.Of(outputs.State == LinkState.Promoted))
            .With(Names.OnDelete, PropertyValue.Of(Names.Stop));
        return new ReadResult(id.ToString(), outputs.With(inputs), inputs);
    }

    private static PropertyMap SourceOf(StandbyId id, Source? source)
    {
        if (source is not { ClusterId: { } cluster, Zone: { } zone, Host: { } host, User: { } user })
        {
            throw new PluginException(
                PluginErrorCode.FailedPrecondition,
                $"Cluster {id.ClusterId} has a link, but its source could not be read in full: the job that made it is "
                + "out of the account's job history, and the cluster's disaster-recovery tab does not show it. Stop "
                + "the link and create it with this provider, syncWay: increment if the standby holds the source's "
                + "data.");
        }

        return PropertyMap.Empty
            .With(Names.ClusterId, PropertyValue.Of(cluster))
            .With(Names.Zone, PropertyValue.Of(zone))
            .With(Names.Host, PropertyValue.Of(host))
            .With(Names.Port, PropertyValue.Of(source.Port ?? Names.DefaultPort))
            .With(Names.User, PropertyValue.Of(user))
            .With(Names.Password, PropertyValue.Of(StandbyInputs.UnreadablePassword).AsSecret());
    }
}
