using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What updating a link comes to, given what is there. Preview and Update decide by the same rules.</summary>
internal abstract record UpdatePlan
{
    /// <summary>Something is under way: wait for it, then look again.</summary>
    internal sealed record Wait : UpdatePlan;

    /// <summary>An earlier start did not come to its end: start again.</summary>
    internal sealed record Start(string SyncWay) : UpdatePlan;

    /// <summary>The standby must reach the source another way: stop, then start with <c>increment</c>.</summary>
    internal sealed record Restart : UpdatePlan;

    /// <summary>Promote the standby.</summary>
    internal sealed record Promote : UpdatePlan;

    /// <summary>The link is as declared: only the state file changes.</summary>
    internal sealed record Keep : UpdatePlan;
}

/// <summary>Decides what updating a link comes to.</summary>
/// <param name="Old">The inputs of the last update.</param>
/// <param name="New">The inputs of the program.</param>
/// <param name="Known">What the state file says.</param>
internal sealed record UpdateDecision(StandbyInputs Old, StandbyInputs New, KnownLink Known)
{
    /// <summary>
    /// What the state file says once the update is made: with promoted: true a start that was not seen through is given up, and the
    /// standby is taken for what it is, cut loose.
    /// </summary>
    public KnownLink KnownAfter => New.Promoted && Known.State == LinkState.Starting ? Known with { State = LinkState.Stopped } : Known;

    /// <exception cref="PluginException">The update must not be made; the message says why and what to do.</exception>
    public UpdatePlan Decide(Link link)
    {
        if (UnfinishedStart.Is(Known, link) && link.Phase != LinkPhase.Stopping)
        {
            return StartAgain(link);
        }

        return link.IsBusy ? new UpdatePlan.Wait() : New.Promoted ? Promoted(link) : Replicating(link);
    }

    private UpdatePlan StartAgain(Link link)
    {
        var isOutOfSight = link is { Phase: LinkPhase.None, FailedStart: null };
        if (New.Promoted)
        {
            return link.IsFailedOver || isOutOfSight ? new UpdatePlan.Keep() : throw Refusal.NothingToPromote(New.Id);
        }

        if (isOutOfSight && !New.AllowRelink)
        {
            throw Refusal.OutOfSight(New.Id, Known.JobId);
        }

        return link.Phase == LinkPhase.Promoted && !New.AllowRelink
            ? throw Refusal.FailedOver(New.Id, link)
            : new UpdatePlan.Start(UnfinishedStart.SyncWay(link, New.Link.SyncWay));
    }

    private UpdatePlan Promoted(Link link) => link.Phase switch
    {
        LinkPhase.Promoted or LinkPhase.Stopped or LinkPhase.None => new UpdatePlan.Keep(),
        LinkPhase.Replicating when link.Source?.MayBe(New.Link) == false =>
            throw Refusal.OtherSource(New.Id, link, Refusal.Wanted(New)),
        LinkPhase.Replicating => Own(link, new UpdatePlan.Promote()),
        _ => throw Refusal.NothingToPromote(New.Id),
    };

    private UpdatePlan Replicating(Link link)
    {
        if (link.IsFailedOver && Old.Promoted && !New.AllowRelink)
        {
            throw Refusal.PromotionTakenBack(New.Id);
        }

        if (link.Phase != LinkPhase.Replicating)
        {
            throw New.AllowRelink ? Refusal.RelinkNotPreviewed(New.Id, link) : Refusal.FailedOver(New.Id, link);
        }

        if (link.Source?.MayBe(New.Link) == false)
        {
            throw Refusal.OtherSource(New.Id, link, Refusal.Wanted(New));
        }

        return HasOtherAddress(link) ? Own(link, Restart()) : new UpdatePlan.Keep();
    }

    /// <summary>
    /// A link that somebody else made since, from the very source that the program has come to declare, is not stopped or promoted
    /// before the user has seen it in the state file.
    /// </summary>
    private UpdatePlan Own(Link link, UpdatePlan plan) =>
        link.Source?.IsOtherThan(Known.Source) == true ? throw Refusal.OtherSource(New.Id, link, Known.Source.ToString()) : plan;

    /// <summary>A link that cannot be started again must not be stopped for it.</summary>
    private UpdatePlan.Restart Restart() =>
        New.HasPassword ? new UpdatePlan.Restart() : throw Refusal.UnreadablePassword();

    /// <summary>
    /// Only what the program changed is carried out, as the preview shows it; a change at the console is refresh's to report. What an
    /// earlier run has carried out already is not done again.
    /// </summary>
    private bool HasOtherAddress(Link link)
    {
        var changed = !Source.Of(Old.Link).HasAddressOf(New.Link) || (Old.HasPassword && !Old.Link.Password.Equals(New.Link.Password));
        var isLive = link.Source is { Host: not null, Password: not null } live
            && live.HasAddressOf(New.Link)
            && live.HasPasswordOf(New.Link);
        return changed && !isLive;
    }
}
