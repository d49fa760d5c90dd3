using System.Globalization;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Engine;

/// <summary>The limits that a program sets on a resource's operations, in seconds; 0 leaves it to the
/// provider.</summary>
internal sealed partial record CustomTimeouts(double Create, double Update, double Delete, double Read)
{
    /// <summary>No limits of the program's own.</summary>
    public static CustomTimeouts None { get; } = new(0, 0, 0, 0);

    /// <summary>Reads a duration such as <c>1h30m</c>, <c>90s</c> or <c>1.5h</c>; the .NET SDK sends
    /// <c>ns</c>.</summary>
    internal static double Seconds(string? duration)
    {
        if (string.IsNullOrEmpty(duration))
            return 0;

        return Form.IsMatch(duration)
            ? Part.Matches(duration)
                .Sum(part =>
                    double.Parse(part.Groups["count"].Value, CultureInfo.InvariantCulture)
                    * UnitSeconds(part.Groups["unit"].Value)
                )
            : throw new EngineException($"'{duration}' is no duration: write it as 30s, 10m or 1h30m.");
    }

    [GeneratedRegex("^([0-9.]+(h|ms|us|ns|m|s))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form { get; }

    [GeneratedRegex("(?<count>[0-9.]+)(?<unit>h|ms|us|ns|m|s)", RegexOptions.ExplicitCapture)]
    private static partial Regex Part { get; }

    private static double UnitSeconds(string unit) =>
        unit switch
        {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            "ms" => 1e-3,
            "us" => 1e-6,
            _ => 1e-9,
        };
}
