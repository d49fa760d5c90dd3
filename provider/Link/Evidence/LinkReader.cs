namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Looks at a cluster: does it exist, and what links it? A tab costs a call for each cluster, everything else
/// is shared: <paramref name="mayReadTab"/> says whether another may be read; any by default.</summary>
internal sealed class LinkReader(IQingCloud cloud, TimeProvider time, Func<bool>? mayReadTab = null)
{
    /// <summary>Looks at a cluster; null when it does not exist.</summary>
    public async Task<ObservedStandby?> LookAsync(
        LinkSubject subject,
        Extent extent,
        Freshness freshness,
        CancellationToken cancellationToken
    )
    {
        var cluster = await cloud.FindClusterAsync(subject.Id.Zone, subject.Id.ClusterId, freshness, cancellationToken);
        return cluster?.Exists() == true
            ? await LookAsync(subject, cluster, extent, freshness, cancellationToken)
            : null;
    }

    /// <summary>Looks at what links a cluster that was seen just now.</summary>
    public async Task<ObservedStandby> LookAsync(
        LinkSubject subject,
        Cluster cluster,
        Extent extent,
        Freshness freshness,
        CancellationToken cancellationToken
    )
    {
        var history = await cloud.ReadHistoryAsync(
            subject.Id.Zone,
            subject.Id.ClusterId,
            new HistoryDepth(subject.Anchor, cluster.CreatedAt) { ClusterId = cluster.Id },
            freshness,
            cancellationToken
        );
        var attributions = new Attributions(subject.Self, cloud.AccessKeyId, history.Jobs);
        history = history.With(subject.OwnJobs.Where(job => job.Request?.ClusterId == cluster.Id));
        var evidence = new LinkEvidence(history, TabView.NotRead, null, subject.Recorded, attributions)
        {
            StatusAt = cluster.StatusAt,
            Now = time.GetUtcNow(),
            CutBy = subject.CutBy,
            KnownAnchor = subject.KnownAnchor,
        };
        var link = evidence.Read();
        if (extent.HasFlag(Extent.Tab) || LeavesOpen(link))
        {
            evidence = WithTab(evidence, await ReadTabAsync(subject, cluster, freshness, cancellationToken));
            link = evidence.Read();
        }

        link = link with { StandbyReadOnly = SettingOf(history, attributions, recorded: null, since: null) };
        if (extent.HasFlag(Extent.Source))
        {
            link = link with { SourceReadOnly = await ReadSourceAsync(subject, link, freshness, cancellationToken) };
        }

        return new ObservedStandby(cluster, link, [.. history.Jobs.Select(job => job.Id)])
        {
            LastFullCopy = history.Jobs.FirstOrDefault(IsFullCopy) is { } copy ? copy.ChangedAt - copy.CreatedAt : null,
            LastPromotedAt = history.Jobs.FirstOrDefault(IsPromotion)?.ChangedAt,
        };
    }

    /// <summary>Whether the jobs alone do not show what links the cluster.</summary>
    private static bool LeavesOpen(StandbyLink link) =>
        link.State == LinkState.Unknown
        || link is { IsBusy: false, End.Kind: EndKind.ClusterLife }
        || (!link.IsOwnJob && (link.FailedStart is not null || link.FailedEnd is not null));

    private static LinkEvidence WithTab(LinkEvidence evidence, SourceTab? tab) =>
        evidence with
        {
            Tab =
                tab is null ? TabView.None
                : tab.HasSource ? TabView.Link
                : TabView.NoLink,
            TabSource = tab is { HasSource: true } ? Source.Of(tab) : null,
            IsTabLabelled = tab?.IsLabelled == true,
        };

    private async Task<SourceTab?> ReadTabAsync(
        LinkSubject subject,
        Cluster cluster,
        Freshness freshness,
        CancellationToken cancellationToken
    ) =>
        mayReadTab?.Invoke() != false
            ? await cloud.FindSourceTabAsync(subject.Id.Zone, cluster, subject.Role, freshness, cancellationToken)
            : null;

