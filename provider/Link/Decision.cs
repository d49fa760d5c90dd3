namespace QingCloudMySqlStandby.Link;

/// <summary>Decides the next step towards a goal, for Create, Update and Delete and their previews: the tables of the
/// README as code. It is pure and total. A change is decided only on evidence for everything that the change assumes;
/// without it the decision is to look further, or to refuse.</summary>
internal static class Decision
{
    /// <summary>The next step.</summary>
    public static Step Next(Goal goal, StandbyLink link)
    {
        if (link.IsBusy)
            return Busy(goal, link);

        var step = goal switch
        {
            Goal.Linked linked => TowardsLinked(linked, link),
            Goal.Gone gone => TowardsGone(gone, link),
            Goal.CutForReplacement cut => TowardsCut(cut, link),
            _ => throw new ArgumentOutOfRangeException(nameof(goal)),
        };

        // A link that cannot be started again must not be stopped for it.
        var isForStart = step is Step.Submit { Purpose: Purpose.Start or Purpose.StopToStart };
        return isForStart && !CanStart(goal) ? new Step.Refuse(RefusalKind.PlaceholderPassword) : step;
    }

    /// <summary>Whether the program has the password that a start needs; it has, as far as is known.</summary>
    private static bool CanStart(Goal goal) =>
        goal switch
        {
            Goal.Linked linked => linked.Declared.HasPassword,
            Goal.CutForReplacement { Next: { Promoted: false } next } => next.HasPassword,
            _ => true,
        };

    /// <summary>Only an operation of this resource, or one that the program names, is waited for. What another user has
    /// begun may be a failover.</summary>
    private static Step Busy(Goal goal, StandbyLink link) =>
        link.IsOwnJob || goal.Consent.Names(link.Job) ? new Step.Wait(link.Job!) : new Step.Refuse(RefusalKind.Busy);

    // The link is to be as declared.

    private static Step TowardsLinked(Goal.Linked goal, StandbyLink link)
    {
        if (goal.Consent.IsInFuture(goal.Now))
            return new Step.Refuse(RefusalKind.ConsentInFuture);

        return link.State switch
        {
            LinkState.Replicating => goal.Declared.Promoted ? Promote(goal, link) : Keep(goal, link),
            LinkState.Unknown => goal.Declared.Promoted ? PromoteUnseen(goal, link) : StartUnseen(goal, link),
            _ => goal.Declared.Promoted ? Accept(goal, link) : StartAgain(goal, link),
        };
    }

    private static Step Keep(Goal.Linked goal, StandbyLink link)
    {
        var change = Restart.Needed(goal, link);
        if (!MayChange(goal, link))
            return LeaveAnothers(goal, link, isChanged: change is not null);
        if (link.SourceReadOnly is null)
            return new Step.Look(Extent.Source);
        if (link.SourceReadOnly.IsFencedByUs)
            return LiftFence(link.SourceReadOnly);
        return change is null ? Kept(link) : AssumingLink(link, new Step.Stop(Purpose.StopToStart));
    }

    /// <summary>The link stays as it is. The outputs say that there is one: the tab must not contradict them.</summary>
    private static Step Kept(StandbyLink link) =>
        AssumingLink(link, new Step.Done { Adopted = link.Owner == Owner.Own ? null : link.Start });

    /// <summary>Whether the link is this resource's, or the program consents to treat it so: by naming its start, or, of
    /// an imported link whose start no job shows, by an instant.</summary>
    private static bool MayChange(Goal goal, StandbyLink link)
    {
        if (link.Owner == Owner.Own)
            return true;

        return link.Start is not null
            ? goal.Consent.Names(link.Start)
            : MayTakeOverUnseen(goal) && goal.Consent.CoversUnseen(link, goal.Recorded, goal.Now);
    }

    /// <summary>Whether a link whose start no job shows may be this resource's: the state holds one without an anchor.
    /// Otherwise it is another's.</summary>
    public static bool MayTakeOverUnseen(Goal goal) => goal.Recorded is { Anchor: null };

