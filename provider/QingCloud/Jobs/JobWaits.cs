namespace QingCloudMySqlStandby.QingCloud;

/// <summary>Waits for jobs; all waits of a zone share their looks. Nothing of a wait is kept when it ends.</summary>
internal sealed class JobWaits(Describe describe, ServerClock clock, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ZoneWaits> zones = new(StringComparer.Ordinal);

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
        lock (gate)
        {
            if (!zones.TryGetValue(zone, out var waits))
            {
                zones[zone] = waits = new ZoneWaits(describe, clock, zone, time);
            }

            waits.Add(wait);
            return waits;
        }
    }

    private void Leave(string zone, ZoneWaits waits, JobWait wait)
    {
        lock (gate)
        {
            if (!waits.Remove(wait) || zones.GetValueOrDefault(zone) != waits)
            {
                return;
            }

            zones.Remove(zone);
        }

        waits.Dispose();
    }
}
