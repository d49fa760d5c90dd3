using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads the standby services that ran on clusters, sharing walks through a zone's job history.</summary>
internal sealed class HistoryReads(Describe describe, ZoneChanges changes, TimeSpan patience, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Zone, bool IsEndless), ZoneHistory> _zones = new();

    public Task<JobHistory> ReadAsync(
        string zone, string clusterId, DateTimeOffset? since, Freshness freshness, CancellationToken cancellationToken) =>
        Of(zone, patience).ReadAsync(new(clusterId, since, freshness), cancellationToken);

    /// <summary>The same, for as long as the token lives: for what must be found out.</summary>
    public Task<JobHistory> InsistAsync(
        string zone, string clusterId, DateTimeOffset since, CancellationToken cancellationToken) =>
        Of(zone, Timeout.InfiniteTimeSpan).ReadAsync(new(clusterId, since, Freshness.Live), cancellationToken);

    private ZoneHistory Of(string zone, TimeSpan zonePatience) => _zones.GetOrAdd(
        (zone, zonePatience == Timeout.InfiniteTimeSpan),
        key => new ZoneHistory(describe, changes, key.Zone, zonePatience, time));
}

/// <summary>What is asked of a zone's history.</summary>
internal sealed record HistoryRequest(string ClusterId, DateTimeOffset? Since, Freshness Freshness);
