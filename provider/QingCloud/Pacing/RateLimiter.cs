namespace QingCloudMySqlStandby.QingCloud.Pacing;

/// <summary>Keeps the account's limit of calls in any hour. Nothing fails for want of calls, it waits; among reads, and
/// among calls that change something, whoever comes first goes first. Reads leave the others room: the more were made
/// in the last hour, the longer the pause before the next, so that they never take more than their share of
/// it.</summary>
/// <remarks>The limiters of System.Threading.RateLimiting take no <see cref="TimeProvider"/>.</remarks>
internal sealed class RateLimiter(int callsPerHour, TimeProvider time)
{
    private const double ReadsShare = 0.42;

    /// <summary>The part of their share that reads may take without a pause.</summary>
    private const double FreeReads = 0.10;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CautionAfterRefusal = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly FairSemaphore _readers = new();
    private readonly FairSemaphore _changers = new();
    private readonly Queue<(long At, bool IsChange)> _made = new();
    private readonly double _mostReads = callsPerHour * ReadsShare;
    private readonly int _mostCalls =
        callsPerHour > 0
            ? callsPerHour
            : throw new QingCloudException(FailureKind.InvalidRequest, "`apiCallsPerHour` must be at least 1.");

    private int _reads;
    private long? _lastRead;
    private long? _refusedAt;

    /// <summary>Waits for a call's turn, and counts it. A wait that is long enough to be noticed is reported.</summary>
    public async Task TakeAsync(bool isChange, Action<string> report, CancellationToken cancellationToken)
    {
        await using var notice = time.CreateTimer(
            _ => report("waiting for the account's call budget"),
            null,
            Noticeable,
            Timeout.InfiniteTimeSpan
        );
        using var turn = await (isChange ? _changers : _readers).EnterAsync(cancellationToken);
        while (TryTake(isChange) is { } wait)
        {
            // Delays are cut to whole milliseconds: without one more, the last fraction of one would be a loop without
            // a pause.
            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    /// <summary>Slows reads down after QingCloud refused a call for the account's rate: for a while they come as slowly
    /// as if they had taken their share.</summary>
    public void Refused()
    {
        lock (_gate)
            _refusedAt = time.GetTimestamp();
    }

    /// <summary>Counts the call and gives null, or gives how long to wait before asking again.</summary>
    private TimeSpan? TryTake(bool isChange)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            while (UntilForgotten(now) <= TimeSpan.Zero)
                _reads -= _made.Dequeue().IsChange ? 0 : 1;

            var wait =
                _made.Count >= _mostCalls ? UntilForgotten(now)
                : isChange ? TimeSpan.Zero
                : UntilNextRead(now);
            if (wait > TimeSpan.Zero)
                return wait;

            _made.Enqueue((now, isChange));
            (_reads, _lastRead) = isChange ? (_reads, _lastRead) : (_reads + 1, now);
            return null;
        }
    }

    private TimeSpan UntilForgotten(long now) =>
        _made.TryPeek(out var oldest) ? Hour - time.GetElapsedTime(oldest.At, now) : Hour;

    private TimeSpan UntilNextRead(long now)
    {
        var sinceRefusal = _refusedAt is { } refused ? time.GetElapsedTime(refused, now) : TimeSpan.MaxValue;
        if (sinceRefusal < PauseAfterRefusal)
            return PauseAfterRefusal - sinceRefusal;

        // With pauses that grow evenly from none to twice the average, the share lasts an hour.
        var reads = sinceRefusal < CautionAfterRefusal ? _mostReads : Math.Max(_reads - (FreeReads * _mostReads), 0);
        var pause = Hour / _mostReads * 2 * (reads / _mostReads);
        var left = _lastRead is { } last ? pause - time.GetElapsedTime(last, now) : TimeSpan.Zero;
        return left < UntilForgotten(now) ? left : UntilForgotten(now);
    }
}
