namespace QingCloudMySqlStandby.Link.Schema;

/// <summary>Spans of time as people write them: <c>10ms</c>, <c>45s</c>, <c>12m30s</c>, <c>3h05m</c>.</summary>
internal static class Duration
{
    public static string Of(TimeSpan span) =>
        span switch
        {
            { Ticks: <= 0 } => "0s",
            { TotalSeconds: < 1 } => FormattableString.Invariant($"{span.TotalMilliseconds:0.###}ms"),
            { TotalMinutes: < 1 } => FormattableString.Invariant($"{span.Seconds}s"),
            { TotalHours: < 1 } => FormattableString.Invariant($"{span.Minutes}m{span.Seconds:00}s"),
            _ => FormattableString.Invariant($"{(int)span.TotalHours}h{span.Minutes:00}m"),
        };
}
