namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Whose link is looked at, and what is known of it beforehand: what the state file says, where there is one,
/// and which resource asks, where no function does.</summary>
internal sealed record LinkSubject(
    StandbyId Id,
    string Role,
    RecordedLink? Recorded = null,
    ResourceIdentity? Self = null
)
{
    /// <summary>Whether a start was refused, so that there may be a link that no job shows.</summary>
    public bool WasRefused { get; init; }
}

/// <summary>Looks at a cluster: does it exist, and what links it? A tab costs a call a cluster, everything else is
/// shared: <paramref name="mayReadTab"/> says whether another may be read where jobs show nothing; any by
/// default.</summary>
internal sealed class LinkReader(IQingCloud cloud, Func<bool>? mayReadTab = null)
{
    /// <summary>QingCloud's clock and ours may differ, and start_standby's job is older than its answer.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    /// <summary>Looks at a cluster; null when it does not exist.</summary>
    public async Task<ObservedStandby?> LookAsync(
        LinkSubject subject,
        Freshness freshness,
        CancellationToken cancellationToken
    ) =>
        await cloud.FindClusterAsync(subject.Id.Zone, subject.Id.ClusterId, freshness, cancellationToken) is { } cluster
            ? await LookAsync(subject, cluster, freshness, cancellationToken)
            : null;

    /// <summary>Looks at what links a cluster that was seen just now. Its history decides, and must not be older than a
    /// slow answer about the cluster.</summary>
    public async Task<ObservedStandby> LookAsync(
        LinkSubject subject,
        Cluster cluster,
        Freshness freshness,
        CancellationToken cancellationToken
    )
    {
        var since = subject.Recorded?.StartedAt - ClockMargin;
        var history = await cloud.ReadHistoryAsync(
            subject.Id.Zone,
            subject.Id.ClusterId,
            since,
            freshness,
            cancellationToken
        );
        var attributions = new Attributions(subject.Self, cloud.AccessKeyId, history.Jobs);
        var read = JobEvidence.Read(history.Jobs, subject.Recorded, attributions);
        var known = WithRecorded(read, subject.Recorded);
        var link = read?.Failure is null
            ? known ?? await WithoutRecordAsync(subject, cluster, history, read, cancellationToken)
            : FailedService.Corrected(
                known ?? read,
                await ReadTabAsync(subject, cluster, cancellationToken),
                attributions
            );
        var seen = history.Jobs.Select(job => job.Id).ToList();
        return new ObservedStandby(cluster, FailedService.Presumed(link, attributions), seen)
        {
            LastFullCopy = history.Jobs.FirstOrDefault(IsFullCopy) is { } copy ? copy.ChangedAt - copy.CreatedAt : null,
        };
    }

    /// <summary>What the jobs of any cluster, such as a source, show of a link that it has itself.</summary>
    public async Task<ObservedLink> ReadJobsAsync(StandbyId id, CancellationToken cancellationToken)
    {
        var history = await cloud.ReadHistoryAsync(id.Zone, id.ClusterId, null, Freshness.Live, cancellationToken);
        var attributions = new Attributions(self: null, cloud.AccessKeyId, history.Jobs);
        return JobEvidence.Read(history.Jobs, recorded: null, attributions) ?? ObservedLink.None;
    }

    /// <summary>No standby service ran since the link began (its own job is older than the history): it is as it was.
    /// Of an operation that was under way nothing is known then.</summary>
    public static ObservedLink? Remembered(RecordedLink recorded) =>
        recorded.State is LinkState.Replicating or LinkState.Promoted or LinkState.Stopped
            ? new ObservedLink(recorded.State, recorded.Source)
            : null;

    private static bool IsFullCopy(Job job) =>
        job
            is {
                Status: JobStatus.Successful,
                Request: { Service: ServiceNames.StartStandby, Link.SyncWay: Names.Full }
            };

    /// <summary>What the jobs show, or where they are silent the state file; null when neither does.</summary>
    private static ObservedLink? WithRecorded(ObservedLink? read, RecordedLink? recorded)
    {
        // A directive that could not be read leaves the source to the state file.
        if (read is { State: not LinkState.None })
            return read with { Source = read.Source ?? recorded?.Source };

        return recorded is not null && Remembered(recorded) is { } remembered
            ? (read ?? remembered) with
            {
                State = remembered.State,
                Source = remembered.Source,
                Job = null,
            }
            : null;
    }

    /// <summary>A history that goes back to before the cluster was made holds every operation on it: where its jobs can
    /// be read, the tab, which costs a call, can show nothing more, unless QingCloud has refused a start.</summary>
    private async Task<ObservedLink> WithoutRecordAsync(
        LinkSubject subject,
        Cluster cluster,
        JobHistory history,
        ObservedLink? read,
        CancellationToken cancellationToken
    )
    {
        var isWholeLife = history.Oldest <= cluster.CreatedAt;
        var showsAll = subject is { Recorded: null, WasRefused: false } && isWholeLife && read?.Job is null;
        return !showsAll && await ReadTabAsync(subject, cluster, cancellationToken) is { HasSource: true } tab
            ? new ObservedLink(LinkState.Replicating, Source.Of(tab))
            : read ?? ObservedLink.None;
    }

    private async Task<SourceTab?> ReadTabAsync(
        LinkSubject subject,
        Cluster cluster,
        CancellationToken cancellationToken
    ) =>
        mayReadTab?.Invoke() != false
            ? await cloud.FindSourceTabAsync(subject.Id.Zone, cluster, subject.Role, cancellationToken)
            : null;
}
