using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>URNs that a command names; none of them stand for all. <c>*</c> stands for a part of a URN, <c>**</c> for
/// anything. What depends on a target can be added as it is found.</summary>
internal sealed class Targets
{
    private readonly HashSet<string> _literals;
    private readonly List<Regex> _globs;

    public Targets(IReadOnlyCollection<string> urns)
    {
        _literals = [.. urns.Where(urn => !urn.Contains('*', StringComparison.Ordinal))];
        _globs = [.. urns.Where(urn => urn.Contains('*', StringComparison.Ordinal)).Select(Glob)];
        Named = [.. _literals];
    }

    /// <summary>The URNs that the command wrote out.</summary>
    public IReadOnlyList<string> Named { get; }

    public bool IsConstrained => _literals.Count > 0 || _globs.Count > 0;

    public bool Contains(string urn) =>
        !IsConstrained || _literals.Contains(urn) || _globs.Exists(glob => glob.IsMatch(urn));

    public bool Contains(Urn urn) => Contains(urn.Value);

    public void Add(Urn urn)
    {
        if (IsConstrained)
            _literals.Add(urn.Value);
    }

    private static Regex Glob(string urn) =>
        new(
            "^"
                + Regex
                    .Escape(urn)
                    .Replace(@"\*\*", ".*", StringComparison.Ordinal)
                    .Replace(@"\*", "[^:]*", StringComparison.Ordinal)
                + "$",
            RegexOptions.CultureInvariant
        );
}
