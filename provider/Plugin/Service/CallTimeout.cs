namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Reads the protocol's timeouts: seconds as a double, 0 for the provider's default.</summary>
internal static class CallTimeout
{
    /// <summary>.NET's timers take no more than 49 days, and no call takes so long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>The limit, or null for the default. What is no length of time means that none was given.</summary>
    public static TimeSpan? Of(double seconds) =>
        seconds switch
        {
            double.NaN or <= 0 => null,
            _ when seconds >= Longest.TotalSeconds => Longest,
            _ => TimeSpan.FromTicks(Math.Max(1, (long)(seconds * TimeSpan.TicksPerSecond))),
        };
}
