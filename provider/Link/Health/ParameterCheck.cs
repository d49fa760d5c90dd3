namespace QingCloudMySqlStandby.Link.Health;

/// <summary>What a new link is to be, for <see cref="ParameterCheck"/>.</summary>
/// <param name="Standby">The standby cluster's row.</param>
/// <param name="StandbyId">Where the standby is.</param>
/// <param name="SourceId">Where the source is.</param>
/// <param name="Source">The source's row; null where it was not read: its edition and version are not compared
/// then.</param>
/// <param name="Gap">For how long the standby has been without the source's data, which <c>increment</c> must bridge;
/// null where that is not known, or for <c>full</c>.</param>
internal sealed record NewLink(Cluster Standby, StandbyId StandbyId, StandbyId SourceId, Cluster? Source, TimeSpan? Gap)
{
    /// <summary>A link as it is declared, on a cluster as it was seen. Without an earlier link the cluster has the
    /// source's data from a copy that is older than itself.</summary>
    public static NewLink Of(StandbyId id, LinkParameters declared, ObservedStandby seen, DateTimeOffset now)
    {
        var since = seen.Link.End is { } end ? end.Job?.ChangedAt : seen.Cluster.CreatedAt;
        var sourceId = new StandbyId(declared.SourceZone, declared.SourceClusterId);
        var gap = declared.SyncWay == Names.Increment ? now - since : null;
        return new NewLink(seen.Cluster, id, sourceId, Source: null, gap);
    }
}

/// <summary>Compares the two sides of a link that is to be made with what QingCloud requires. It costs three calls: it
/// is for the preview of a create, and not for a refresh.</summary>
internal sealed class ParameterCheck(IQingCloud cloud)
{
    /// <summary>The warnings, a sentence each; empty where nothing stands against the link.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(NewLink link, CancellationToken cancellationToken)
    {
        var standby = ReadAsync(cloud, link.StandbyId, cancellationToken);
        var source = ReadAsync(cloud, link.SourceId, cancellationToken);
        var health = new HealthReader(cloud).ReadNodesAsync(link.StandbyId, cancellationToken);
        var (ofStandby, ofSource) = (await standby, await source);
        string?[] warnings =
        [
            ofStandby.Warning,
            ofSource.Warning is { } unread ? await NotVisibleAsync(link.SourceId, cancellationToken) ?? unread : null,
            MySqlEdition.Warning(link, ofStandby, ofSource),
            Logs(link, ofSource),
            Nodes(link.StandbyId, await health),
        ];
        return [.. warnings.OfType<string>()];
    }

    /// <summary>A source that cannot be read is most often misspelled; null where the cluster is there.</summary>
    private async Task<string?> NotVisibleAsync(StandbyId source, CancellationToken cancellationToken)
    {
        var row = await cloud.FindClusterAsync(source.Zone, source.ClusterId, Freshness.Recent, cancellationToken);
        return row?.Exists() == true
            ? null
            : $"{source.ClusterId} is no cluster that these credentials see in zone {source.Zone}: check source.clusterId and "
                + "source.zone. It may belong to another account.";
    }

    /// <summary>Reads a cluster's parameters; none where the credentials do not allow that.</summary>
    public static async Task<ClusterParameters> ReadAsync(
        IQingCloud cloud,
        StandbyId id,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var values = await cloud.ReadEnvironmentAsync(id.Zone, id.ClusterId, cancellationToken);
            return new ClusterParameters(id.ClusterId, values);
        }
        catch (QingCloudException error) when (HealthReader.IsRefusal(error))
        {
            return new ClusterParameters(id.ClusterId, new Dictionary<string, string>(StringComparer.Ordinal));
        }
    }

    private static string? Logs(NewLink link, ClusterParameters source) =>
        link.Gap is { } gap && source.BinaryLogsKept is { } kept && gap >= kept
            ? $"increment must bridge {Duration.Of(gap)}, and the source {source.ClusterId} keeps its binary logs for "
                + $"{Duration.Of(kept)} only ({ClusterParameters.ExpireLogsDays}): it may need syncWay full."
            : null;

    private static string? Nodes(StandbyId id, StandbyHealth health) =>
        health.IsHealthy ? null : $"The standby {id.ClusterId} may not be able to replicate: {health.NodesInWords}.";
}
