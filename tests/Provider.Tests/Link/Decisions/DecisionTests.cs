using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.QingCloud;
using Xunit;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>Holds every combination of a decision's inputs against the promises. A promise says what must be true of a
/// step, not how the step is found.</summary>
public sealed class DecisionTests
{
    private static readonly (string Promise, Func<Case, Step, bool> Holds)[] Promises =
    [
        ("no link is started twice", StartsNoLinkTwice),
        ("no failover is undone without consent", UndoesNoFailover),
        ("a start that nothing supports needs consent", StartsOnlyOnEvidence),
        ("only an own link, or one that is named, is ended", EndsOnlyOwnLinks),
        ("what cannot be seen is ended only with consent", EndsNothingUnseen),
        ("before a link is ended its tab is read", ReadsTabFirst),
        ("another user's operation is left alone", LeavesOthersOperations),
        ("an own operation is waited for", WaitsForOwnOperations),
        ("promoted: true never starts or stops", PromotedNeverLinks),
        ("promoted: false never promotes or fences", UnpromotedNeverPromotes),
        ("a source is fenced before the promotion", FencesBeforePromotion),
        ("only an own fence is lifted, and one that no other relies on", LiftsOnlyOwnFences),
        ("an own fence is lifted before anything else", LiftsFenceFirst),
        ("a program that names another source leaves no fence", LeavesNoFence),
        ("an instant to come permits nothing", RefusesConsentToCome),
        ("a deletion starts nothing and leaves an ended link alone", DeletionLeavesEndedLinks),
        ("without a password nothing is started, nor stopped for a start", ActsOnlyWithPassword),
        ("an operation ends only where its goal is reached", EndsAtItsGoal),
        ("an unchanged own link needs nothing", LeavesUnchangedLinks),
        ("a consent that covers everything is enough", AcceptsConsent),
        ("nothing is looked at twice", LooksOnce),
    ];

