namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>
/// The server's time, as far as its answers tell. Stamps follow this machine's clock until QingCloud refuses one: only then is
/// the answer's date believed, for a proxy's date is not QingCloud's.
/// </summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>How far off a stamp may be before QingCloud refuses it.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private TimeSpan _correction;
    private TimeSpan? _observed;

    /// <summary>The time to stamp a call with.</summary>
    public DateTimeOffset StampTime
    {
        get
        {
            lock (_gate)
            {
                return time.GetUtcNow() + _correction;
            }
        }
    }

    /// <summary>The best guess of the server's time.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_gate)
            {
                return time.GetUtcNow() + (Believed ?? _correction);
            }
        }
    }

    /// <summary>How far off that guess may be: a few seconds where an answer told, for times are whole seconds and answers travel.</summary>
    public TimeSpan Uncertainty
    {
        get
        {
            lock (_gate)
            {
                return Believed is null ? Tolerance : TimeSpan.FromSeconds(5);
            }
        }
    }

    // A date that would make an accepted stamp impossible is not the server's.
    private TimeSpan? Believed => _observed is { } seen && (seen - _correction).Duration() <= Tolerance ? seen : null;

    /// <summary>Notes the date of an answer that has just come.</summary>
    public void Observe(DateTimeOffset? date)
    {
        lock (_gate)
        {
            _observed = date is { } seen ? seen - time.GetUtcNow() : _observed;
        }
    }

    /// <summary>Stamps by the server's date from now on.</summary>
    public void Correct()
    {
        lock (_gate)
        {
            _correction = _observed ?? _correction;
        }
    }
}
