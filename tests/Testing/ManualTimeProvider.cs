namespace QingCloudMySqlStandby.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire, in order, as it passes them.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<(ManualTimer Timer, int Version), (long Due, long Order)> due = new();
    private long ticks;
    private long order;

    /// <summary>Starts at a fixed, unremarkable moment.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero))
    {
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer that it passes at that timer's own time.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        while (FireNext(end))
        {
        }

        Interlocked.Exchange(ref ticks, end);
    }

    /// <summary>Moves the clock to the next timer and fires it; false when no timer is set.</summary>
    public bool AdvanceToNextTimer() => FireNext(long.MaxValue);

    private bool FireNext(long end)
    {
        ManualTimer timer;
        lock (gate)
        {
            while (due.TryPeek(out var next, out _) && next.Version != next.Timer.Version)
            {
                due.Dequeue();
            }

            if (!due.TryPeek(out var first, out var at) || at.Due > end)
            {
                return false;
            }

            due.Dequeue();
            timer = first.Timer;
            Interlocked.Exchange(ref ticks, Math.Max(at.Due, GetTimestamp()));
            timer.Rearm();
        }

        timer.Fire();
        return true;
    }

    private void Schedule(ManualTimer timer, TimeSpan delay) =>
        due.Enqueue((timer, timer.Version), (GetTimestamp() + delay.Ticks, order++));

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Version++;
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock.Schedule(this, dueTime);
                }

                return true;
            }
        }

        public void Rearm()
        {
            Version++;
            if (period > TimeSpan.Zero)
            {
                clock.Schedule(this, period);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
            {
                Version++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
