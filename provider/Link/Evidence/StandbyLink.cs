namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>A cluster's link as the evidence shows it, and how completely it was seen. Decisions read nothing
/// else.</summary>
internal sealed record StandbyLink(LinkState State)
{
    /// <summary>The source as far as it could be read; null where it could not.</summary>
    public Source? Source { get; init; }

    /// <summary>The job that brought the link to its state, or is bringing it there; null where none is seen.</summary>
    public Job? Job { get; init; }

    /// <summary>Who submitted <see cref="Job"/>.</summary>
    public Attribution By { get; init; } = Attribution.Unknown;

    /// <summary>Whether <see cref="Job"/> is under way and was submitted by this resource.</summary>
    public bool IsOwnJob { get; init; }

    /// <summary>The start_standby job that made the link, or made the one that ended; null where none is seen.</summary>
    public Job? Start { get; init; }

    /// <summary>Who submitted <see cref="Start"/>.</summary>
    public Attribution StartedBy { get; init; } = Attribution.Unknown;

    /// <summary>Whose the link is.</summary>
    public Owner Owner { get; init; }

    /// <summary>How the last link ended; null while there is one, or where there was none.</summary>
    public LinkEnd? End { get; init; }

    /// <summary>Whether more than one job of others may have ended the link: naming one of them says nothing of the
    /// others.</summary>
    public bool HasSeveralPossibleEnds { get; init; }

    /// <summary>The last start that failed after all of that. It may have made a link.</summary>
    public Job? FailedStart { get; init; }

    /// <summary>Whether this resource submitted <see cref="FailedStart"/>.</summary>
    public bool IsOwnFailedStart { get; init; }

    /// <summary>The last stop or promotion that failed after all of that. It may have ended the link.</summary>
    public Job? FailedEnd { get; init; }

    /// <summary>Whether this resource submitted <see cref="FailedEnd"/>.</summary>
    public bool IsOwnFailedEnd { get; init; }

    /// <summary>Whether the jobs were read without gaps down to the anchor or to the cluster's creation.</summary>
    public bool IsComplete { get; init; }

    /// <summary>When the oldest job that was read was made: no job after it was missed. Null where none was
    /// read.</summary>
    public DateTimeOffset? SeenBackTo { get; init; }

    /// <summary>What the disaster-recovery tab shows.</summary>
    public TabView Tab { get; init; }

    /// <summary>Why the state is <see cref="LinkState.Unknown"/>.</summary>
    public Unseen Unseen { get; init; }

    /// <summary>Whether the source is read-only; null where that was not read.</summary>
    public SourceReadOnly? SourceReadOnly { get; init; }

    /// <summary>The last <c>set_readonly</c> of the standby itself; null where there was none.</summary>
    public ReadOnlySetting? StandbyReadOnly { get; init; }

    /// <summary>Whether QingCloud refused in this operation to start the link, or to stop it, because of the state that
    /// the cluster is in.</summary>
    public bool WasRefused { get; init; }

    /// <summary>Whether this operation itself has stopped the link, in order to start it again.</summary>
    public bool IsStoppedHere { get; init; }

    /// <summary>What the state file says, for a preview that does not look at the cloud; null where the state says that
    /// something was under way.</summary>
    public static StandbyLink? Remembered(RecordedLink recorded)
    {
        if (recorded.State is not (LinkState.Replicating or LinkState.Promoted or LinkState.Stopped))
            return null;

        var at = recorded.StartedAt ?? DateTimeOffset.UnixEpoch;
        var job = recorded.JobId is { } id
            ? new Job(id, JobKinds.CustomService, JobStatus.Successful, "", at, at, "", [], null)
            : null;
        var kind = recorded.State == LinkState.Promoted ? EndKind.Promotion : EndKind.Stop;
        return new StandbyLink(recorded.State)
        {
            Source = recorded.Source,
            Job = job,
            Owner = Owner.Own,
            End = recorded.State == LinkState.Replicating ? null : new LinkEnd(kind, job),
            IsComplete = true,
            Tab = TabView.None,
            SourceReadOnly = new SourceReadOnly(IsVisible: true, Setting: null),
        };
    }

    /// <summary>Whether an operation is under way that must end before another may begin.</summary>
    public bool IsBusy => State is LinkState.Starting or LinkState.Promoting or LinkState.Stopping;

