using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Responses;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>
/// Reads clusters of one zone. Clusters asked for together share a call. When more are asked for within the seconds that an
/// answer stays usable, many single reads are likely to follow, such as a refresh that runs few at a time: the zone is then
/// listed as a whole. Of a large zone that costs many calls, and it is listed only once as many were spent on single reads.
/// </summary>
internal sealed class ZoneClusters
{
    private const int AlwaysWorthIt = 4;
    private readonly Describe _describe;
    private readonly ZoneChanges _changes;
    private readonly string _zone;
    private readonly TimeProvider _time;
    private readonly Gathering<(string Id, Freshness Freshness), Cluster?> _gathering;
    private volatile Known? _known;
    private int _readInARow;
    private int _pages;

    public ZoneClusters(Describe describe, ZoneChanges changes, string zone, TimeSpan patience, TimeProvider time)
    {
        (_describe, _changes, _zone, _time) = (describe, changes, zone, time);
        _gathering = new(AnswerAsync, patience, time);
    }

    public async Task<Cluster?> FindAsync(string id, Freshness freshness, CancellationToken cancellationToken) =>
        freshness == Freshness.Recent && Usable() is { } recent && recent.TryFind(id, out var cluster)
            ? cluster
            : await _gathering.AskAsync((id, freshness), cancellationToken);

    private async Task<Func<(string Id, Freshness Freshness), Cluster?>> AnswerAsync(
        IReadOnlyList<(string Id, Freshness Freshness)> requests, ReadTerms terms, CancellationToken cancellationToken)
    {
        var isFollowing = Usable() is { IsForRecent: true } && requests.Any(r => r.Freshness == Freshness.Recent);
        _readInARow = isFollowing ? _readInARow + 1 : 0;
        var answer = (isFollowing && IsWorthListing ? await ListAsync(terms, cancellationToken) : null)
            ?? await ReadAsync(requests, terms, cancellationToken);
        _known = answer;
        return request => answer.TryFind(request.Id, out var cluster) ? cluster : null;
    }

    private bool IsWorthListing => _pages <= Math.Max(AlwaysWorthIt, _readInARow);

    private Known? Usable() => _known is { } usable && _changes.IsRecent(_zone, usable.AskedAt) ? usable : null;

    private async Task<Known> ReadAsync(
        IReadOnlyList<(string Id, Freshness Freshness)> requests, ReadTerms terms, CancellationToken cancellationToken)
    {
        var askedAt = _time.GetTimestamp();
        var ids = requests.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var rows = await _describe.RowsAsync(Listings.Clusters, _zone, ids, terms, cancellationToken);
        return new Known(askedAt, rows, ids, IsForRecent: requests.Any(r => r.Freshness == Freshness.Recent));
    }

    /// <summary>Lists the zone; null when that turns out not to be worth it yet.</summary>
    private async Task<Known?> ListAsync(ReadTerms terms, CancellationToken cancellationToken)
    {
        var askedAt = _time.GetTimestamp();
        var rows = new Dictionary<string, Cluster>(StringComparer.Ordinal);
        var offset = 0;
        for (var isLast = false; !isLast;)
        {
            var page = await _describe.PageAsync(Listings.Clusters, _zone, offset, terms, cancellationToken);
            (offset, isLast) = (page.NextOffset, page.IsLast);
            _pages = PagesOf(page.Total ?? offset + (isLast ? 0 : 1));
            if (!IsWorthListing)
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

    private static int PagesOf(int clusters) => (clusters + Listings.MaxRows - 1) / Listings.MaxRows;

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