    [Fact]
    public void Every_decision_keeps_every_promise()
    {
        var cases = 0;
        var broken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var each in Cases.All())
        {
            cases++;
            var step = Decision.Next(each.Goal, each.Link);
            foreach (var (promise, holds) in Promises)
            {
                if (!holds(each, step))
                    broken.TryAdd(promise, $"{step}\n{each}");
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken.Select(each => $"{each.Key}: {each.Value}\n")));
        Assert.InRange(cases, 50_000, int.MaxValue);
    }

    private static bool StartsNoLinkTwice(Case at, Step step) =>
        step is not Step.Start
        || at.Link.State is LinkState.None or LinkState.Promoted or LinkState.Stopped or LinkState.Unknown;

    private static bool UndoesNoFailover(Case at, Step step) =>
        step is not Step.Start || at.Link.End is not { } end || end.IsPendingRestart || CoversEnd(at, end);

    private static bool StartsOnlyOnEvidence(Case at, Step step) =>
        step is not Step.Start || at.Link.State != LinkState.Unknown || CoversDoubt(at);

    private static bool EndsOnlyOwnLinks(Case at, Step step) =>
        !EndsLink(step) || at.Link.State != LinkState.Replicating || at.Link.Owner == Owner.Own || CoversLink(at);

    private static bool EndsNothingUnseen(Case at, Step step)
    {
        if (!EndsLink(step) || at.Link.State != LinkState.Unknown)
            return true;

        // A stop or a promotion of the resource itself that failed may be made again.
        var isSameAgain = at.Link is { Unseen: Unseen.FailedEnd, IsOwnFailedEnd: true, Owner: Owner.Own };
        return CoversDoubt(at) || isSameAgain || (IsOwnPromotion(at) && CoversLink(at));
    }

    private static bool ReadsTabFirst(Case at, Step step) =>
        step is not (Step.Stop or Step.Promote) || at.Link.Tab != TabView.NotRead;

    private static bool LeavesOthersOperations(Case at, Step step) =>
        !IsBusy(at)
        || at.Link.IsOwnJob
        || step is Step.Refuse
        || (at.Given is Given.TheJobUnderWay or Given.SomethingNotKnownYet && step is Step.Wait);

    private static bool WaitsForOwnOperations(Case at, Step step) =>
        !IsBusy(at) || !at.Link.IsOwnJob || step is Step.Wait { IsOnSource: false };

    private static bool PromotedNeverLinks(Case at, Step step) =>
        at.Goal is not Goal.Linked { Declared.Promoted: true } || step is not (Step.Start or Step.Stop);

    private static bool UnpromotedNeverPromotes(Case at, Step step) =>
        at.Goal is Goal.Linked { Declared.Promoted: true } or Goal.Gone { Promotes: true }
        || step is not (Step.Promote or Step.Fence or Step.MakeWritable);

    private static bool FencesBeforePromotion(Case at, Step step)
    {
        if (at.Goal is not Goal.Linked { Declared: { Promoted: true } declared })
            return step is not Step.Fence;

        var setting = at.Link.SourceReadOnly?.Setting;
        var isReadOnly = setting is { IsOn: true, IsAnothersFence: false, Job.Status: JobStatus.Successful };
        return step switch
        {
            Step.Promote => !declared.FenceSource || isReadOnly,
            Step.Fence => declared.FenceSource && at.Link.SourceReadOnly is { IsVisible: true } && !isReadOnly,
            _ => true,
        };
    }

    private static bool LiftsOnlyOwnFences(Case at, Step step) =>
        step is not Step.LiftFence
        || at.Link.SourceReadOnly?.Setting is { IsOn: true, IsOurs: true, IsShared: false, Job.HasEnded: true };

    private static bool LiftsFenceFirst(Case at, Step step)
    {
        var isLeft = at.Goal is Goal.Gone { KeepsFence: true } or Goal.Gone { Promotes: true };
        var isToPromote = at.Goal is Goal.Linked { Declared.Promoted: true };
        var isFenced = at.Link.SourceReadOnly?.Setting is { IsOn: true, IsOurs: true, IsShared: false };
        return isLeft
            || isToPromote
            || !isFenced
            || at.Link.State != LinkState.Replicating
            || step is not (Step.Stop or Step.Start);
    }

    private static bool LeavesNoFence(Case at, Step step) =>
        step is not Step.Refuse { Kind: RefusalKind.AnotherSource }
        || at.Link.SourceReadOnly is { Setting: not { IsOn: true, IsOurs: true, IsShared: false } };

    private static bool RefusesConsentToCome(Case at, Step step) =>
        at.Given != Given.AnInstantToCome
        || at.Goal is not Goal.Linked
        || IsBusy(at)
        || step is Step.Refuse { Kind: RefusalKind.ConsentInFuture };

    private static bool DeletionLeavesEndedLinks(Case at, Step step) =>
        at.Goal is not Goal.Gone
        || (step is not (Step.Start or Step.Fence) && (!at.Link.HasEnded || step is Step.Done || IsOfFence(step)));

    private static bool ActsOnlyWithPassword(Case at, Step step)
    {
        var next = at.Goal switch
        {
            Goal.Linked linked => linked.Declared,
            Goal.CutForReplacement cut => cut.Next,
            _ => null,
        };
        return next is not { HasPassword: false, Promoted: false } || step is not (Step.Stop or Step.Start);
    }

    private static bool EndsAtItsGoal(Case at, Step step)
    {
        if (step is not Step.Done done)
            return true;

        // QingCloud's refusal shows that there is no link to stop.
        if (at.Goal is not Goal.Linked linked)
            return at.Link.State is LinkState.None || at.Link.HasEnded || at.Link.WasRefused;
        if (linked.Declared.Promoted)
            return at.Link.HasEnded || at.Link.State is LinkState.Unknown or LinkState.None;

        var isAdopted = done.Adopted is not null && at.Given is Given.TheFailedStart or Given.SomethingNotKnownYet;
        var isLeftAsItIs = linked.Recorded?.Anchor is not null && at.Link.State == LinkState.Unknown;
        return at.Link.State == LinkState.Replicating || isAdopted || isLeftAsItIs;
    }

    private static bool LeavesUnchangedLinks(Case at, Step step)
    {
        var isUnchanged =
            at.Goal is Goal.Linked { Old: { Promoted: false } old, Declared: { Promoted: false } declared }
            && old.Link.Host == declared.Link.Host
            && at.Given != Given.AnInstantToCome;
        var isWell =
            at.Link is { State: LinkState.Replicating, Owner: Owner.Own, Tab: TabView.Link }
            && at.Link.SourceReadOnly is { Setting: null };
        return !isUnchanged || !isWell || step is Step.Done { Adopted: null };
    }

    private static bool AcceptsConsent(Case at, Step step)
    {
        var isCovered = at.Link.End is { } end
            ? CoversEnd(at, end)
            : at.Link.State == LinkState.Unknown && CoversDoubt(at);
        var asksForLink = at.Goal is Goal.Linked { Declared: { Promoted: false, HasPassword: true } };
        return !isCovered || !asksForLink || step is not Step.Refuse;
    }

    private static bool LooksOnce(Case at, Step step) =>
        step is not Step.Look look
        || (look.Extent.HasFlag(Extent.Tab) && at.Link.Tab == TabView.NotRead)
        || (look.Extent.HasFlag(Extent.Source) && at.Link.SourceReadOnly is null);

    private static bool IsBusy(Case at) =>
        at.Link.State is LinkState.Starting or LinkState.Promoting or LinkState.Stopping;

    private static bool IsOfFence(Step step) => step is Step.LiftFence or Step.Wait { IsOnSource: true };

    private static bool EndsLink(Step step) => step is Step.Stop or Step.Promote or Step.Fence;

    private static bool IsOwnPromotion(Case at) =>
        at.Link is { Unseen: Unseen.FailedEnd, IsOwnFailedEnd: true, FailedEnd.Request.Service: "promote_standby" };

    /// <summary>What was written since the end may be overwritten: the program names the job that ended the link, where
    /// no other may have, or a time after it.</summary>
    private static bool CoversEnd(Case at, LinkEnd end) =>
        at.Given switch
        {
            Given.SomethingNotKnownYet or Given.AnInstantJustNow => true,
            Given.TheEnd => end.Job is not null && !at.Link.HasSeveralPossibleEnds,

            // When an end happened that no job shows, nobody knows: only a time that is not long ago covers it.
            Given.AnInstantLongAfterTheEnd => end.Job is not null,
            _ => false,
        };

    /// <summary>The same where nothing shows whether the link ended.</summary>
    private static bool CoversDoubt(Case at)
    {
        var isHidden = at.Link.Unseen is Unseen.StatusChange or Unseen.Anchor or Unseen.AwaitedJob;
        return at.Given switch
        {
            Given.SomethingNotKnownYet or Given.AnInstantJustNow => true,
            Given.AnInstantLongAfterTheEnd => !isHidden,
            Given.AnInstantBeforeTheEnd => at.Link.Unseen == Unseen.OlderJobs,
            Given.TheEnd => at.Link is { Unseen: Unseen.Directive, HasSeveralPossibleEnds: false },
            Given.TheFailedEnd => at.Link is { Unseen: Unseen.FailedEnd, HasSeveralPossibleEnds: false },
            Given.AnInstantBeforeTheStart => at.Link is { Unseen: Unseen.OlderJobs, Start: null }
                && at.Goal.Recorded is null,
            _ => false,
        };
    }

    /// <summary>The program says that a link which is not certainly its own is to be treated so.</summary>
    private static bool CoversLink(Case at)
    {
        // An instant names no link. It is enough only for one that the state already holds, and whose start was never
        // seen.
        var isHeldUnseen = at.Link.Start is null && at.Goal.Recorded is { Anchor: null };
        return at.Given switch
        {
            Given.SomethingNotKnownYet => at.Link.Start is not null || isHeldUnseen,
            Given.TheStart => at.Link.Start is not null,
            Given.AnInstantJustNow or Given.AnInstantLongAfterTheEnd or Given.AnInstantBeforeTheEnd => isHeldUnseen,
            _ => false,
        };
    }
}
