using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>Where a link stands.</summary>
internal enum LinkPhase
{
    /// <summary>There is none, and nothing tells of one.</summary>
    None,

    /// <summary>start_standby is under way.</summary>
    Starting,

    /// <summary>The standby replicates.</summary>
    Replicating,

    /// <summary>promote_standby is under way.</summary>
    Promoting,

    /// <summary>The standby was promoted: it may be the live primary.</summary>
    Promoted,

    /// <summary>stop_standby is under way.</summary>
    Stopping,

    /// <summary>The link was cut: the standby may be the live primary.</summary>
    Stopped,
}

/// <summary>A cluster's link as the evidence tells it.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Source">The source as far as it could be read; null where it could not.</param>
/// <param name="Job">The job that brought it there; null where the job is out of sight.</param>
/// <param name="StartJob">The start_standby job that made it; null where it is out of sight.</param>
/// <param name="FailedStart">A start_standby that failed after all of that.</param>
internal sealed record Link(LinkPhase Phase, Source? Source, Job? Job, Job? StartJob, Job? FailedStart)
{
    public static Link None { get; } = new(LinkPhase.None, null, null, null, null);

    /// <summary>A service that failed after all of that, whichever was the last.</summary>
    public Job? Failure { get; init; }

    /// <summary>Whether an operation is under way that must end before another may begin.</summary>
    public bool IsBusy => Phase is LinkPhase.Starting or LinkPhase.Promoting or LinkPhase.Stopping;

    /// <summary>Whether the standby was cut loose, by promotion or by a stop: it may serve the application now.</summary>
    public bool IsFailedOver => Phase is LinkPhase.Promoted or LinkPhase.Stopped;

    /// <summary>What happened last, for messages.</summary>
    public string Told => (Job, Phase) switch
    {
        (null, LinkPhase.None) => "without a link",
        (null, _) => $"{Word} by a job that is out of the job history",
        (_, LinkPhase.None) => $"changed by job {Job.Id} ({Timestamp.Of(Job.CreatedAt)}), which cannot be read",
        _ => $"{Word} by job {Job.Id} ({Job.Request?.Service ?? Job.Action}, {Timestamp.Of(Job.CreatedAt)})",
    };

    private string Word => Phase.ToString().ToLowerInvariant();
}

/// <summary>A source as the evidence tells it; parts may be missing.</summary>
internal sealed record Source(string? ClusterId, string? Zone, string? Host, int? Port, string? User, SecretText? Password)
{
    public static Source Of(LinkParameters link) =>
        new(link.SourceClusterId, link.SourceZone, link.Host, link.Port, link.User, link.Password);

    public static Source Of(SourceTab tab) =>
        new(tab.SourceClusterId, tab.SourceZone, tab.Host, tab.Port, tab.User, Password: null);

    /// <summary>Whether nothing that is known of this source contradicts that it is the cluster of these parameters.</summary>
    public bool MayBe(LinkParameters link) =>
        (ClusterId is null || ClusterId == link.SourceClusterId) && (Zone is null || Zone == link.SourceZone);

    /// <summary>Whether what is known of both says that they are two clusters.</summary>
    public bool IsOtherThan(Source other) =>
        (ClusterId is not null && other.ClusterId is not null && ClusterId != other.ClusterId)
        || (Zone is not null && other.Zone is not null && Zone != other.Zone);

    /// <summary>Whether address and user are the same too, as far as they are known.</summary>
    public bool HasAddressOf(LinkParameters link) =>
        MayBe(link)
        && (Host is null || Host == link.Host)
        && (Port is null || Port == link.Port)
        && (User is null || User == link.User);

    /// <summary>Whether the password is the same, as far as it is known.</summary>
    public bool HasPasswordOf(LinkParameters link) => Password is null || Password.Equals(link.Password);

    public override string ToString() => $"{ClusterId ?? "an unknown cluster"} in {Zone ?? "an unknown zone"}";
}
