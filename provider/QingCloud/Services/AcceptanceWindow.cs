namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>The time in which QingCloud may accept a call that was sent, and list the job that it started, on the
/// server's clock: a lost answer is settled only once it is over.</summary>
internal sealed class AcceptanceWindow(ServerClock clock, TimeProvider time)
{
    /// <summary>How long QingCloud may accept a call after its stamp.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    /// <summary>How long after that a job may still turn up: QingCloud takes stamps that are this much off, so it may
    /// take the end of a call's validity as loosely, and a job accepted at the last moment needs a moment to be
    /// listed.</summary>
    private static readonly TimeSpan Margin = ServerClock.Tolerance;

    /// <summary>By how much the clock that stamps jobs may differ from the one that checks stamps.</summary>
    private static readonly TimeSpan Disagreement = TimeSpan.FromMinutes(2);

    private readonly long _begunAt = time.GetTimestamp();
    private long _lostAt;

    /// <summary>The earliest that a job of this call can seem to have been made.</summary>
    public DateTimeOffset Earliest => clock.UtcNow - time.GetElapsedTime(_begunAt) - clock.Uncertainty;

    /// <summary>How far back the history must be read, before and after the server's clock is known.</summary>
    public DateTimeOffset SafelyEarlier => Earliest - ServerClock.Tolerance;

    /// <summary>How far back the history must be read where the jobs that were there before are known one by one: by
    /// then two clocks of QingCloud itself may disagree, and no job that was not known is missed.</summary>
    public DateTimeOffset LongBefore => SafelyEarlier - Disagreement;

    /// <summary>Whether it is over: QingCloud can no longer accept the call whose answer was lost.</summary>
    public bool IsPast =>
        time.GetElapsedTime(_lostAt) >= Validity + Margin + (clock.StampTime - clock.UtcNow) + clock.Uncertainty;

    public void Lost() => _lostAt = time.GetTimestamp();
}
