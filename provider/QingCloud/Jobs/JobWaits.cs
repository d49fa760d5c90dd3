using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Reads;

namespace QingCloudMySqlStandby.QingCloud.Jobs;

/// <summary>Waits for jobs; all waits of a zone share their looks. Nothing of a wait is kept when it ends.</summary>
internal sealed class JobWaits(Describe describe, ServerClock clock, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ZoneWaits> _zones = new(StringComparer.Ordinal);

    public async Task<Job> WaitAsync(
        string zone, string jobId, Action<Job> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = new JobWait(jobId, progress, time.GetTimestamp());
        var waits = Join(zone, wait);
        try
        {
            await using var registration = cancellationToken.Register(() => wait.Cancel(cancellationToken));
            return await wait.Ended;
        }
        catch (OperationCanceledException e)
        {
            throw waits.Terms.Cancelled(e, cancellationToken);
        }
        finally
        {
            Leave(zone, waits, wait);
        }
    }

    private ZoneWaits Join(string zone, JobWait wait)
    {
        lock (_gate)
        {
            if (!_zones.TryGetValue(zone, out var waits))
            {
                _zones[zone] = waits = new ZoneWaits(describe, clock, zone, time);
            }

            waits.Add(wait);
            return waits;
        }
    }

    private void Leave(string zone, ZoneWaits waits, JobWait wait)
    {
        lock (_gate)
        {
            if (!waits.Remove(wait) || _zones.GetValueOrDefault(zone) != waits)
            {
                return;
            }

            _zones.Remove(zone);
        }

        waits.Dispose();
    }
}
