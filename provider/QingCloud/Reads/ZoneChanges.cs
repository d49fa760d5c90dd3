using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>When this process last changed something in each zone: what was read before then is out of date.</summary>
internal sealed class ZoneChanges(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    public void Note(string zone) => _last[zone] = time.GetTimestamp();

    /// <summary>Whether an answer asked for at that timestamp may still be used.</summary>
    public bool IsRecent(string zone, long askedAt) =>
        time.GetElapsedTime(askedAt) <= MaxAge && !(_last.TryGetValue(zone, out var changed) && changed >= askedAt);

    private static TimeSpan MaxAge => TimeSpan.FromSeconds(5);
}
