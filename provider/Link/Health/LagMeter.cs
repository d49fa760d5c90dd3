using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>The meter that shows how far a standby is behind, as a user names it: <c>name</c>, or
/// <c>name@place/count</c> where the user has found out which of the node's values is the meter's.</summary>
/// <param name="Name">The meter's name.</param>
/// <param name="Place">The place of its value among all values of the node, from 1; null where it is not known.</param>
/// <param name="Count">How many values there are: with another number of values, the places mean something else. Null
/// with the place.</param>
internal sealed partial record LagMeter(string Name, int? Place, int? Count)
{
    /// <summary>What an argument that names one must be.</summary>
    public const string Meaning =
        "must be a meter's name, or name@place/count, such as seconds_behind@9/14: its place among the values of a node, "
        + "and how many there are.";

    /// <summary>Reads what a user has named; null where it has another form.</summary>
    public static LagMeter? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;

        var meter = new LagMeter(match.Groups["name"].Value, Number(match, "place"), Number(match, "count"));
        return meter.Place > meter.Count ? null : meter;
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        @"\A(?<name>[^@\s]{1,100})(@(?<place>[1-9][0-9]{0,2})/(?<count>[1-9][0-9]{0,2}))?\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Form();
}