    /// <summary>Whether the source is read-only, and whose doing that is.</summary>
    private async Task<SourceReadOnly> ReadSourceAsync(
        LinkSubject subject,
        StandbyLink link,
        Freshness freshness,
        CancellationToken cancellationToken
    )
    {
        if (link.Source is not { ClusterId: { } id, Zone: { } zone })
            return SourceReadOnly.NotVisible;

        var cluster = await cloud.FindClusterAsync(zone, id, freshness, cancellationToken);
        if (cluster?.Exists() != true)
            return SourceReadOnly.NotVisible;

        var history = await cloud.ReadHistoryAsync(
            zone,
            id,
            new HistoryDepth(null, cluster.CreatedAt) { ClusterId = cluster.Id },
            freshness,
            cancellationToken
        );
        var attributions = new Attributions(subject.Self, cloud.AccessKeyId, history.Jobs);
        history = history.With(subject.OwnJobs.Where(job => job.Request?.ClusterId == id));
        foreach (var (jobId, isOn) in KnownSettings(subject.Recorded, id))
            history = history.With([await FindSettingAsync(jobId, isOn, history, zone, id, cancellationToken)]);

        var since = link.Start?.CreatedAt ?? subject.Recorded?.StartedAt;
        return new SourceReadOnly(true, SettingOf(history, attributions, subject.Recorded, since));
    }

    /// <summary>The settings of a source that the state names, the older one first.</summary>
    private static IEnumerable<(string JobId, bool IsOn)> KnownSettings(RecordedLink? recorded, string clusterId)
    {
        if (recorded?.LinkSource.ClusterId != clusterId)
            yield break;

        if (recorded.Fence is { } fence)
            yield return (fence, true);
        if (recorded.FenceLift is { } lift)
            yield return (lift, false);
    }

    /// <summary>The job of a setting that the state names. That it is not listed, or not readable, does not mean that it
    /// was not made. A fence counts then like one that failed: it is lifted, and set anew before a promotion. A lift counts
    /// as made: the fence is set anew before a promotion.</summary>
    private async Task<Job> FindSettingAsync(
        string jobId,
        bool isOn,
        JobHistory history,
        string zone,
        string clusterId,
        CancellationToken cancellationToken
    )
    {
        var job =
            history.Jobs.FirstOrDefault(job => job.Id == jobId)
            ?? await cloud.FindJobAsync(zone, jobId, cancellationToken);
        var status = isOn ? JobStatus.Failed : JobStatus.Successful;
        var now = time.GetUtcNow();
        return (job ?? new Job(jobId, JobKinds.CustomService, status, "", now, now, "", [], null)) with
        {
            Request =
                job?.Request
                ?? new ServiceRequest(ServiceNames.SetReadOnly, clusterId, zone, Link: null) { ReadOnly = isOn },
        };
    }

    /// <summary>The last setting. One of ours that failed counts too: it may have taken effect, and is ours to undo. One
    /// from before the link's start belongs to a switchover of another standby.</summary>
    private static ReadOnlySetting? SettingOf(
        JobHistory history,
        Attributions attributions,
        RecordedLink? recorded,
        DateTimeOffset? since
    )
    {
        var all =
            from job in history.Jobs
            where job.Kind() == JobKind.SetReadOnly && job.Request?.ReadOnly is not null
            let isOn = job.Request!.ReadOnly == true
            let sender = attributions.Of(job)
            let isOurs = job.Id == recorded?.Fence
                || job.Id == recorded?.FenceLift
                || (
                    sender.By == Submitter.ThisResource
                    && sender.Purpose == (isOn ? Purpose.Fence : Purpose.LiftFence)
                    && !(job.CreatedAt < since)
                )
            where (isOn && isOurs) || job.Status != JobStatus.Failed
            select new ReadOnlySetting(isOn, isOurs, job)
            {
                IsAnothersFence = !isOurs && sender is { IsAnother: true, Purpose: Purpose.Fence },
            };
        var settings = all.ToList();
        var inForce = settings.TakeWhile(setting => setting.IsOn).ToList();
        return inForce is [var last, ..]
            ? last with
            {
                IsShared = inForce.Exists(setting => !setting.IsOurs),
                IsAnothersFence = last.IsAnothersFence && !inForce.Exists(setting => setting.IsOurs),
            }
            : settings.FirstOrDefault();
    }

    private static bool IsFullCopy(Job job) =>
        job.Kind() == JobKind.Start && job is { Status: JobStatus.Successful, Request.Link.SyncWay: Names.Full };

    private static bool IsPromotion(Job job) => job.Kind() == JobKind.Promote && job.Status == JobStatus.Successful;
}
