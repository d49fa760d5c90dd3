using System.Collections.Concurrent;
using QingCloudMySqlStandby.QingCloud.Reads;

namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Runs services, one at a time on a cluster. What was read of its zone before is out of date then.</summary>
internal sealed class ServiceRunner(
    ApiClient api,
    ZoneReaders zones,
    ServerClock clock,
    Backoff backoff,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<string, FairSemaphore> _clusters = new(StringComparer.Ordinal);

    public async Task<string> RunAsync(ServiceCall call, ReadTerms terms, CancellationToken cancellationToken)
    {
        var cluster = _clusters.GetOrAdd($"{call.Zone}/{call.ClusterId}", _ => new FairSemaphore());
        using var turn = await cluster.EnterAsync(cancellationToken);
        var zone = zones.Of(call.Zone);
        zone.Changed();
        try
        {
            return await new Submission(call, terms, api, zone, clock, backoff, time, cancellationToken).RunAsync();
        }
        finally
        {
            zone.Changed();
        }
    }
}
