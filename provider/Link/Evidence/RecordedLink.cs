namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>What the state file says of a link.</summary>
/// <param name="State">The output <c>state</c>.</param>
/// <param name="JobId">The job that had brought the link to that state, or was waited for.</param>
/// <param name="StartedAt">When start_standby was accepted.</param>
/// <param name="Source">The source.</param>
internal sealed record RecordedLink(LinkState State, string? JobId, DateTimeOffset? StartedAt, Source Source)
{
    /// <summary>The job that this resource submitted, or adopted by import, and saw succeed. Refresh never sets
    /// it.</summary>
    public string? Anchor { get; init; }

    /// <summary>The source from which the anchor started the link, without its password; null in states of earlier
    /// versions. Refresh never sets it.</summary>
    public Source? AnchorSource { get; init; }

    /// <summary>The source of the link, as far as is known.</summary>
    public Source LinkSource => AnchorSource ?? Source;

    /// <summary>The job that an operation of this resource submitted and did not see end. Refresh never sets it.</summary>
    public string? Awaited { get; init; }

    /// <summary>The stop that this resource made before a start that did not succeed yet.</summary>
    public string? PendingStop { get; init; }

    /// <summary>The stop or promotion that failed and did nothing, as whoever imported the link says.</summary>
    public string? DismissedEnd { get; init; }

    /// <summary>The job by which this resource made the source read-only, in a switchover that is not complete.</summary>
    public string? Fence { get; init; }

    /// <summary>The job by which this resource made the source writable again. It may not be listed yet.</summary>
    public string? FenceLift { get; init; }

    /// <summary>Whether version 0.1.0 wrote the state. It named an unfinished restart by its stop, or by the start that
    /// failed after it, in <see cref="JobId"/>.</summary>
    public bool IsOfEarlierVersion { get; init; }
}
