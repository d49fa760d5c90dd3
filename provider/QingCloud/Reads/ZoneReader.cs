using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads one zone's clusters and jobs for all who ask. What is asked for together is read together; what was
/// read a moment ago, and not before this process's last change, also serves whoever is content with that.</summary>
internal sealed class ZoneReader
{
    /// <summary>The most clusters that are listed where single ones were asked for.</summary>
    private const int MostListed = 2000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly RetryingReads _reads;
    private readonly TimeProvider _time;
    private readonly Listing<Cluster> _clusterListing;
    private readonly Listing<Job> _jobListing;
    private readonly ZoneJobReader _jobReader;
    private readonly RequestBatcher<ClusterRequest, ClusterList> _clusterReads;
    private readonly RequestBatcher<HistoryRequest, ZoneJobs> _historyReads;
    private readonly RequestBatcher<string, Dictionary<string, Job>> _jobReads;
    private volatile ClusterList? _clusters;
    private volatile ZoneJobs? _jobs;
    private long _changedAt = long.MinValue;

    public ZoneReader(RetryingReads reads, string zone, TimeProvider time)
    {
        (_reads, _time) = (reads, time);
        _clusterListing = new(
            new("DescribeClusters", "cluster", "clusters", "cluster_set", "1", ClusterReader.Read, row => row.Id),
            reads,
            zone
        );
        _jobListing = new(
            new("DescribeJobs", "job", "jobs", "job_set", "0", JobReader.Read, row => row.Id),
            reads,
            zone
        );
        _jobReader = new ZoneJobReader(_jobListing, time);
        _clusterReads = new(reads, ReadClustersAsync, time);
        _historyReads = new(reads, ReadHistoriesAsync, time);
        _jobReads = new(reads, _jobListing.FindAsync, time);
    }

    private sealed record ClusterRequest(string Id, Freshness Freshness);

    private sealed record HistoryRequest(string ClusterId, HistoryDepth Depth, Freshness Freshness);

    /// <summary>Notes that this process changes something in the zone: what was read before that is out of
    /// date.</summary>
    public void Changed() => Interlocked.Exchange(ref _changedAt, _time.GetTimestamp());

    public async Task<Cluster?> FindClusterAsync(
        string id,
        Freshness freshness,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var clusters =
            freshness == Freshness.Recent && _clusters is { } known && IsUsable(known.AskedAt) && known.Shows(id)
                ? known
                : await _clusterReads.AskAsync(new(id, freshness), terms, cancellationToken);
        return clusters.Find(id);
    }

    public async Task<JobHistory> ReadHistoryAsync(
        string clusterId,
        HistoryDepth depth,
        Freshness freshness,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var jobs =
            freshness == Freshness.Recent
            && _jobs is { } known
            && IsUsable(known.AskedAt)
            && known.Shows(clusterId, depth)
                ? known
                : await _historyReads.AskAsync(new(clusterId, depth, freshness), terms, cancellationToken);
        return jobs.Of(clusterId, depth);
    }

    public async Task<Job?> FindJobAsync(string id, ReadTerms terms, CancellationToken cancellationToken) =>
        (await _jobReads.AskAsync(id, terms, cancellationToken)).GetValueOrDefault(id);

    public async IAsyncEnumerable<ListedCluster> ListClustersAsync(
        int offset,
        ReadTerms terms,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var isLast = false; !isLast; )
        {
            var from = offset;
            var page = await _reads.OnceAsync(
                (progress, abandoned) => _clusterListing.PageAsync(from, progress, abandoned),
                terms,
                cancellationToken
            );
            foreach (var (row, cluster) in page.Rows.Index().Where(row => row.Item.Exists() && seen.Add(row.Item.Id)))
                yield return new ListedCluster(cluster, from + row + 1);

            (offset, isLast) = (page.NextOffset, page.IsLast);
        }
    }

    private bool IsUsable(long askedAt) =>
        _time.GetElapsedTime(askedAt) <= MaxAge && askedAt > Interlocked.Read(ref _changedAt);

    /// <summary>Reads the clusters that were asked for. When more are asked for within the seconds that an answer stays
    /// usable, many single reads are likely to follow, such as a refresh that runs few at a time: the zone is then
    /// listed.</summary>
    private async Task<ClusterList> ReadClustersAsync(
        IReadOnlyList<ClusterRequest> requests,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var askedAt = _time.GetTimestamp();
        var isForRecent = requests.Any(request => request.Freshness == Freshness.Recent);
        if (
            isForRecent
            && _clusters is { IsForRecent: true } last
            && IsUsable(last.AskedAt)
            && await ListClustersAsync(progress, cancellationToken) is { } all
        )
        {
            return _clusters = new ClusterList(askedAt, all, null, isForRecent);
        }

        var ids = requests.Select(request => request.Id).ToHashSet(StringComparer.Ordinal);
        var rows = await _clusterListing.FindAsync(ids, progress, cancellationToken);
        return _clusters = new ClusterList(askedAt, rows, ids, isForRecent);
    }

    /// <summary>All clusters; null when there are too many.</summary>
    private async Task<Dictionary<string, Cluster>?> ListClustersAsync(
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<string, Cluster>(StringComparer.Ordinal);
        for (var offset = 0; ; )
        {
            var page = await _clusterListing.PageAsync(offset, progress, cancellationToken);
            foreach (var cluster in page.Rows)
                rows[cluster.Id] = cluster;

            if (page.IsLast || Math.Max(page.NextOffset, page.Total ?? 0) > MostListed)
                return page.IsLast ? rows : null;

            offset = page.NextOffset;
        }
    }

    private async Task<ZoneJobs> ReadHistoriesAsync(
        IReadOnlyList<HistoryRequest> requests,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var allowsRecent = requests.All(request => request.Freshness == Freshness.Recent);
        var usable = allowsRecent && _jobs is { } known && IsUsable(known.AskedAt) ? known : null;
        var jobs = await _jobReader.ReadAsync(
            usable,
            usable is null ? _jobs : null,
            [.. requests.Select(request => request.Depth).Distinct()],
            progress,
            cancellationToken
        );
        var outdated = jobs.OutdatedOf([
            .. requests.Select(request => request.ClusterId).Distinct(StringComparer.Ordinal),
        ]);
        return _jobs = jobs.With(outdated, await _jobListing.FindAsync(outdated, progress, cancellationToken));
    }
}

/// <summary>The readers of the zones, one each.</summary>
internal sealed class ZoneReaders(RetryingReads reads, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ZoneReader> _zones = new(StringComparer.Ordinal);

    public ZoneReader Of(string zone) => _zones.GetOrAdd(zone, name => new ZoneReader(reads, name, time));
}
