namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>What the state file says of a link. Where the job history is silent, it is the best evidence there
/// is.</summary>
/// <param name="State">Where the link stood.</param>
/// <param name="JobId">The job that had brought it there, or that was waited for.</param>
/// <param name="StartedAt">When start_standby was accepted.</param>
/// <param name="Source">The source.</param>
internal sealed record RecordedLink(LinkState State, string? JobId, DateTimeOffset? StartedAt, Source Source);
