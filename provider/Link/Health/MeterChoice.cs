using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Finds the meter that shows how far a standby is behind. Its name is not published, so it is known by what its
/// description says: time, behind another server.</summary>
internal static partial class MeterChoice
{
    /// <summary>The meter, or why there is none.</summary>
    public static (Meter? Meter, string? Why) Of(IReadOnlyList<Meter> meters, LagMeter? named)
    {
        var candidates = named is null
            ? [.. meters.Where(meter => Delay().IsMatch(meter.Name) && SecondsIn(meter) is not null)]
            : meters.Where(meter => meter.Name == named.Name).ToList();
        return candidates switch
        {
            [var only] when SecondsIn(only) is not null => (only, null),
            [var only] => (null, $"its meter {only.Name} counts no time ({Unit(only)})"),
            [] when named is not null => (null, $"it has no meter {named.Name}; {Names(meters)}"),
            [] => (null, $"no meter of its nodes shows it; {Names(meters)}"),
            _ => (null, $"more than one meter may show it: name one with lagMeter ({Names(candidates)})"),
        };
    }

    /// <summary>How many seconds one unit of a meter's values is; null where they are no time.</summary>
    public static double? SecondsIn(Meter meter) =>
        !meter.IsNumber
            ? null
            : meter.Unit.Trim().ToLowerInvariant() switch
            {
                "s" or "sec" or "secs" or "second" or "seconds" or "秒" => 1,
                "ms" or "millisecond" or "milliseconds" or "毫秒" => 0.001,
                "min" or "mins" or "minute" or "minutes" or "分钟" => 60,
                _ => null,
            };

    private static string Unit(Meter meter) =>
        !meter.IsNumber ? "its values are words"
        : meter.Unit.Length == 0 ? "it has no unit"
        : $"its unit is {meter.Unit}";

    private static string Names(IReadOnlyList<Meter> meters) =>
        meters.Count == 0
            ? "it has no meters"
            : $"it has {string.Join(", ", meters.Select(meter => meter.Name).Order(StringComparer.Ordinal))}";

    [GeneratedRegex(
        "behind|lag|delay|落后|延迟",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Delay();
}
