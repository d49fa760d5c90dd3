using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Reads;

namespace QingCloudMySqlStandby.QingCloud.Jobs;

/// <summary>
/// Looks at the jobs of one zone that somebody waits for. The older a job, the longer the pause between looks. A look has room for
/// a hundred jobs and takes along those that are due before long: a hundred waits cost little more than one, and jobs once
/// looked at together stay together.
/// </summary>
internal sealed class ZoneWaits(Describe describe, ServerClock clock, string zone, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>How long a job that has just been made may take to be listed.</summary>
    private static readonly TimeSpan ListingDelay = TimeSpan.FromMinutes(1);

    /// <summary>Timers are cut to whole milliseconds, and one that fires too early would have to be set again.</summary>
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    private const double PauseByAge = 0.05;

    /// <summary>How much of its pause may be left to a job that a look takes along.</summary>
    private const double NearlyDue = 0.5;

    private readonly Lock _gate = new();
    private readonly List<JobWait> _waits = [];
    private readonly CancellationTokenSource _abandoned = new();
    private TaskCompletionSource _rest = new();
    private bool _isWatching;

    public ReadTerms Terms { get; } = ReadTerms.Endless();

    public void Add(JobWait wait)
    {
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_isWatching;
            _isWatching = true;
            _waits.Add(wait);
            Plan(wait, FirstLook);
            _rest.TrySetResult();
        }

        if (isFirst)
        {
            _ = WatchAsync(_abandoned.Token);
        }
    }

    /// <summary>Forgets a wait; true when none is left.</summary>
    public bool Remove(JobWait wait)
    {
        lock (_gate)
        {
            _waits.Remove(wait);
            return _waits.Count == 0;
        }
    }

    public void Dispose()
    {
        _abandoned.Cancel();
        _abandoned.Dispose();
    }

    /// <summary>Looks until nobody waits any more. Whatever ends it early, every wait is told.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await RestAsync(cancellationToken);
                await LookAsync(Due(), cancellationToken);
            }
        }
        catch (Exception e)
        {
            FailAll(e);
        }
    }

    /// <summary>Rests until a look is due; a new wait may bring that forward.</summary>
    private async Task RestAsync(CancellationToken cancellationToken)
    {
        while (StartRest() is { } left)
        {
            await using var timer = time.CreateTimer(_ => _rest.TrySetResult(), null, left + OneMillisecond, Timeout.InfiniteTimeSpan);
            await using var registration = cancellationToken.Register(() => _rest.TrySetResult());
            await _rest.Task;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan? StartRest()
    {
        lock (_gate)
        {
            var left = _waits.Count == 0
                ? LongestPause
                : time.GetElapsedTime(time.GetTimestamp(), _waits.Min(w => w.DueAt));
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            _rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return left;
        }
    }

    /// <summary>Each call's jobs: all that are due, and as many that soon will be as there is room for.</summary>
    private List<JobWait[]> Due()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return [.. _waits
                .Where(w => Left(w, now) <= w.Pause * NearlyDue || w.IsNew)
                .OrderBy(w => w.DueAt)
                .GroupBy(w => w.IsUnknown)
                .SelectMany(group => group.Chunk(Listings.MaxRows))
                .Where(part => Left(part[0], now) <= TimeSpan.Zero)];
        }
    }

    private TimeSpan Left(JobWait wait, long now) => time.GetElapsedTime(now, wait.DueAt);

    private async Task LookAsync(List<JobWait[]> due, CancellationToken cancellationToken)
    {
        foreach (var part in due)
        {
            var ids = part.Select(w => w.JobId).ToHashSet(StringComparer.Ordinal);
            var jobs = await describe.RowsAsync(Listings.Jobs, zone, ids, Terms, cancellationToken);
            foreach (var wait in part)
            {
                Tell(wait, jobs.GetValueOrDefault(wait.JobId));
            }
        }
    }

    private void Tell(JobWait wait, Job? job)
    {
        var waited = time.GetElapsedTime(wait.BegunAt);
        wait.IsNew = false;
        if (job is not null)
        {
            wait.Show(job);
            Plan(wait, PauseAt(clock.UtcNow - job.CreatedAt));
        }
        else if (waited < ListingDelay)
        {
            wait.IsUnknown = true;
            Plan(wait, PauseAt(waited));
        }
        else
        {
            wait.Fail(Unknown(wait.JobId));
        }

        if (wait.Ended.IsCompleted)
        {
            Remove(wait);
        }
    }

    private static TimeSpan PauseAt(TimeSpan age) => TimeSpan.FromSeconds(Math.Clamp(
        age.TotalSeconds * PauseByAge, ShortestPause.TotalSeconds, LongestPause.TotalSeconds));

    private void Plan(JobWait wait, TimeSpan pause)
    {
        lock (_gate)
        {
            wait.Pause = pause;
            wait.DueAt = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
        }
    }

    // Waits that come after this begin a watch of their own.
    private void FailAll(Exception failure)
    {
        lock (_gate)
        {
            _waits.ForEach(w => w.Fail(failure));
            _waits.Clear();
            _isWatching = false;
        }
    }

    private QingCloudException Unknown(string jobId) => new(
        FailureKind.NotFound,
        $"QingCloud lists no job {jobId} in zone {zone}. Check in the console which operations ran on the cluster, and that the "
        + "zone is right.");
}
