using System.Collections.Immutable;

namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What <see cref="GetStandbyHealth"/> answers.</summary>
[OutputType]
public sealed class GetStandbyHealthResult
{
    /// <summary>Whether the link is up: replicating, and not promoted or stopped yet.</summary>
    public readonly bool IsLinked;

    /// <summary>When <c>lagSeconds</c> was measured, UTC, as <c>YYYY-MM-DDThh:mm:ssZ</c>; absent with it.</summary>
    public readonly string? LagMeasuredAt;

    /// <summary>
    /// The name of the meter that shows <c>lagSeconds</c>; absent with it. QingCloud does not publish what it measures
    /// on the primary of a standby.
    /// </summary>
    public readonly string? LagMeter;

    /// <summary>
    /// How many seconds the standby is behind by <c>lagMeter</c>, rounded up; the most of the nodes that replicate.
    /// Absent when that is unknown.
    /// </summary>
    public readonly int? LagSeconds;

    /// <summary>The cluster's nodes; empty when they could not be read.</summary>
    public readonly ImmutableArray<Outputs.StandbyNode> Nodes;

    /// <summary>
    /// <c>none</c>, <c>starting</c>, <c>replicating</c>, <c>promoting</c>, <c>promoted</c>, <c>stopping</c>,
    /// <c>stopped</c> or, where what could be read does not show it, <c>unknown</c>.
    /// </summary>
    public readonly string State;

    /// <summary>What is known, in one sentence.</summary>
    public readonly string Summary;

    [OutputConstructor]
    private GetStandbyHealthResult(
        bool isLinked,
        string? lagMeasuredAt,
        string? lagMeter,
        int? lagSeconds,
        ImmutableArray<Outputs.StandbyNode> nodes,
        string state,
        string summary
    )
    {
        IsLinked = isLinked;
        LagMeasuredAt = lagMeasuredAt;
        LagMeter = lagMeter;
        LagSeconds = lagSeconds;
        Nodes = nodes;
        State = state;
        Summary = summary;
    }
}
