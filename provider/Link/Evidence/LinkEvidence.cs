namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>Everything that was seen of a cluster and bears on its link.</summary>
/// <param name="History">The cluster's jobs.</param>
/// <param name="Tab">What the disaster-recovery tab shows.</param>
/// <param name="TabSource">The source that the tab shows.</param>
/// <param name="Recorded">What the state file says; null where there is none.</param>
/// <param name="Attributions">Says whose a job is.</param>
internal sealed record LinkEvidence(
    JobHistory History,
    TabView Tab,
    Source? TabSource,
    RecordedLink? Recorded,
    Attributions Attributions
)
{
    /// <summary>How long a stop of this resource permits the start that was to follow it, where no state mentions
    /// it.</summary>
    private static readonly TimeSpan RestartWindow = TimeSpan.FromHours(1);

    private static readonly TimeSpan StatusMargin = TimeSpan.FromMinutes(1);

    /// <summary>When the cluster's status last changed; null where QingCloud does not say.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    /// <summary>The current time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The stop that this process made in deleting the resource, as the first half of a replacement.</summary>
    public string? CutBy { get; init; }

    /// <summary>The anchor in the state file, where this call does not bring the state.</summary>
    public string? KnownAnchor { get; init; }

    /// <summary>Whether the tab says that what it shows is a source. Other tabs may show a cluster's own
    /// standbys.</summary>
    public bool IsTabLabelled { get; init; }

    private string? Anchor => Recorded?.Anchor ?? KnownAnchor;

    /// <summary>Jobs down to the cluster's creation among which the anchor is missing are not all of them.</summary>
    private bool IsComplete =>
        History.Reach == HistoryReach.Anchor || (History.Reach == HistoryReach.Creation && Recorded?.Anchor is null);

    /// <summary>Whether the state file says that there was a link, or a job that may have made one. The state
    /// <c>stopped</c> alone does not: a first start that was not made leaves it too.</summary>
    private bool WasLinked =>
        Recorded
            is { Anchor: not null }
                or { JobId: not null }
                or { State: LinkState.Replicating or LinkState.Promoted };

    /// <summary>The link that all of this shows.</summary>
    public StandbyLink Read()
    {
        var jobs = JobsSinceAnchor().Where(job => job.Id != Recorded?.DismissedEnd).Select(Readable);
        var story = JobStory.Of(jobs, Anchor, IsComplete, StatusAt);
        var link = Base(story);
        if (story.UnderWay is { } job)
            return UnderWay(link, story, job);
        if (story.Unreadable is { } unreadable)
            return AfterUnreadable(link, story, unreadable);
        if (story.End is not null)
            return AfterEnd(link, story, Decisive(story));
        if (story.Start is { } start)
            return AfterStart(link, story, start);

        return story.FailedStart is not null || story.FailedEnd is not null
            ? WithoutSuccess(link, story)
            : WithoutServices(link, story);
    }

    /// <summary>Where the anchor is not listed, what is older than it decides nothing.</summary>
    private IEnumerable<Job> JobsSinceAnchor() =>
        IsComplete || Recorded is not { Anchor: not null, StartedAt: { } startedAt }
            ? History.Jobs
            : History.Jobs.Where(job => job.CreatedAt >= startedAt);

    /// <summary>While a job that the state file waits for is under way, it is waited for, readable or not.</summary>
    private Job Readable(Job job)
    {
        var service = Recorded?.State switch
        {
            LinkState.Starting => ServiceNames.StartStandby,
            LinkState.Promoting => ServiceNames.PromoteStandby,
            _ => null,
        };
        return service is not null && job.Request is null && job.Id == Recorded?.JobId && !job.HasEnded
            ? job with
            {
                Request = new ServiceRequest(service, "", "", Link: null),
            }
            : job;
    }

    /// <summary>A job that shows nothing may be any service: the tab shows what it left behind.</summary>
    private StandbyLink AfterUnreadable(StandbyLink link, JobStory story, Job job) =>
        Tab switch
        {
            TabView.Link => LinkedByTab(link, story, job),
            TabView.NoLink => EndedByFailedJob(link, story, job),
            _ => Doubtful(link with { Job = job, By = Attributions.Of(job) }, Unseen.Directive),
        };

    /// <summary>What is the same whatever state the link is in.</summary>
    private StandbyLink Base(JobStory story) =>
        new(LinkState.Unknown)
        {
            Start = story.Start,
            StartedBy = Attributions.Of(story.Start),
            Owner = OwnerOf(story.Start),
            FailedStart = story.FailedStart,
            IsOwnFailedStart = story.FailedStart is { } start && IsOwn(start),
            FailedEnd = story.FailedEnd,
            IsOwnFailedEnd = story.FailedEnd is { } end && IsOwn(end),
            Source = SourceOf(story.Start) ?? Recorded?.Source,
            HasSeveralPossibleEnds = HasSeveralPossibleEnds(story),
            IsComplete = IsComplete,
            SeenBackTo = History.Oldest,
            Tab = Tab,
        };

    /// <summary>Own attempts at one end are one; another user's beside them is a second.</summary>
    private bool HasSeveralPossibleEnds(JobStory story)
    {
        var others = story.PossibleEnds.Count(job => !IsOwn(job));
        var isOwnToo = story.PossibleEnds.Any(job => IsOwn(job) && !IsStopBeforeStart(job));
        return others > 1 || (others == 1 && isOwnToo);
    }

    private StandbyLink UnderWay(StandbyLink link, JobStory story, Job job)
    {
        var kind = job.Kind();
        var isStart = kind == JobKind.Start;
        var isLinkedByFailedStart = story.FailedStart is not null && Tab == TabView.Link;
        var end =
            story.End is not null ? Decisive(story)
            : Tab == TabView.NoLink ? story.FailedEnd
            : null;
        return link with
        {
            State =
                isStart ? LinkState.Starting
                : kind == JobKind.Promote ? LinkState.Promoting
                : LinkState.Stopping,
            Job = job,
            By = Attributions.Of(job),
            IsOwnJob = IsOwn(job),
            Start = isStart ? job : link.Start,
            StartedBy = isStart ? Attributions.Of(job) : link.StartedBy,
            Owner = isStart ? OwnerOf(job) : link.Owner,
            Source = (isStart ? SourceOf(job) : null) ?? link.Source,
            End = end is null || isLinkedByFailedStart ? null : EndOf(story, end),
        };
    }

    /// <summary>The end that matters: the first one that was not a stop of this resource before a start. A later one says
    /// that the standby was wanted for something else.</summary>
    private Job Decisive(JobStory story) => story.Ends.FirstOrDefault(job => !IsStopBeforeStart(job)) ?? story.Ends[^1];

    private bool IsStopBeforeStart(Job job) =>
        Attributions.Of(job) is { By: Submitter.ThisResource, Purpose: Purpose.StopToStart }
        || job.Id == Recorded?.PendingStop
        || job.Id == CutBy;

    /// <summary>A job ended the link. Only a start that failed later may have made another.</summary>
    private StandbyLink AfterEnd(StandbyLink link, JobStory story, Job end)
    {
        if (Tab == TabView.Link && (story.FailedStart is not null || IsTabLabelled || !IsComplete))
            return LinkedByTab(link, story, story.FailedStart);

        var how = EndOf(story, end);
        return link with
        {
            State = how.Kind == EndKind.Promotion ? LinkState.Promoted : LinkState.Stopped,
            Job = end,
            By = Attributions.Of(end),
            End = how,
        };
    }

    /// <summary>A start succeeded, and no job ended its link; one that failed may have.</summary>
    private StandbyLink AfterStart(StandbyLink link, JobStory story, Job start)
    {
        if (Tab == TabView.NoLink)
            return story.FailedEnd is { } failed ? EndedByFailedJob(link, story, failed) : EndedUnexplained(link);
        if (Tab == TabView.Link)
        {
            var isThisLink = SourceOf(start) is not { } asked || TabSource?.IsOtherThan(asked) != true;
            return isThisLink ? Linked(link, start) : LinkedByTab(link, story, story.FailedStart);
        }

        // An end that no job explains shows in the tab alone, and the state remembers it: of this start, whoever made it.
        var isRecordedStart = start.Id == Anchor || start.CreatedAt == Recorded?.StartedAt;
        if (Recorded is { State: LinkState.Promoted or LinkState.Stopped } && isRecordedStart)
            return EndedBefore(link, Recorded.State);

        var doubted = link with { Job = start, By = link.StartedBy };
        return story.FailedEnd is not null ? Doubtful(doubted, Unseen.FailedEnd)
            : HasUnexplainedStatusChange(start) ? Doubtful(doubted, Unseen.StatusChange)
            : Linked(link, start);
    }

    /// <summary>A stop of the cluster ends the link, and its job may not be listed. The time of the last change of status
    /// shows it; how exact it is, is not published.</summary>
    private bool HasUnexplainedStatusChange(Job start) =>
        StatusAt > start.ChangedAt + StatusMargin
        && !History.Jobs.Any(job =>
            job.CreatedAt - StatusMargin <= StatusAt && StatusAt <= job.ChangedAt + StatusMargin
        );

    private static StandbyLink Linked(StandbyLink link, Job start) =>
        link with
        {
            State = LinkState.Replicating,
            Job = start,
            By = link.StartedBy,
        };

    /// <summary>No service succeeded as far as can be seen; some failed. A stop or a promotion was meant for a link: it
    /// may have ended one, or not.</summary>
    private StandbyLink WithoutSuccess(StandbyLink link, JobStory story)
    {
        if (Tab == TabView.Link)
            return LinkedByTab(link, story, story.FailedStart);
        if (story.FailedEnd is { } failedEnd)
        {
            var mayBeLinked = Tab != TabView.NoLink && (story.FailedStart is not null || !IsComplete);
            if (mayBeLinked)
                return Doubtful(link, Unseen.FailedEnd);

            // Of a cluster that was never linked, a promotion that failed promoted nothing.
            var ended = EndedByFailedJob(link, story, failedEnd);
            return IsComplete && story.FailedStart is null ? ended with { State = LinkState.Stopped } : ended;
        }

        if (story.FailedStart is null)
            return WithoutServices(link, story);

        var isFirst = IsComplete && Recorded?.Anchor is null;
        return isFirst ? link with { State = LinkState.None } : WithoutServices(link, story);
    }

    /// <summary>No job shows anything: what the tab shows, and what the state file says, is all there is.</summary>
    private StandbyLink WithoutServices(StandbyLink link, JobStory story)
    {
        if (Tab == TabView.Link)
            return LinkedByTab(link, story, failedStart: null);
        if (IsComplete && !WasLinked)
            return link with { State = LinkState.None };
        if (Tab == TabView.NoLink && Recorded is { State: LinkState.Promoted or LinkState.Stopped })
            return EndedBefore(link, Recorded.State);
        if (Tab == TabView.NoLink && Recorded is { State: LinkState.Replicating })
            return EndedUnexplained(link);

        return Doubtful(
            link,
            Recorded is { State: LinkState.Starting or LinkState.Promoting, JobId: not null } ? Unseen.AwaitedJob
                : IsComplete ? Unseen.Anchor
                : Unseen.OlderJobs
        );
    }

    /// <summary>The tab shows a link that no successful job explains: a start that failed may have made it, or the job
    /// is not listed.</summary>
    private StandbyLink LinkedByTab(StandbyLink link, JobStory story, Job? failedStart)
    {
        var start = failedStart is not null && IsFromTabSource(failedStart) ? failedStart : null;
        var isRecorded =
            start is null
            && Recorded is { Anchor: not null }
            && TabSource?.Contradicts(Recorded.LinkSource) != true
            && story is { Start: null, End: null };
        return link with
        {
            State = LinkState.Replicating,
            Job = start,
            By = Attributions.Of(start),
            Start = start,
            StartedBy = Attributions.Of(start),
            Owner =
                start is not null ? OwnerOf(start)
                : isRecorded ? Owner.Own
                : Owner.Unclear,
            Source = start is not null ? SourceOf(start) ?? TabSource : TabSource,
            End = null,
            FailedStart = null,
            IsOwnFailedStart = false,
        };
    }

    private StandbyLink EndedByFailedJob(StandbyLink link, JobStory story, Job failed)
    {
        var how = EndOf(story, failed);
        return link with
        {
            State = how.Kind == EndKind.Promotion ? LinkState.Promoted : LinkState.Stopped,
            Job = failed,
            By = Attributions.Of(failed),
            End = how,
        };
    }

    private static StandbyLink EndedUnexplained(StandbyLink link) =>
        link with
        {
            State = LinkState.Stopped,
            Job = null,
            End = new LinkEnd(EndKind.Unexplained, Job: null),
        };

    /// <summary>The link had ended when the state was written, and there is none now. What happened between is not
    /// seen.</summary>
    private static StandbyLink EndedBefore(StandbyLink link, LinkState state) =>
        link with
        {
            State = state,
            Job = null,
            End = new LinkEnd(EndKind.Unexplained, Job: null),
        };

    private static StandbyLink Doubtful(StandbyLink link, Unseen unseen) =>
        link with
        {
            State = LinkState.Unknown,
            Unseen = unseen,
        };

    private LinkEnd EndOf(JobStory story, Job job)
    {
        var by = Attributions.Of(job);
        var kind = job.Kind() switch
        {
            JobKind.Promote => EndKind.Promotion,
            JobKind.ClusterLife => EndKind.ClusterLife,
            _ => EndKind.Stop,
        };
        return new LinkEnd(kind, job)
        {
            IsPendingRestart = kind == EndKind.Stop && IsPendingRestart(job, by, story.FailedStart),
            IsOwnPromotion =
                kind == EndKind.Promotion
                && (by is { By: Submitter.ThisResource, Purpose: Purpose.Promote } || job.Id == Recorded?.Awaited),
        };
    }

    /// <summary>This resource's own stop before a start. Where the state mentions it, the start is still owed; where
    /// only the job says so, for an hour.</summary>
    private bool IsPendingRestart(Job stop, Attribution by, Job? failedStart)
    {
        // What the program has accepted with promoted: true stays accepted.
        if (Recorded is { State: LinkState.Stopped } && Recorded.JobId == stop.Id)
            return false;
        if (Recorded?.PendingStop is { } pending)
            return pending == stop.Id;
        if (Recorded is { IsOfEarlierVersion: true, State: LinkState.Starting, JobId: { } mentioned })
            return mentioned == stop.Id || mentioned == failedStart?.Id;

        var isOurs = stop.Id == CutBy || by is { By: Submitter.ThisResource, Purpose: Purpose.StopToStart };
        var isOnlyFailedSince = failedStart is null || IsOwn(failedStart);
        return isOurs && isOnlyFailedSince && Now - stop.ChangedAt <= RestartWindow;
    }

    private Owner OwnerOf(Job? start) =>
        start is null ? Owner.Unclear
        : IsOwn(start) ? Owner.Own
        : Attributions.Of(start).IsAnother ? Owner.Foreign
        : Owner.Unclear;

    /// <summary>A job is this resource's own when it says so, is the anchor, or is the job that the state waits
    /// for.</summary>
    private bool IsOwn(Job job) =>
        Attributions.Of(job).By == Submitter.ThisResource || job.Id == Anchor || job.Id == Recorded?.Awaited;

    private bool IsFromTabSource(Job start) =>
        SourceOf(start) is not { } asked || TabSource is null || !TabSource.IsOtherThan(asked);

    private static Source? SourceOf(Job? start) => start?.Request?.Link is { } link ? Source.Of(link) : null;
}
