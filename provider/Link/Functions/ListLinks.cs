using System.Runtime.CompilerServices;

namespace QingCloudMySqlStandby.Link.Functions;

/// <summary>Finds the standby links of a zone, so that existing ones can be imported. A cluster counts when it
/// replicates, is being started or was promoted. A page that is full ends with a token that says where to go
/// on.</summary>
internal static class ListLinks
{
    /// <summary>Clusters looked at together share a read of the job history.</summary>
    private const int Together = 50;

    public static async IAsyncEnumerable<ListedResource> RunAsync(
        IQingCloud cloud,
        TimeProvider time,
        ListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var zone = await ZoneAsync(cloud, request.Query, cancellationToken);
        var place = Place.Parse(request.ContinuationToken);
        var limit = request.Limit > 0 ? request.Limit : long.MaxValue;
        var page = request.PageSize > 0 ? request.PageSize : long.MaxValue;
        var reader = new LinkReader(cloud, time);
        var clusters = cloud.ListClustersAsync(zone, place.Row, cancellationToken);
        await foreach (var group in clusters.Chunk(Together).WithCancellation(cancellationToken))
        {
            var looks = await Task.WhenAll(
                group.Select(listed =>
                    reader.LookAsync(
                        new LinkSubject(new StandbyId(zone, listed.Cluster.Id), Names.DefaultRole),
                        listed.Cluster,
                        Extent.Usual,
                        Freshness.Recent,
                        cancellationToken
                    )
                )
            );
            foreach (var (listed, look) in group.Zip(looks))
            {
                if (look.Link.State is LinkState.None or LinkState.Stopped or LinkState.Unknown)
                    continue;
                if (place.Found >= limit)
                    yield break;
                if (page-- == 0)
                {
                    yield return new ListedResource("", "", place.ToString());
                    yield break;
                }

                var cluster = look.Cluster;
                place = new Place(listed.NextRow, place.Found + 1);
                var name = cluster.Name.Length > 0 ? cluster.Name : cluster.Id;
                yield return new ListedResource(new StandbyId(zone, cluster.Id).ToString(), name);
            }
        }
    }

    private static async Task<string> ZoneAsync(
        IQingCloud cloud,
        PropertyMap query,
        CancellationToken cancellationToken
    )
    {
        if (query.Keys.FirstOrDefault(name => name != Names.Zone && !Names.IsHidden(name)) is { } unknown)
        {
            throw new PluginException(
                PluginErrorCode.InvalidArgument,
                $"\"{unknown}\" cannot be queried; a query may name the zone."
            );
        }

        var zone = StandbyInputs.KnownText(query, Names.Zone) ?? await cloud.DefaultZoneAsync(cancellationToken);
        return zone is not null && Pattern.Zone().IsMatch(zone)
            ? zone
            : throw new PluginException(
                PluginErrorCode.InvalidArgument,
                "The query needs a zone such as sh1a, or set the provider's zone."
            );
    }

    /// <summary>Where a listing stands: the next row of the zone's clusters, and how many links were found before
    /// it.</summary>
    private sealed record Place(int Row, long Found)
    {
        public static Place Parse(string token) =>
            token.Split('/') switch
            {
                [""] => new Place(0, 0),
                [var first, var second]
                    when int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var found) =>
                    new Place(row, found),
                _ => throw new PluginException(
                    PluginErrorCode.InvalidArgument,
                    "The continuation token is not one that this provider gave."
                ),
            };

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row}/{Found}");
    }
}
