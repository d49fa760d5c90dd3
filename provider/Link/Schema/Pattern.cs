using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Schema;

/// <summary>The forms of QingCloud's names.</summary>
internal static partial class Pattern
{
    [GeneratedRegex(@"\Acl-[0-9A-Za-z]+\z", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Cluster();

    [GeneratedRegex(@"\Aj-[0-9A-Za-z]+\z", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Job();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\z", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Zone();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Role();
}
