namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>What the state file says of a link, the best evidence there is where the job history is silent. The job had
/// brought it to that state, or was waited for; the time is when start_standby was accepted.</summary>
internal sealed record RecordedLink(LinkState State, string? JobId, DateTimeOffset? StartedAt, Source Source);
