using System.Collections.Immutable;

namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What <see cref="GetStandbyHealth"/> answers.</summary>
[OutputType]
public sealed class GetStandbyHealthResult
{
    /// <summary>Whether the link is up: replicating, and not promoted or stopped yet.</summary>
    public readonly bool IsLinked;

    /// <summary>When `lagSeconds` was measured, UTC, as `YYYY-MM-DDThh:mm:ssZ`; absent with it.</summary>
    public readonly string? LagMeasuredAt;

    /// <summary>
    /// The name of the meter that shows `lagSeconds`; absent with it. QingCloud does not publish what it measures on
    /// the primary of a standby.
    /// </summary>
    public readonly string? LagMeter;

    /// <summary>
    /// How many seconds the standby is behind by `lagMeter`, rounded up; the most of the nodes that replicate. Absent
    /// when that is unknown.
    /// </summary>
    public readonly int? LagSeconds;

    /// <summary>The cluster's nodes; empty when they could not be read.</summary>
    public readonly ImmutableArray<Outputs.StandbyNode> Nodes;

    /// <summary>
    /// `none`, `starting`, `replicating`, `promoting`, `promoted`, `stopping`, `stopped` or, where what could be read
    /// does not show it, `unknown`.
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
