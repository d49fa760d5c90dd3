using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>What happens in a history, from its beginning; equal when it reads the same.</summary>
internal sealed record Script(ImmutableList<Step> Steps)
{
    /// <summary>How much directives echo: all, unless the first step says otherwise.</summary>
    public Echo Echo => Steps.OfType<Step.Echoes>().FirstOrDefault()?.Level ?? Echo.Full;

    public bool Equals(Script? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Notation.Print(this);
}
