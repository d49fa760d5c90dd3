using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>The readers of the zones, one each.</summary>
internal sealed class ZoneReaders(RetryingReads reads, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ZoneReader> _zones = new(StringComparer.Ordinal);

    public ZoneReader Of(string zone) => _zones.GetOrAdd(zone, name => new ZoneReader(reads, name, time));
}