    /// <summary>An update that changes nothing about another's link leaves it alone. Everything else is
    /// refused.</summary>
    private static Step LeaveAnothers(Goal.Linked goal, StandbyLink link, bool isChanged)
    {
        if (goal.Old is not null && !isChanged)
            return AssumingLink(link, new Step.Done());

        return new Step.Refuse(
            link.Owner == Owner.Foreign ? RefusalKind.AnothersLink
            : link.Start is null ? RefusalKind.UnseenStart
            : RefusalKind.UnclearOwner
        );
    }

    /// <summary>Before a change that assumes a link the tab is read: it alone does not depend on which jobs are
    /// listed.</summary>
    private static Step AssumingLink(StandbyLink link, Step step) =>
        link.Tab == TabView.NotRead ? new Step.Look(Extent.Tab) : step;

    // The standby is to be promoted, or its promotion accepted.

    private static Step Promote(Goal.Linked goal, StandbyLink link)
    {
        if (!MayChange(goal, link))
            return LeaveAnothers(goal, link, isChanged: true);
        if (link.Tab == TabView.NotRead)
            return new Step.Look(Extent.Tab);
        if (link.Source?.MayBe(goal.Declared.Link) == false)
            return RefuseAnotherSource(link);
        if (!goal.Declared.FenceSource)
            return new Step.Promote(Purpose.Promote);

        return link.SourceReadOnly is { } source ? PromoteFenced(source) : new Step.Look(Extent.Tab | Extent.Source);
    }

    /// <summary>A program that names another source has given up the switchover from this one: its fence is lifted before
    /// the refusal.</summary>
    private static Step RefuseAnotherSource(StandbyLink link) =>
        link.SourceReadOnly is not { } source ? new Step.Look(Extent.Source)
        : source.IsFencedByUs ? LiftFence(source)
        : new Step.Refuse(RefusalKind.AnotherSource);

    /// <summary>The source is made read-only before the promotion, unless it is read-only already. Another
    /// switchover may lift its own fence at any time, so that this one sets its own.</summary>
    private static Step PromoteFenced(SourceReadOnly source)
    {
        if (!source.IsVisible)
            return new Step.Refuse(RefusalKind.SourceCannotBeFenced);
        if (source.Setting is { Job.HasEnded: false } underWay)
            return underWay.IsOurs
                ? new Step.Wait(underWay.Job, IsOnSource: true)
                : new Step.Refuse(RefusalKind.SourceBusy);

        var isReadOnly = source.Setting is { IsOn: true, IsAnothersFence: false, Job.Status: JobStatus.Successful };
        return isReadOnly ? new Step.Promote(Purpose.Promote) : new Step.Fence();
    }

    private static Step LiftFence(SourceReadOnly source) =>
        source.Setting is { Job.HasEnded: false } underWay
            ? new Step.Wait(underWay.Job, IsOnSource: true)
            : new Step.LiftFence();

    /// <summary>There is no link, and the program says that this is right.</summary>
    private static Step Accept(Goal.Linked goal, StandbyLink link)
    {
        if (!CanAccept(goal, link))
            return new Step.Refuse(RefusalKind.NothingToPromote);

        // A refresh may have seen a link that no job shows.
        if (link.Tab == TabView.NotRead && goal.Recorded is { State: LinkState.Replicating })
            return new Step.Look(Extent.Tab);

        var isAccepted = goal is { Recorded.State: LinkState.Promoted, Old.Promoted: true };
        return link.End is { IsOwnPromotion: true, Job: { } promotion } && !isAccepted
            ? MakeWritable(link.StandbyReadOnly, promotion)
            : new Step.Done();
    }

    /// <summary>Whether <c>promoted: true</c> accepts how things are: there was a link of this resource.</summary>
    public static bool CanAccept(Goal.Linked goal, StandbyLink link)
    {
        var wasLinked = goal.Recorded is not null || link.Source?.MayBe(goal.Declared.Link) != false;
        var isUnfinished = link.State == LinkState.None && (goal.Recorded is null || link.FailedStart is not null);
        return wasLinked && !isUnfinished;
    }

    /// <summary>After this resource's own promotion the cluster must accept writes. Another's promotion is accepted
    /// without a call.</summary>
    private static Step MakeWritable(ReadOnlySetting? setting, Job promotion) =>
        setting switch
        {
            { IsOn: false, Job.HasEnded: false } => new Step.Wait(setting.Job),
            { IsOn: true } when setting.Job.CreatedAt <= promotion.CreatedAt => new Step.MakeWritable(),
            _ => new Step.Done(),
        };

