using System.Globalization;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>Reads durations as people write them on a command line.</summary>
public static class Durations
{
    /// <summary>Reads a number and its unit.</summary>
    /// <exception cref="FormatException">The string is no duration; the message says what one looks like.</exception>
    public static TimeSpan Parse(string text)
    {
        var unit = text.TrimStart([.. "-0123456789."]);
        var isNumber = double.TryParse(text[..^unit.Length], CultureInfo.InvariantCulture, out var number);
        return unit switch
        {
            "ms" when isNumber => TimeSpan.FromMilliseconds(number),
            "s" when isNumber => TimeSpan.FromSeconds(number),
            "m" when isNumber => TimeSpan.FromMinutes(number),
            "h" when isNumber => TimeSpan.FromHours(number),
            _ => throw new FormatException($"'{text}' is no duration like 500ms, 2s, 5m or 1h"),
        };
    }
}
