namespace QingCloudMySqlStandby.QingCloud;

/// <summary>
/// Reads clusters of one zone. Clusters asked for together share a call. When more are asked for within the seconds that an
/// answer stays usable, many single reads are likely to follow, such as a refresh that runs few at a time: the zone is then
/// listed as a whole, unless it is so large that this would cost more than it saves.
/// </summary>
internal sealed class ZoneClusters
{
    private const int MostListed = 4 * Listings.MaxRows;
    private readonly Describe describe;
    private readonly ZoneChanges changes;
    private readonly string zone;
    private readonly TimeProvider time;
    private readonly Gathering<(string Id, Freshness Freshness), Cluster?> gathering;
    private volatile Known? known;
    private bool isTooLarge;

    public ZoneClusters(Describe describe, ZoneChanges changes, string zone, TimeSpan patience, TimeProvider time)
    {
        (this.describe, this.changes, this.zone, this.time) = (describe, changes, zone, time);
        gathering = new(AnswerAsync, patience, time);
    }

    public async Task<Cluster?> FindAsync(string id, Freshness freshness, CancellationToken cancellationToken) =>
        freshness == Freshness.Recent && Usable() is { } recent && recent.TryFind(id, out var cluster)
            ? cluster
            : await gathering.AskAsync((id, freshness), cancellationToken);

    private async Task<Func<(string Id, Freshness Freshness), Cluster?>> AnswerAsync(
        IReadOnlyList<(string Id, Freshness Freshness)> requests, ReadTerms terms, CancellationToken cancellationToken)
    {
        var isFollowed = Usable() is { IsForRecent: true } && requests.Any(r => r.Freshness == Freshness.Recent);
        var answer = (isFollowed && !isTooLarge ? await ListAsync(terms, cancellationToken) : null)
            ?? await ReadAsync(requests, terms, cancellationToken);
        known = answer;
        return request => answer.TryFind(request.Id, out var cluster) ? cluster : null;
    }

    private Known? Usable() => known is { } usable && changes.IsRecent(zone, usable.AskedAt) ? usable : null;

    private async Task<Known> ReadAsync(
        IReadOnlyList<(string Id, Freshness Freshness)> requests, ReadTerms terms, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        var ids = requests.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var rows = await describe.RowsAsync(Listings.Clusters, zone, ids, terms, cancellationToken);
        return new Known(askedAt, rows, ids, IsForRecent: requests.Any(r => r.Freshness == Freshness.Recent));
    }

    /// <summary>Lists the zone; null when it is too large for that.</summary>
    private async Task<Known?> ListAsync(ReadTerms terms, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        var rows = new Dictionary<string, Cluster>(StringComparer.Ordinal);
        var offset = 0;
        for (var isLast = false; !isLast;)
        {
            var page = await describe.PageAsync(Listings.Clusters, zone, offset, terms, cancellationToken);
            (offset, isLast) = (page.NextOffset, page.IsLast);
            isTooLarge = Math.Max(page.Total ?? 0, isLast ? 0 : offset + 1) > MostListed;
            if (isTooLarge)
            {
                return null;
            }

            foreach (var cluster in page.Rows)
            {
                rows[cluster.Id] = cluster;
            }
        }

        return new Known(askedAt, rows, null, IsForRecent: true);
    }

    /// <summary>What one answer told; where it listed the zone (<paramref name="Asked"/> is null), also which clusters there are not.</summary>
    private sealed record Known(
        long AskedAt, Dictionary<string, Cluster> Rows, HashSet<string>? Asked, bool IsForRecent)
    {
        public bool TryFind(string id, out Cluster? cluster)
        {
            cluster = Rows.TryGetValue(id, out var row) && row.Exists() ? row : null;
            return Asked is null || Asked.Contains(id);
        }
    }
}
