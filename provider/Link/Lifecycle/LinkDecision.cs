namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>Decides the next step towards the link that the program declares, for Create and Update and their previews.
/// It looks at evidence alone: the link as it is, whose it is, and what the state file says. Create has no state: the
/// inputs of the last update are null there too.</summary>
internal sealed record LinkDecision(StandbyInputs Declared, StandbyInputs? Old = null, RecordedLink? Recorded = null)
{
    /// <summary>The job by which this very run has deleted the resource's link, in a replacement.</summary>
    public string? CutBy { get; init; }

    /// <summary>What the state file says once nothing is left to do: where the program has accepted with <c>promoted:
    /// true</c> that there is no link, a start that was not seen through is given up.</summary>
    public RecordedLink? RecordedAfter(ObservedLink link) =>
        Declared.Promoted && link.State is LinkState.Stopped or LinkState.None
            ? new RecordedLink(
                LinkState.Stopped,
                link.Job?.Id ?? Recorded?.JobId,
                Recorded?.StartedAt,
                Source.Of(Declared.Link)
            )
            : Recorded;

    /// <summary>The next step of an operation that may have stopped the link itself.</summary>
    public Plan Decide(ObservedLink link, string? cutBy) => (this with { CutBy = cutBy ?? CutBy }).Decide(link);

    /// <exception cref="PluginException">It must not be made; the message says why and what to do.</exception>
    public Plan Decide(ObservedLink link)
    {
        if (link.IsBusy)
        {
            return Recorded is not null || IsBrokenOff(link) ? new Plan.Wait()
                : link.State == LinkState.Starting ? Own(link, new Plan.Wait())
                : throw Refusal.Busy(Declared.Id, link);
        }

        return link.State == LinkState.Replicating ? Linked(link)
            : !Declared.Promoted ? Unlinked(link)
            : CanBeAccepted(link) ? new Plan.Keep()
            : throw Refusal.NothingToPromote(Declared.Id);
    }

    /// <summary>Whether the link was stopped by this resource to be started again, and was not.</summary>
    private bool IsBrokenOff(ObservedLink link) => BrokenOffRestart.Is(link, Recorded, CutBy);

    /// <summary>Whether a running link is taken for this resource's own without its jobs saying so.</summary>
    public bool IsGuess(ObservedLink link) =>
        Recorded is null
        && link is { State: LinkState.Replicating, StartedBy.By: Submitter.Unknown or Submitter.SameKey };

    /// <summary>How a link that is stopped for it is started again: from the declared source the data is there already,
    /// unless a full copy that failed has left half of it. Create starts as the program declares.</summary>
    public string SyncWayOfRestart(ObservedLink link) =>
        Old is not null && HasSource(link) && !IsCopyDeclared && link.FailedStart?.Request?.Link?.SyncWay != Names.Full
            ? Names.Increment
            : Declared.Link.SyncWay;

    private Plan Linked(ObservedLink link)
    {
        Plan plan =
            Declared.Promoted ? new Plan.Promote(Purpose.Promote)
            : !NeedsRestart(link) ? new Plan.Keep()
            // A link that cannot be started again must not be stopped for it.
            : Declared.HasPassword ? new Plan.Stop(Purpose.StopToStart)
            : throw Refusal.UnreadablePassword();
        return plan is not Plan.Stop && link.Source?.MayBe(Declared.Link) == false
            ? throw Refusal.OtherSource(Declared.Id, link, Source.Of(Declared.Link))
            : Own(link, plan);
    }

    /// <summary>A link that somebody else made is not touched: Create leaves it to its owner, and Update to a refresh
    /// that shows it first.</summary>
    private Plan Own(ObservedLink link, Plan plan)
    {
        if (Recorded is null && link.StartedBy.By != Submitter.ThisResource)
            RequireSame(link);
        if (Recorded is not null && plan is not Plan.Keep && !link.IsOwn(Recorded))
            throw Refusal.ChangedSince(Declared.Id, link, Recorded.Source);

        return plan;
    }

