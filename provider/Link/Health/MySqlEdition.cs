using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>What is known of a cluster's edition.</summary>
internal enum Edition
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>It can be a standby: the high-availability and the financial edition.</summary>
    CanReplicate,

    /// <summary>It cannot be a standby: the basic edition.</summary>
    CannotReplicate,
}

/// <summary>Compares edition and version of MySQL, as far as the names of the app's version and the parameters show
/// them.</summary>
internal static partial class MySqlEdition
{
    /// <summary>What stands against the link; null where nothing does, or where nothing is shown.</summary>
    public static string? Warning(NewLink link, ClusterParameters standby, ClusterParameters source)
    {
        if (Of(link.Standby.Version) == Edition.CannotReplicate)
        {
            return $"The standby {standby.ClusterId} is of an edition that cannot replicate ({link.Standby.Version}): it "
                + "must be the high-availability or the financial edition of MySQL Plus.";
        }

        return
            VersionOf(link.Standby, standby) is { } own && VersionOf(link.Source, source) is { } other && own != other
            ? $"The standby {standby.ClusterId} runs MySQL {own}, and its source {source.ClusterId} MySQL {other}: have "
                + "both run the same version."
            : null;
    }

    /// <summary>What the name of an app's version says of its edition.</summary>
    public static Edition Of(string? version) =>
        version is null ? Edition.Unknown
        : Able().IsMatch(version) ? Edition.CanReplicate
        : Basic().IsMatch(version) ? Edition.CannotReplicate
        : Edition.Unknown;

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

    [GeneratedRegex(@"高可用|金融|high.?availab|financ|(?<![a-z])HA(?![a-z])", Flags, 1000)]
    private static partial Regex Able();

    [GeneratedRegex("基础|basic|单机|单节点", Flags, 1000)]
    private static partial Regex Basic();

    /// <summary>The value of the parameter that names the kernel.</summary>
    [GeneratedRegex(@"\AMySQL[- ]?(?<version>(5\.[567]|8\.[04]))\z", Flags, 1000)]
    private static partial Regex Kernel();

    [GeneratedRegex(@"MySQL\W{0,3}(?<version>(5\.[567]|8\.[04]))(?![0-9])", Flags, 1000)]
    private static partial Regex Mentioned();
}
