namespace QingCloudMySqlStandby.QingCloud;

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

    private readonly Lock gate = new();
    private readonly FifoGate reads = new();
    private readonly FifoGate changes = new();
    private readonly Queue<long> made = new();
    private readonly int limit = callsPerHour > 0
        ? callsPerHour
        : throw new QingCloudException(FailureKind.InvalidRequest, "`apiCallsPerHour` must be at least 1.");

    private double share = 1;
    private long? refusedAt;
    private long? lastRead;

    private int Reserve => limit / 20;

    /// <summary>Waits for a call's turn, and counts it.</summary>
    public async Task TakeAsync(bool isChange, CancellationToken cancellationToken)
    {
        using var turn = await (isChange ? changes : reads).EnterAsync(cancellationToken);
        while (TryTake(isChange) is { } wait)
        {
            // Delays are cut to whole milliseconds: without one more, the last fraction of one would be a loop without a pause.
            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    /// <summary>Slows reads down after QingCloud refused a call for the account's rate; they recover step by step.</summary>
    public void Refused()
    {
        lock (gate)
        {
            Recover(time.GetTimestamp());
            share = Math.Max(share / 2, LowestShare);
            refusedAt = time.GetTimestamp();
        }
    }

    /// <summary>Counts the call and gives null, or gives how long to wait before asking again.</summary>
    private TimeSpan? TryTake(bool isChange)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            Recover(now);
            while (made.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= Span)
            {
                made.Dequeue();
            }

            var wait = isChange ? UntilFree(limit, now) : Longest(UntilFree(limit - Reserve, now), Pace(now));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            made.Enqueue(now);
            lastRead = isChange ? lastRead : now;
            return null;
        }
    }

    // The calls that must fall out of the hour before there is room for one more.
    private TimeSpan UntilFree(int allowed, long now) =>
        made.Count < allowed ? TimeSpan.Zero : Span - time.GetElapsedTime(made.ElementAt(made.Count - allowed), now);

    private TimeSpan Pace(long now)
    {
        var spacing = refusedAt is null ? SpacingNearEnd(now) : Span / (limit * share);
        var sinceLast = lastRead is { } last ? time.GetElapsedTime(last, now) : Span;
        var pause = refusedAt is { } at ? PauseAfterRefusal - time.GetElapsedTime(at, now) : TimeSpan.Zero;
        return Longest(spacing - sinceLast, pause);
    }

    /// <summary>
    /// From the last sixteenth on, more and more of the pause that would make the rest last until the oldest call falls out of
    /// the hour: who needs little of the rest hardly notices, and who needs all of it never runs into its end.
    /// </summary>
    private TimeSpan SpacingNearEnd(long now)
    {
        var left = limit - Reserve - made.Count;
        var nearness = 1 - Math.Clamp(left / (limit * LastPart), 0, 1);
        return nearness > 0
            ? (Span - time.GetElapsedTime(made.Peek(), now)) / (Math.Max(left, 0) + 1) * (nearness * nearness)
            : TimeSpan.Zero;
    }

    private void Recover(long now)
    {
        while (refusedAt is { } at && time.GetElapsedTime(at, now) >= RecoveryStep)
        {
            share *= 2;
            refusedAt = share < 1 ? at + (long)(RecoveryStep.TotalSeconds * time.TimestampFrequency) : null;
        }

        share = Math.Min(share, 1);
    }

    private static TimeSpan Longest(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
