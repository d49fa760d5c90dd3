namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>A clock that stands still until a test moves it; timers fire, in order, as it passes them.</summary>
internal sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(ManualTimer Timer, int Version), (long Due, long Order)> _due = new();
    private long _ticks;
    private long _order;

    /// <summary>Starts at a fixed, unremarkable moment.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero)) { }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

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
        while (FireNext(end)) { }

        Interlocked.Exchange(ref _ticks, end);
    }

    /// <summary>Moves the clock to the next timer and fires it; false when no timer is set.</summary>
    public bool AdvanceToNextTimer() => FireNext(long.MaxValue);

    private bool FireNext(long end)
    {
        ManualTimer timer;
        lock (_gate)
        {
            while (_due.TryPeek(out var next, out _) && next.Version != next.Timer.Version)
                _due.Dequeue();

            if (!_due.TryPeek(out var first, out var at) || at.Due > end)
                return false;

            _due.Dequeue();
            timer = first.Timer;
            Interlocked.Exchange(ref _ticks, Math.Max(at.Due, GetTimestamp()));
            timer.Rearm();
        }

        timer.Fire();
        return true;
    }

    private void Schedule(ManualTimer timer, TimeSpan delay) =>
        _due.Enqueue((timer, timer.Version), (GetTimestamp() + delay.Ticks, _order++));

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Version++;
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    clock.Schedule(this, dueTime);

                return true;
            }
        }

        public void Rearm()
        {
            Version++;
            if (_period > TimeSpan.Zero)
                clock.Schedule(this, _period);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
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