    /// <summary>Create takes a link over by guess only where nobody's name is on it and it is as declared.</summary>
    private void RequireSame(ObservedLink link)
    {
        if (link.StartedBy.IsSomebodyElse)
            throw Refusal.SomebodyElses(Declared.Id, link);
        if (link.Source?.MayBe(Declared.Link) != true)
            throw Refusal.OtherSource(Declared.Id, link, Source.Of(Declared.Link));
        if (!link.Source.HasAddressOf(Declared.Link) || !link.Source.HasPasswordOf(Declared.Link))
            throw Refusal.OtherAddress(Declared.Id, link);
        if (Declared.Promoted)
            throw Refusal.NothingToPromote(Declared.Id);
    }

    /// <summary>Whether <c>promoted: true</c> accepts that there is no link.</summary>
    private bool CanBeAccepted(ObservedLink link)
    {
        var wasLinked = Recorded is not null || (link.IsFailedOver && link.Source?.MayBe(Declared.Link) != false);
        var isUnfinished = link is { State: LinkState.None, FailedStart: not null };
        return wasLinked && !isUnfinished;
    }

    /// <summary>There is no link, and there is to be one. Where the last thing that happened to the cluster is a stop,
    /// a promotion or something that cannot be read, the standby may be the live primary: only the program's consent,
    /// which names that job, permits a start.</summary>
    private Plan.Start Unlinked(ObservedLink link)
    {
        var isBrokenOff = IsBrokenOff(link);
        var isFirst =
            link is { State: LinkState.None, Job: null } && (Recorded is null or { JobId: null } || IsOwnFailure(link));
        var last = link.Job?.Id ?? Recorded?.JobId;
        if (isBrokenOff || isFirst || Declared.Consents(last))
            return new Plan.Start(isBrokenOff ? SyncWayOfRestart(link) : Declared.Link.SyncWay);

        var choices = new Choices(Declared, last) { IsInState = Recorded is not null, Accepts = CanBeAccepted(link) };
        throw link.State == LinkState.None && link.Job is null ? Refusal.OutOfSight(choices)
        : Old is { Promoted: true } ? Refusal.PromotionTakenBack(choices, link)
        : Refusal.FailedOver(choices, link);
    }

    /// <summary>A start of this resource that failed may be made again: nothing came of it.</summary>
    private bool IsOwnFailure(ObservedLink link) =>
        link.FailedStart is { } failed
        && (failed.Id == Recorded?.JobId || link.FailedStartBy.By == Submitter.ThisResource);

    /// <summary>Update carries out what the program has changed, as the preview shows it: a change at the console is
    /// refresh's to report. What an earlier run has carried out already is not done again. Create has only the link
    /// itself to compare with.</summary>
    private bool NeedsRestart(ObservedLink link)
    {
        if (Old is null)
        {
            return link.Source is { } live
                && (!HasSource(link) || !live.HasAddressOf(Declared.Link) || !live.HasPasswordOf(Declared.Link));
        }

        var old = Source.Of(Old.Link);
        var isOtherSource = Old.Role != Declared.Role || !old.MayBe(Declared.Link);
        var isOtherAddress =
            !old.HasAddressOf(Declared.Link) || (Old.HasPassword && !Old.Link.Password.Equals(Declared.Link.Password));
        return (isOtherSource && !HasSource(link))
            || (isOtherAddress && link.Source?.IsFully(Declared.Link) != true)
            || (IsCopyDeclared && link.StartJob?.Request?.Link?.SyncWay != Names.Full);
    }

    /// <summary>Whether the program has come to declare a full copy.</summary>
    private bool IsCopyDeclared => Old?.Link.SyncWay == Names.Increment && Declared.Link.SyncWay == Names.Full;

    /// <summary>Whether the link is known to be, or to have been, from the declared source and on the declared
    /// role.</summary>
    private bool HasSource(ObservedLink link)
    {
        var role = link.StartJob?.Request?.Role;
        var hasRole = string.IsNullOrEmpty(role) ? Old is null || Old.Role == Declared.Role : role == Declared.Role;
        return hasRole && link.Source is { ClusterId: not null } source && source.MayBe(Declared.Link);
    }
}
