namespace QingCloudMySqlStandby.QingCloud.Pacing;

/// <summary>How long to wait before another try: doubling from 1 s to 30 s, each less a random part of up to
/// half.</summary>
internal sealed class Backoff(Random random, TimeProvider time)
{
    private readonly Lock _gate = new();

    /// <summary>Waits after this many failures, the first being 1.</summary>
    public Task WaitAsync(int failures, CancellationToken cancellationToken)
    {
        double part;
        lock (_gate)
            part = 0.5 + (random.NextDouble() / 2);

        var wait = TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, failures)) * part);
        return Task.Delay(wait, time, cancellationToken);
    }
}
