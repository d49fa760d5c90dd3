namespace QingCloudMySqlStandby.QingCloud.Pacing;

/// <summary>How long to wait before another try: doubling from 1 s to 30 s, each less a random part of up to
/// half.</summary>
internal sealed class Backoff(Random random, TimeProvider time)
{
    private readonly Lock _gate = new();

    public Task WaitAsync(int failures, CancellationToken cancellationToken) =>
        Task.Delay(After(failures), time, cancellationToken);

    /// <summary>The wait after this many failures, the first being 1.</summary>
    public TimeSpan After(int failures)
    {
        var full = Math.Min(30, Math.Pow(2, failures));
        lock (_gate)
            return TimeSpan.FromSeconds(full * (0.5 + (random.NextDouble() / 2)));
    }
}