    // There is no link, and there is to be one.

    private static Step StartAgain(Goal.Linked goal, StandbyLink link)
    {
        // The program says that a start which failed has made the link.
        if (goal.Consent.JobId is not null && goal.Consent.Names(link.FailedStart) && CanAdoptFailedStart(goal, link))
            return new Step.Done { Adopted = link.FailedStart };
        if (PermittedStart(goal, link) is { } start)
            return AfterLiftingFence(link, start);

        return new Step.Refuse(
            link.End is { Kind: EndKind.Unexplained } ? RefusalKind.UnexplainedEnd
            : goal.Old is { Promoted: true } ? RefusalKind.PromotionTakenBack
            : RefusalKind.FailedOver
        );
    }

    /// <summary>Whether a start that failed may have made the link that the program declares.</summary>
    public static bool CanAdoptFailedStart(Goal.Linked goal, StandbyLink link) =>
        link.MayBeLinked
        && (link.FailedStart!.Request?.Link is not { } asked || Source.Of(asked).MayBe(goal.Declared.Link));

    /// <summary>The start that the evidence or the program's consent permits; null where neither does. What the program
    /// has accepted was an end, also where nothing shows it any more.</summary>
    private static Step.Start? PermittedStart(Goal.Linked goal, StandbyLink link)
    {
        var isFirst = link.State == LinkState.None && goal.Old is not { Promoted: true };
        if (isFirst || goal.Consent.Covers(link, goal.Recorded, goal.Now))
            return new Step.Start(goal.Declared.Link.SyncWay);

        return link.End is { IsPendingRestart: true } ? new Step.Start(Restart.SyncWay(goal, link)) : null;
    }

    /// <summary>Before a cluster follows its source again, a fence that this resource left on that source is
    /// lifted.</summary>
    private static Step AfterLiftingFence(StandbyLink link, Step.Start start)
    {
        if (link is { HasEnded: true, SourceReadOnly: null })
            return new Step.Look(Extent.Source);

        return link.SourceReadOnly is { IsFencedByUs: true } source ? LiftFence(source) : start;
    }

    // Nothing shows whether there is a link.

    private static Step StartUnseen(Goal.Linked goal, StandbyLink link)
    {
        if (link.Tab == TabView.NotRead)
            return new Step.Look(Extent.Tab);
        if (IsUnseenCovered(goal, link))
        {
            // A refused start means that there is a link. What the state calls this resource's may be stopped for it.
            return link.WasRefused && link.Unseen == Unseen.OlderJobs && goal.Recorded?.Anchor is not null
                ? new Step.Stop(Purpose.StopToStart)
                : new Step.Start(goal.Declared.Link.SyncWay);
        }

        // What cannot be seen is left as it is while nothing is to be changed.
        var isUnchanged =
            goal.Recorded is { Anchor: not null } && goal.Old is not null && Restart.Needed(goal, link) is null;
        return isUnchanged && goal.Recorded!.State is LinkState.Replicating or LinkState.Unknown
            ? new Step.Done()
            : new Step.Refuse(RefusalKind.NotSeen);
    }

    private static Step PromoteUnseen(Goal.Linked goal, StandbyLink link)
    {
        if (link.Tab == TabView.NotRead)
            return new Step.Look(Extent.Tab);

        var isOwnPromotion =
            link is { Unseen: Unseen.FailedEnd, IsOwnFailedEnd: true } && link.FailedEnd!.Kind() == JobKind.Promote;
        if (IsUnseenCovered(goal, link))
            return isOwnPromotion ? MakeWritable(link.StandbyReadOnly, link.FailedEnd!) : new Step.Done();

        // A promotion of ours that failed is made again: whether it took effect or not, the standby is to be promoted.
        if (isOwnPromotion)
            return Promote(goal, link);

        return goal.Old is { Promoted: true } ? new Step.Done() : new Step.Refuse(RefusalKind.NotSeen);
    }

    private static bool IsUnseenCovered(Goal goal, StandbyLink link) =>
        goal.Consent.CoversUnseen(link, goal.Recorded, goal.Now)
        || (link.Unseen == Unseen.Directive && goal.Consent.NamesEnd(link, link.Job))
        || (link.Unseen == Unseen.FailedEnd && goal.Consent.NamesEnd(link, link.FailedEnd));

