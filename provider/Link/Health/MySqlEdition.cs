using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Compares edition and version of MySQL, as far as the names of the app's version and the parameters show
/// them.</summary>
internal static partial class MySqlEdition
{
    /// <summary>What stands against the link; null where nothing does, or where nothing is shown.</summary>
    public static string? Warning(NewLink link, ClusterParameters standby, ClusterParameters source)
    {
        if (link.Standby.Version is { } version && Basic().IsMatch(version))
        {
            return $"The standby {standby.ClusterId} is of an edition that cannot replicate ({version}): it must be the "
                + "high-availability or the financial edition of MySQL Plus.";
        }

        return
            VersionOf(link.Standby, standby) is { } own && VersionOf(link.Source, source) is { } other && own != other
            ? $"The standby {standby.ClusterId} runs MySQL {own}, and its source {source.ClusterId} MySQL {other}: have "
                + "both run the same version."
            : null;
    }

    /// <summary>The version of MySQL, such as 5.7; null where it is not shown.</summary>
    public static string? VersionOf(Cluster? cluster, ClusterParameters parameters)
    {
        var shown = parameters
            .Values.Select(value => Kernel().Match(value))
            .Append(Mentioned().Match(cluster?.Version ?? ""))
            .Where(match => match.Success)
            .Select(match => match.Groups["version"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return shown is [var only] ? only : null;
    }

    private const RegexOptions Flags =
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex("基础|basic|单机|单节点", Flags, 1000)]
    private static partial Regex Basic();

    /// <summary>The value of the parameter that names the kernel.</summary>
    [GeneratedRegex(@"\AMySQL[- ]?(?<version>(5\.[567]|8\.[04]))\z", Flags, 1000)]
    private static partial Regex Kernel();

    [GeneratedRegex(@"MySQL\W{0,3}(?<version>(5\.[567]|8\.[04]))(?![0-9])", Flags, 1000)]
    private static partial Regex Mentioned();
}
