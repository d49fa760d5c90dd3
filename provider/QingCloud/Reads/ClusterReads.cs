using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Responses;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads clusters, sharing calls between those who ask at about the same time.</summary>
internal sealed class ClusterReads(Describe describe, ZoneChanges changes, TimeSpan patience, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ZoneClusters> _zones = new(StringComparer.Ordinal);

    public Task<Cluster?> FindAsync(string zone, string clusterId, Freshness freshness, CancellationToken cancellationToken) =>
        _zones.GetOrAdd(zone, name => new ZoneClusters(describe, changes, name, patience, time))
            .FindAsync(clusterId, freshness, cancellationToken);

    public async IAsyncEnumerable<ListedCluster> ListAsync(
        string zone, int offset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var isLast = false; !isLast;)
        {
            var page = await describe.PageAsync(Listings.Clusters, zone, offset, new ReadTerms(patience), cancellationToken);
            foreach (var (row, cluster) in page.Rows.Index().Where(item => item.Item.Exists() && seen.Add(item.Item.Id)))
            {
                yield return new ListedCluster(cluster, offset + row + 1);
            }

            (offset, isLast) = (page.NextOffset, page.IsLast);
        }
    }
}
