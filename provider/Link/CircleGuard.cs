namespace QingCloudMySqlStandby.Link;

/// <summary>Clusters never replicate in a circle: before a start, the source, its source and so on are looked at, in the
/// program and in the cloud.</summary>
internal sealed class CircleGuard(Session session, Operation operation)
{
    /// <summary>How many clusters are followed. QingCloud names no limit for a chain of standbys.</summary>
    private const int MostClusters = 8;

    /// <summary>Requires that no source of the standby replicates from it.</summary>
    /// <param name="standby">The standby that is to be started.</param>
    /// <param name="link">Its source.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <param name="isPreview">Whether what the program promotes counts as promoted: the same run does that first.</param>
    public async Task RequireAsync(
        StandbyId standby,
        LinkParameters link,
        CancellationToken cancellationToken,
        bool isPreview = false
    )
    {
        RequireDeclared(standby, link);
        var reader = new LinkReader(operation.Cloud, operation.Time);
        var path = new List<string> { link.SourceClusterId };
        var current = new StandbyId(link.SourceZone, link.SourceClusterId);
        while (path.Count <= MostClusters)
        {
            if (isPreview && session.Incarnations.IsDeclaredPromoted(path[^1]))
                return;
            if (await SourceOfAsync(reader, current, standby, cancellationToken) is not { ClusterId: { } next } source)
                return;

            path.Add(next);
            if (next == standby.ClusterId)
                throw Messages.Circle(standby, path);

            current = new StandbyId(source.Zone ?? current.Zone, next);
        }
    }

    /// <summary>Looks at the program alone, as the preview of a first start does.</summary>
    public void RequireDeclared(StandbyId standby, LinkParameters link)
    {
        var path = new List<string> { link.SourceClusterId };
        while (path.Count <= MostClusters)
        {
            if (session.Incarnations.DeclaredSourceOf(path[^1]) is not { } next)
                return;

            path.Add(next);
            if (next == standby.ClusterId)
                throw Messages.Circle(standby, path);
        }
    }

    /// <summary>Where a cluster replicates from, or may; null where it is a standby of none, or is not this
    /// account's.</summary>
    private async Task<Source?> SourceOfAsync(
        LinkReader reader,
        StandbyId cluster,
        StandbyId standby,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var subject = new LinkSubject(cluster, Names.DefaultRole);
            var look = await reader.LookAsync(subject, Extent.Tab, Freshness.Live, cancellationToken);
            return look?.Link is { HasEnded: false, State: not LinkState.None } link ? link.Source : null;
        }
        catch (QingCloudException error) when (error.Kind == FailureKind.PermissionDenied)
        {
            operation.Warn(
                WarningKind.CircleNotChecked,
                $"these credentials may not look whether {cluster.ClusterId} replicates from {standby.ClusterId}: "
                    + $"{error.Message} Make sure that it does not, because each would overwrite the other"
            );
            return null;
        }
        catch (QingCloudException error)
        {
            throw Messages.CircleNotSeen(standby, cluster.ClusterId, error);
        }
    }
}
