namespace QingCloudMySqlStandby.QingCloud.Pacing;

/// <summary>
/// Keeps the account's limit of calls an hour, over a sliding hour. Reads spread what is left near the end of it and leave a
/// reserve for calls that change something; nothing fails for want of budget, it waits. Within each of the two kinds whoever
/// comes first goes first.
/// </summary>
internal sealed class CallBudget(int callsPerHour, TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RecoveryStep = TimeSpan.FromMinutes(10);
    private const double LowestShare = 1.0 / 16;
    private const double LastPart = 1.0 / 16;

    private readonly Lock _gate = new();
    private readonly FifoGate _reads = new();
    private readonly FifoGate _changes = new();
    private readonly Queue<long> _made = new();
    private readonly int _limit = callsPerHour > 0
        ? callsPerHour
        : throw new QingCloudException(FailureKind.InvalidRequest, "`apiCallsPerHour` must be at least 1.");

    private double _share = 1;
    private long? _refusedAt;
    private long? _lastRead;

    private int Reserve => _limit / 20;

    /// <summary>Waits for a call's turn, and counts it.</summary>
    public async Task TakeAsync(bool isChange, CancellationToken cancellationToken)
    {
        using var turn = await (isChange ? _changes : _reads).EnterAsync(cancellationToken);
        while (TryTake(isChange) is { } wait)
        {
            // Delays are cut to whole milliseconds: without one more, the last fraction of one would be a loop without a pause.
            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    /// <summary>Slows reads down after QingCloud refused a call for the account's rate; they recover step by step.</summary>
    public void Refused()
    {
        lock (_gate)
        {
            Recover(time.GetTimestamp());
            _share = Math.Max(_share / 2, LowestShare);
            _refusedAt = time.GetTimestamp();
        }
    }

    /// <summary>Counts the call and gives null, or gives how long to wait before asking again.</summary>
    private TimeSpan? TryTake(bool isChange)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            Recover(now);
            while (_made.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= Span)
            {
                _made.Dequeue();
            }

            var wait = isChange ? UntilFree(_limit, now) : Longest(UntilFree(_limit - Reserve, now), Pace(now));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            _made.Enqueue(now);
            _lastRead = isChange ? _lastRead : now;
            return null;
        }
    }

    // The calls that must fall out of the hour before there is room for one more.
    private TimeSpan UntilFree(int allowed, long now) =>
        _made.Count < allowed ? TimeSpan.Zero : Span - time.GetElapsedTime(_made.ElementAt(_made.Count - allowed), now);

    private TimeSpan Pace(long now)
    {
        var spacing = _refusedAt is null ? SpacingNearEnd(now) : Span / (_limit * _share);
        var sinceLast = _lastRead is { } last ? time.GetElapsedTime(last, now) : Span;
        var pause = _refusedAt is { } at ? PauseAfterRefusal - time.GetElapsedTime(at, now) : TimeSpan.Zero;
        return Longest(spacing - sinceLast, pause);
    }

    /// <summary>
    /// From the last sixteenth on, more and more of the pause that would make the rest last until the oldest call falls out of
    /// the hour: who needs little of the rest hardly notices, and who needs all of it never runs into its end.
    /// </summary>
    private TimeSpan SpacingNearEnd(long now)
    {
        var left = _limit - Reserve - _made.Count;
        var nearness = 1 - Math.Clamp(left / (_limit * LastPart), 0, 1);
        return nearness > 0
            ? (Span - time.GetElapsedTime(_made.Peek(), now)) / (Math.Max(left, 0) + 1) * (nearness * nearness)
            : TimeSpan.Zero;
    }

    private void Recover(long now)
    {
        while (_refusedAt is { } at && time.GetElapsedTime(at, now) >= RecoveryStep)
        {
            _share *= 2;
            _refusedAt = _share < 1 ? at + (long)(RecoveryStep.TotalSeconds * time.TimestampFrequency) : null;
        }

        _share = Math.Min(_share, 1);
    }

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
