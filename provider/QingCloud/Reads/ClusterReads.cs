using System.Runtime.CompilerServices;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads how a cluster is: its nodes, what they measure, its parameters, and the jobs of its app. Nothing of it
/// is shared or kept: no refresh asks for it.</summary>
internal sealed class ClusterReads(RetryingReads reads, ServerClock clock)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>The most rows that one call gives; no cluster has as many nodes.</summary>
    private const int MaxRows = 100;

    public async Task<IReadOnlyList<ClusterNode>> ListNodesAsync(
        string zone,
        string clusterId,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var call = Listing("DescribeClusterNodes", zone, $"nodes of cluster {clusterId}", offset: 0)
            .With("cluster", clusterId);
        var answer = await OnceAsync(call, terms, cancellationToken);
        return [.. answer.Items("node_set").Select(NodeReader.Read).OfType<ClusterNode>()];
    }

    public async Task<MeterReadings> ReadMetersAsync(
        string zone,
        string nodeId,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var now = clock.UtcNow;
        var call = new ApiCall("GetClusterMonitor", zone, $"monitor of node {nodeId}")
            .With("resource", nodeId)
            .WithList("meters", [MeterReader.AppMeters])
            .With("step", "5m")
            .With("start_time", Stamp(now - Window))
            .With("end_time", Stamp(now));
        return MeterReader.Read(await OnceAsync(call, terms, cancellationToken), now, Step);
    }

    /// <summary>The documentation calls the cluster <c>cluster</c>, and <c>cluster_id</c> in its sample: both are
    /// sent.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadEnvironmentAsync(
        string zone,
        string clusterId,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var call = new ApiCall("DescribeClusterEnvironment", zone, $"parameters of cluster {clusterId}")
            .With("cluster", clusterId)
            .With("cluster_id", clusterId);
        return EnvironmentReader.Read(await OnceAsync(call, terms, cancellationToken));
    }

    public async IAsyncEnumerable<Job> ListJobsAsync(
        string zone,
        string appId,
        ReadTerms terms,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (int? offset = 0; offset is { } from; )
        {
            var call = Listing("DescribeClusterJobs", zone, $"jobs of app {appId}", from).With("app", appId);
            var answer = await OnceAsync(call, terms, cancellationToken);
            var rows = answer.Items("job_set").ToList();
            foreach (var job in rows.Select(JobReader.Read).OfType<Job>())
                yield return job;

            var next = from + rows.Count;
            var isLast = rows.Count == 0 || next >= (answer.Number("total_count") ?? int.MaxValue);
            offset = isLast ? null : next;
        }
    }

    private static ApiCall Listing(string action, string zone, string subject, int offset) =>
        new ApiCall(action, zone, subject)
            .With("offset", FormattableString.Invariant($"{offset}"))
            .With("limit", FormattableString.Invariant($"{MaxRows}"))
            .With("verbose", "0");

    private Task<JsonElement> OnceAsync(ApiCall call, ReadTerms terms, CancellationToken cancellationToken) =>
        reads.OnceAsync((progress, abandoned) => reads.ReadAsync(call, progress, abandoned), terms, cancellationToken);

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