    /// <summary>Whether the link has ended: the standby may serve the application now.</summary>
    public bool HasEnded => State is LinkState.Promoted or LinkState.Stopped;

    /// <summary>Whether there may be a link although none is seen: a start failed, and nothing shows what it
    /// did.</summary>
    public bool MayBeLinked => FailedStart is not null && Tab is not TabView.NoLink and not TabView.Link;
}

/// <summary>Whose a link is.</summary>
internal enum Owner
{
    /// <summary>Nothing shows it.</summary>
    Unclear,

    /// <summary>This resource's: its start job carries this resource's <c>req_id</c>, or is the resource's
    /// anchor.</summary>
    Own,

    /// <summary>The start job is certainly another's.</summary>
    Foreign,
}

/// <summary>What a cluster's disaster-recovery tab shows.</summary>
internal enum TabView
{
    /// <summary>It was not read.</summary>
    NotRead,

    /// <summary>The cluster has none, or none that can be understood.</summary>
    None,

    /// <summary>It shows a source.</summary>
    Link,

    /// <summary>It shows that there is no source.</summary>
    NoLink,
}

/// <summary>What could not be seen of a link.</summary>
internal enum Unseen
{
    /// <summary>Nothing that matters.</summary>
    Nothing,

    /// <summary>The jobs could not be read back to the link's start, or to the cluster's creation.</summary>
    OlderJobs,

    /// <summary>The directive of a job shows nothing: it may be any service.</summary>
    Directive,

    /// <summary>A stop or a promotion failed, and nothing shows whether it ended the link.</summary>
    FailedEnd,

    /// <summary>The cluster's status changed after the link's start, as it does when a cluster is stopped and started,
    /// and no listed job explains it.</summary>
    StatusChange,

    /// <summary>The job that the state waits for is not listed.</summary>
    AwaitedJob,

    /// <summary>The jobs contradict the state: its start job is not among them.</summary>
    Anchor,
}

/// <summary>How a link ended.</summary>
internal enum EndKind
{
    /// <summary>stop_standby.</summary>
    Stop,

    /// <summary>promote_standby.</summary>
    Promotion,

    /// <summary>The cluster was stopped, suspended or deleted.</summary>
    ClusterLife,

    /// <summary>No visible job explains it.</summary>
    Unexplained,
}

/// <summary>The end of a link.</summary>
/// <param name="Kind">What ended it.</param>
/// <param name="Job">The job that ended it; null for an unexplained end.</param>
internal sealed record LinkEnd(EndKind Kind, Job? Job)
{
    /// <summary>Whether it is this resource's own stop that was to be followed by a start, and that start may still be
    /// made without consent.</summary>
    public bool IsPendingRestart { get; init; }

    /// <summary>Whether this resource promoted the standby because the program asked for it.</summary>
    public bool IsOwnPromotion { get; init; }

    /// <summary>When a job ended it; null where it is not known.</summary>
    public DateTimeOffset? At => Job?.ChangedAt;
}

/// <summary>Whether a source is read-only.</summary>
/// <param name="IsVisible">Whether this account sees the source's cluster.</param>
/// <param name="Setting">The source's last <c>set_readonly</c>; null where there was none.</param>
internal sealed record SourceReadOnly(bool IsVisible, ReadOnlySetting? Setting)
{
    /// <summary>A source of which nothing could be read.</summary>
    public static SourceReadOnly NotVisible { get; } = new(false, null);

    /// <summary>Whether the source is read-only, or is becoming so, because this resource asked for it. While that is being
    /// lifted, it still is.</summary>
    public bool IsFencedByUs =>
        Setting is { IsOurs: true, IsShared: false } setting && (setting.IsOn || !setting.Job.HasEnded);
}

/// <summary>A <c>set_readonly</c> job.</summary>
/// <param name="IsOn">Whether it makes the cluster read-only.</param>
/// <param name="IsOurs">Whether it is this resource's: its job says so, or the state names it.</param>
/// <param name="Job">The job.</param>
internal sealed record ReadOnlySetting(bool IsOn, bool IsOurs, Job Job)
{
    /// <summary>Whether another user or resource made the cluster read-only too, and may rely on that.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether it is another resource's alone, for its own switchover: that one may lift it at any time.</summary>
    public bool IsAnothersFence { get; init; }
}
