namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>The server's time, as far as its answers show. Stamps follow this machine's clock until QingCloud refuses
/// one: only then is the answer's date believed, for a proxy's date is not QingCloud's.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>How far off a stamp may be before QingCloud refuses it.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private volatile Offsets _offsets = new(TimeSpan.Zero, null);

    /// <summary>How far the last answer's date was ahead of this machine's clock; null where none had one.</summary>
    public TimeSpan? Offset => _offsets.Observed;

    /// <summary>The time to stamp a call with.</summary>
    public DateTimeOffset StampTime => time.GetUtcNow() + _offsets.Correction;

    /// <summary>The best guess of the server's time.</summary>
    public DateTimeOffset UtcNow => time.GetUtcNow() + _offsets.Best;

    /// <summary>How far off that guess may be: a few seconds where an answer had it, for times are whole seconds and
    /// answers travel.</summary>
    public TimeSpan Uncertainty => _offsets.Believed is null ? Tolerance : TimeSpan.FromSeconds(5);

    /// <summary>Notes the date of an answer that has just come.</summary>
    public void Observe(DateTimeOffset? date)
    {
        lock (_gate)
            _offsets = date is { } seen ? _offsets with { Observed = seen - time.GetUtcNow() } : _offsets;
    }

    /// <summary>Stamps by the server's date from now on.</summary>
    public void Correct()
    {
        lock (_gate)
            _offsets = _offsets with { Correction = _offsets.Observed ?? _offsets.Correction };
    }

    private sealed record Offsets(TimeSpan Correction, TimeSpan? Observed)
    {
        /// <summary>What was observed: a date that would make an accepted stamp impossible is not the
        /// server's.</summary>
        public TimeSpan? Believed => Observed is { } seen && (seen - Correction).Duration() <= Tolerance ? seen : null;

        public TimeSpan Best => Believed ?? Correction;
    }
}
