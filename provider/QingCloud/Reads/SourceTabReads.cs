using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads the tab in which the console shows a standby's source. Callers that ask for one cluster's tab at the
/// same time share a read; what was read a moment ago serves whoever is content with that.</summary>
internal sealed class SourceTabReads(RetryingReads reads, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RequestBatcher<Request, Answer>> _batchers = new(
        StringComparer.Ordinal
    );
    private readonly ConcurrentDictionary<string, Answer> _last = new(StringComparer.Ordinal);

    private sealed record Request(string Zone, Cluster Cluster, string Role);

    private sealed record Answer(long AskedAt, SourceTab? Tab);

    public async Task<SourceTab?> FindAsync(
        string zone,
        Cluster cluster,
        string role,
        Freshness freshness,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        if (!TabsOf(cluster).Any())
            return null;

        var key = $"{zone}/{cluster.Id}/{role}";
        if (freshness == Freshness.Recent && _last.TryGetValue(key, out var last) && IsUsable(last))
            return last.Tab;

        var batcher = _batchers.GetOrAdd(key, _ => new(reads, ReadAsync, time));
        var answer = await batcher.AskAsync(new Request(zone, cluster, role), terms, cancellationToken);
        _last[key] = answer;
        return answer.Tab;
    }

    private bool IsUsable(Answer answer) => time.GetElapsedTime(answer.AskedAt) <= MaxAge;

    private static IEnumerable<KeyValuePair<string, string>> TabsOf(Cluster cluster) =>
        cluster.DisplayTabs.Where(tab => SourceTabReader.IsAbout(tab.Key, tab.Value));

    private async Task<Answer> ReadAsync(
        IReadOnlyList<Request> requests,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var (zone, cluster, role) = requests[^1];
        var askedAt = time.GetTimestamp();
        return new Answer(askedAt, await ReadTabsAsync(zone, cluster, role, progress, cancellationToken));
    }

    private async Task<SourceTab?> ReadTabsAsync(
        string zone,
        Cluster cluster,
        string role,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        SourceTab? empty = null;
        foreach (var (name, _) in TabsOf(cluster).Take(3))
        {
            var tab = await ReadAsync(zone, cluster, name, role, progress, cancellationToken);
            if (tab is { HasSource: true })
                return tab;

            empty ??= tab;
        }

        return empty;
    }

    private async Task<SourceTab?> ReadAsync(
        string zone,
        Cluster cluster,
        string name,
        string role,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var call = new ApiCall("DescribeClusterDisplayTabs", zone, $"tab {name} of cluster {cluster.Id}")
            .With("cluster", cluster.Id)
            .With("display_tabs", name)
            .With("role", role);
        try
        {
            var answer = await reads.ReadAsync(call, progress, cancellationToken);
            return SourceTabReader.Read(answer, cluster.Id);
        }
        catch (QingCloudException e)
            when (e.Kind is FailureKind.NotFound or FailureKind.InvalidRequest or FailureKind.PermissionDenied)
        {
            // Which tabs there are is a guess by their names: one that cannot be asked for is no tab of ours.
            return null;
        }
    }
}