    // The resource is deleted, at its end or to be replaced.

    private static Step TowardsGone(Goal.Gone goal, StandbyLink link)
    {
        Step cut = goal.Promotes ? new Step.Promote(Purpose.PromoteToDelete) : new Step.Stop(Purpose.StopToDelete);
        return link.State switch
        {
            LinkState.Replicating => Cut(goal, link, cut),
            LinkState.Unknown => CutUnseen(goal, link, cut),
            LinkState.None when link.MayBeLinked => CutFailedStart(goal, link),
            _ => LiftFenceSeenLate(goal, link),
        };
    }

    /// <summary>The job of a fence may be listed only after this operation has stopped the link.</summary>
    private static Step LiftFenceSeenLate(Goal.Gone goal, StandbyLink link) =>
        link is { IsStoppedHere: true, SourceReadOnly: { IsFencedByUs: true } source } && !goal.KeepsFence
            ? LiftFence(source)
            : new Step.Done();

    /// <summary>A start that failed may have made a link. One of this resource is stopped; QingCloud's refusal shows that
    /// there is none.</summary>
    private static Step CutFailedStart(Goal goal, StandbyLink link)
    {
        if (link.Tab == TabView.NotRead)
            return new Step.Look(Extent.Tab);
        if (link.WasRefused)
            return new Step.Done();

        return link.IsOwnFailedStart || goal.Consent.Names(link.FailedStart)
            ? new Step.Stop(Purpose.StopToDelete)
            : new Step.Refuse(RefusalKind.NotSeen);
    }

    private static Step TowardsCut(Goal.CutForReplacement goal, StandbyLink link)
    {
        var cut = new Step.Stop(Purpose.StopToStart);
        return link.State switch
        {
            LinkState.Replicating => Cut(goal, link, cut),
            LinkState.Unknown => CutUnseen(goal, link, cut),
            LinkState.Promoted or LinkState.Stopped when !IsStartPermitted(goal, link) => new Step.Refuse(
                link.End is { Kind: EndKind.Unexplained } ? RefusalKind.UnexplainedEnd : RefusalKind.FailedOver
            ),
            _ => new Step.Done(),
        };
    }

    private static Step Cut(Goal goal, StandbyLink link, Step cut)
    {
        if (!MayChange(goal, link))
            return new Step.Refuse(RefusalKind.NotItsOwn);
        if (link.SourceReadOnly is null)
            return new Step.Look(Extent.Source);

        // A deletion that promotes leaves the source as it is.
        var keepsFence = cut is Step.Promote || goal is Goal.Gone { KeepsFence: true };
        var lifts = link.SourceReadOnly.IsFencedByUs && !keepsFence;
        return lifts ? LiftFence(link.SourceReadOnly) : AssumingLink(link, cut);
    }

    private static Step CutUnseen(Goal goal, StandbyLink link, Step cut)
    {
        if (link.Tab == TabView.NotRead)
            return new Step.Look(Extent.Tab);
        if (link.WasRefused || link.Tab == TabView.NoLink)
            return new Step.Done();

        return IsUnseenCovered(goal, link) || MayTryAgain(link, cut) ? cut : new Step.Refuse(RefusalKind.NotSeen);
    }

    /// <summary>A stop of this resource's own link that failed is made again: either it did nothing, or QingCloud refuses
    /// the second one because the link is gone.</summary>
    private static bool MayTryAgain(StandbyLink link, Step cut)
    {
        var isOwnStop =
            link is { Unseen: Unseen.FailedEnd, IsOwnFailedEnd: true } && link.FailedEnd!.Kind() == JobKind.Stop;
        return isOwnStop && cut is Step.Stop && link is { Owner: Owner.Own, HasSeveralPossibleEnds: false };
    }

    /// <summary>The second half of a replacement starts the link anew. Where it would be refused, the resource is to stay
    /// in the state.</summary>
    private static bool IsStartPermitted(Goal.CutForReplacement goal, StandbyLink link) =>
        goal.Next is not { Promoted: false }
        || goal.Consent.Covers(link, goal.Recorded, goal.Now)
        || link.End is { IsPendingRestart: true };
}
