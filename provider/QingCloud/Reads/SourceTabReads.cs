namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads the tab in which the console shows a standby's source.</summary>
internal sealed class SourceTabReads(RetryingReads reads)
{
    public async Task<SourceTab?> FindAsync(
        string zone,
        Cluster cluster,
        string role,
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        SourceTab? empty = null;
        var tabs = cluster.DisplayTabs.Where(tab => SourceTabReader.IsAbout(tab.Key, tab.Value));
        foreach (var (name, _) in tabs.Take(3))
        {
            var tab = await ReadAsync(zone, cluster, name, role, terms, cancellationToken);
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
        ReadTerms terms,
        CancellationToken cancellationToken
    )
    {
        var call = new ApiCall("DescribeClusterDisplayTabs", zone, $"tab {name} of cluster {cluster.Id}")
            .With("cluster", cluster.Id)
            .With("display_tabs", name)
            .With("role", role);
        try
        {
            var answer = await reads.OnceAsync(
                (progress, abandoned) => reads.ReadAsync(call, progress, abandoned),
                terms,
                cancellationToken
            );
            return SourceTabReader.Read(answer, cluster.Id);
        }
        catch (QingCloudException e) when (e.Kind is FailureKind.NotFound or FailureKind.InvalidRequest)
        {
            // Which tabs there are is a guess by their names: one that cannot be asked for is no tab of ours.
            return null;
        }
    }
}
