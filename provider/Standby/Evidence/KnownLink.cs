namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>What the state file says of a link: where the job history is silent, it is the best evidence there is.</summary>
internal sealed record KnownLink(LinkState State, string? JobId, DateTimeOffset? StartedAt, Source Source);

/// <summary>The values of the output <c>state</c>.</summary>
internal enum LinkState
{
    /// <summary>The link is being started, or its start did not succeed yet.</summary>
    Starting,

    /// <summary>The standby replicates.</summary>
    Replicating,

    /// <summary>The promotion is under way.</summary>
    Promoting,

    /// <summary>The standby was promoted.</summary>
    Promoted,

    /// <summary>The link was cut.</summary>
    Stopped,
}
