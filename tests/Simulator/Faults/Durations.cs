using System.Globalization;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>Reads durations as people write them on a command line.</summary>
public static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(text);
        var unit = text.AsSpan().TrimStart("-0123456789.").ToString();
        var isNumber = double.TryParse(text.AsSpan(0, text.Length - unit.Length), CultureInfo.InvariantCulture, out var number);
        var scale = ScaleOf(unit);
        duration = isNumber && scale is { } one ? number * one : TimeSpan.Zero;
        return isNumber && scale is not null;
    }

    private static TimeSpan? ScaleOf(string unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => null,
    };
}
