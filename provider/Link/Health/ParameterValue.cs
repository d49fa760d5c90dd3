using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Reads a parameter's value by its meaning: <c>1G</c> is 1073741824.</summary>
internal static partial class ParameterValue
{
    private const string Suffixes = "KMGT";

    /// <summary>The number that a value stands for; null where it stands for none.</summary>
    public static double? Number(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;

        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var suffix = match.Groups["suffix"].Value.ToUpperInvariant();
        return suffix.Length == 0
            ? number
            : number * Math.Pow(1024, Suffixes.IndexOf(suffix, StringComparison.Ordinal) + 1);
    }

    [GeneratedRegex(
        @"\A\s*(?<number>[0-9]{1,20}(\.[0-9]{1,20})?)\s*((?<suffix>[kmgt])(i?b)?)?\s*\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
