namespace QingCloudMySqlStandby.Link;

/// <summary>How long operations may take where the program's customTimeouts say nothing.</summary>
internal static class TimeLimits
{
    /// <summary>A full copy of the source's data.</summary>
    public static readonly TimeSpan Full = TimeSpan.FromHours(6);

    /// <summary>An incremental start.</summary>
    public static readonly TimeSpan Increment = TimeSpan.FromHours(1);

    /// <summary>A stop, a promotion or a switchover.</summary>
    public static readonly TimeSpan StopOrPromote = TimeSpan.FromMinutes(30);

    /// <summary>An update may stop, and start again, or wait on for a full copy of an earlier run.</summary>
    public static readonly TimeSpan Update = Full;

    /// <summary>Looking at things.</summary>
    public static readonly TimeSpan Read = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MostRollback = TimeSpan.FromMinutes(2);

    public static TimeSpan Start(string syncWay) => syncWay == Names.Full ? Full : Increment;

    /// <summary>How much of a switchover's time is kept to make the source writable again.</summary>
    public static TimeSpan RollbackReserve(TimeSpan limit) => limit / 4 < MostRollback ? limit / 4 : MostRollback;
}
