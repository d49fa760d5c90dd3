using System.Globalization;

namespace QingCloudMySqlStandby.Standby.Schema;

/// <summary>Spans of time as people write them: <c>45s</c>, <c>12m30s</c>, <c>3h05m</c>.</summary>
internal static class Duration
{
    public static string Of(TimeSpan span)
    {
        var whole = span < TimeSpan.Zero ? TimeSpan.Zero : span;
        return whole.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)whole.TotalHours}h{whole.Minutes:00}m")
            : whole.TotalMinutes >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}m{whole.Seconds:00}s")
                : string.Create(CultureInfo.InvariantCulture, $"{whole.Seconds}s");
    }
}
