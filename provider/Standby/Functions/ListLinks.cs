using System.Runtime.CompilerServices;

namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>Finds the standby links of a zone, so that existing ones can be imported. A cluster counts when it
/// replicates, is being started or was promoted. A page that is full ends with a token that says where to go
/// on.</summary>
internal static class ListLinks
{
    /// <summary>Clusters looked at together share a read of the job history.</summary>
    private const int Together = 50;

    public static async IAsyncEnumerable<ListedResource> RunAsync(
        IQingCloud cloud, ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var zone = await ZoneAsync(cloud, request.Query, cancellationToken);
        var place = Place.Parse(request.ContinuationToken);
        var limit = request.Limit > 0 ? request.Limit : long.MaxValue;
        var page = request.PageSize > 0 ? request.PageSize : long.MaxValue;
        var reader = new LinkReader(cloud);
        var clusters = cloud.ListClustersAsync(zone, place.Row, cancellationToken);
        await foreach (var group in clusters.Chunk(Together).WithCancellation(cancellationToken))
        {
            var looks = await Task.WhenAll(group.Select(listed => LookAsync(reader, zone, listed, cancellationToken)));
            foreach (var look in looks.Where(look => IsLink(look.Standby.Link)))
            {
                if (place.Found >= limit)
                    yield break;

                if (page-- == 0)
                {
                    yield return new ListedResource("", "", place.ToString());
                    yield break;
                }

                var cluster = look.Standby.Cluster;
                place = new Place(look.NextRow, place.Found + 1);
                var name = cluster.Name.Length > 0 ? cluster.Name : cluster.Id;
                yield return new ListedResource(new StandbyId(zone, cluster.Id).ToString(), name);
            }
        }
    }

    private static async Task<(ObservedStandby Standby, int NextRow)> LookAsync(
        LinkReader reader, string zone, ListedCluster listed, CancellationToken cancellationToken)
    {
        var subject = new LinkSubject(new StandbyId(zone, listed.Cluster.Id), Names.DefaultRole);
        return (await reader.LookAsync(subject, listed.Cluster, cancellationToken), listed.NextRow);
    }

    private static bool IsLink(ObservedLink link) => link.State is not (LinkState.None or LinkState.Stopped);

    private static async Task<string> ZoneAsync(
        IQingCloud cloud, PropertyMap query, CancellationToken cancellationToken)
    {
        var others = query.Keys.Where(name => name != Names.Zone && !name.StartsWith("__", StringComparison.Ordinal));
        if (others.FirstOrDefault() is { } unknown)
        {
            throw new PluginException(
                PluginErrorCode.InvalidArgument, $"\"{unknown}\" cannot be queried; a query may name the zone.");
        }

        var zone = StandbyInputs.KnownText(query, Names.Zone) ?? await cloud.DefaultZoneAsync(cancellationToken);
        return zone is not null && Pattern.Zone().IsMatch(zone) ? zone : throw new PluginException(
            PluginErrorCode.InvalidArgument, "The query needs a zone such as sh1a, or set the provider's zone.");
    }

    /// <summary>Where a listing stands: the next row of the zone's clusters, and how many links were found before
    /// it.</summary>
    private sealed record Place(int Row, long Found)
    {
        public static Place Parse(string token)
        {
            if (token.Length == 0)
                return new Place(0, 0);

            var parts = token.Split('/');
            return parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var found)
                ? new Place(row, found)
                : throw new PluginException(
                    PluginErrorCode.InvalidArgument, "The continuation token is not one that this provider gave.");
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row}/{Found}");
    }
}
