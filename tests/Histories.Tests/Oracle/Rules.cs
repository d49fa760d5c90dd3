using static QingCloudMySqlStandby.Simulator.Domain.WorldEventKind;

namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>A broken promise, unless a limit excuses it.</summary>
internal sealed record Problem(int Promise, string Description, KnownLimit? Excuse)
{
    public static Problem? If(bool broken, int promise, string description, KnownLimit? excuse = null) =>
        broken ? new Problem(promise, description, excuse) : null;
}

/// <summary>What a run may do and say in a world.</summary>
internal sealed class Rules(World world, Run run, Runs runs)
{
    private readonly Intent _intent = run.Intent;
    private readonly TrueCluster _cluster = world.Of(run.Intent.ClusterId);

    /// <summary>The rules for something that the run did, in the world just before.</summary>
    public IEnumerable<Problem?> OfAct(WorldEvent act)
    {
        var cluster = world.Of(act.ClusterId);
        var name = $"{act.Operation ?? $"{act.Kind}"} on {act.ClusterId}:";
        var cuts = act.Operation is "stop_standby" or "promote_standby";
        return act switch
        {
            { Kind: Submitted } when !run.Acts => [Problem.If(true, 10, $"{name} the command only looks")],
            { Operation: "start_standby" } => OfStart(act, cluster, name),
            _ when cuts && cluster.Link is { } link => OfCut(act, link, name),
            { Kind: Linked } => OfLink(act, cluster, name),
            { Kind: ReadOnlyOn } => [Problem.If(!MayFence(act), 9, $"{name} no switchover asks for it")],
            { Kind: ReadOnlyOff } => [Problem.If(!MayLift(cluster), 9, $"{name} not its own to lift")],
            _ => [Problem.If(cuts, 3, $"{name} no link", ExcuseOf(act, cluster))],
        };
    }

    // Two resources of one stack have the same link, and end it at the same time; or a deletion is tried again.
    private KnownLimit? ExcuseOf(WorldEvent cut, TrueCluster cluster) =>
        cluster.LastLink?.End is not { } end ? null
        : run.Removes(cut.ClusterId) && (run.Owns(end) || HasTried(cut, end)) ? KnownLimit.TriedAgain
        : run.Owns(end) ? null
        : cut.At - end.At < KnownLimits.Race ? KnownLimit.Raced
        : null;

    // The end of its link, or the start of the cluster after a stop that ended it.
    private bool IsEndOrAfter(WorldEvent named, WorldEvent? end) =>
        named.Operation == "StartClusters" ? named.At >= end?.At : _cluster.Ends.Contains(named) && named.At <= end?.At;

    private KnownLimit? JustDeleted(WorldEvent? end, WorldEvent start) =>
        run.Owns(end) && runs.By(end)!.Removes(start.ClusterId) && start.At - end!.At < TimeSpan.FromMinutes(1)
            ? KnownLimit.JustDeleted
            : null;

    private bool HasTried(WorldEvent cut, WorldEvent end) =>
        world
            .Of(cut.ClusterId)
            .Past.Exists(past => past.At > end.At && past.Operation == cut.Operation && run.Owns(past));

    private Problem?[] OfStart(WorldEvent start, TrueCluster cluster, string name)
    {
        var again = cluster.Links.Exists(link => link.Linked.Caller == run.Caller && !link.Failed);
        var end = cluster.Ends.Find(each => !IsOwnRestart(each, start));
        var job = cluster.Past.Exists(each =>
            each.JobId is { } id && id == _intent.RelinkAfter && IsEndOrAfter(each, end)
        );
        return
        [
            Problem.If(cluster.Link is not null || again, 2, $"{name} linked already, or before in this run"),
            Problem.If(_intent.Promoted || run.Removes(start.ClusterId), 4, $"{name} not declared"),
            Problem.If(run.Covers(_intent.At.AddSeconds(1)), 4, $"{name} a consent from the future"),
            Problem.If(
                end is not null && !job && !run.Covers(end.At),
                4,
                $"{name} undoes {end}",
                JustDeleted(end, start)
            ),
        ];
    }

    // This resource's own stop that was to be followed by a start; for an hour only, if no state mentions it.
    private bool IsOwnRestart(WorldEvent end, WorldEvent start)
    {
        var isStop = end.Cause == LinkEnd.StopStandby || end.Operation == "stop_standby";
        if (!isStop || !run.Owns(end) || runs.By(end) is not { } stopper || stopper.Removes(end.ClusterId))
            return false;

        bool IsRecent(DateTimeOffset at) => at - end.At <= TimeSpan.FromHours(1);
        var since = runs.Since(stopper.Start, run);
        var isForgotten = since.Exists(each => each.Intent.Operation is "destroy" or "forget");
        var isSaved = since.Exists(each =>
            each is { Links: true, Answered: true } && each != run && IsRecent(each.Start)
        );
        var isRecent = stopper == run || (isSaved && !isForgotten) || IsRecent(start.At);
        return isRecent && !since.Exists(each => each is { Links: true, Intent.Promoted: true });
    }

    private Problem?[] OfLink(WorldEvent linked, TrueCluster cluster, string name)
    {
        var (full, source) = (linked.SyncWay == SyncWay.Full, linked.Source!.ClusterId);
        // A new connection to the same source needs no copy; what the program has taken over, or consents to, may.
        var before = cluster.LastLink is { } last && last.End?.Caller == run.Caller ? last : null;
        var consents = cluster.Past.Exists(past => past.JobId == _intent.RelinkAfter && past.At >= before?.Linked.At);
        var reconnects = before?.SourceId == source && run.Owns(before.Linked) && !WantsCopy(before) && !consents;
        var isNeedless = (reconnects && !run.Recreates) || _intent.SyncWay == SyncWay.Increment;
        var submittedAt = cluster.Submitted?.At ?? linked.At;
        var sources = new List<string> { source };
        KnownLimit? race = null;
        while (world.Of(sources[^1]).Link is { } next && !sources.Contains(next.SourceId) && MustSee(next, submittedAt))
        {
            sources.Add(next.SourceId);
            race ??= IsAtOnce(next, submittedAt) ? KnownLimit.Raced : null;
        }

        return
        [
            Problem.If(source != _intent.SourceClusterId, 6, $"{name} {source} is not declared"),
            Problem.If(sources.Contains(linked.ClusterId), 7, $"{name} a circle of {string.Join(", ", sources)}", race),
            Problem.If(full && isNeedless, 4, $"{name} a needless copy"),
            Problem.If(full && run.Answered && !run.Says("overwrite"), 8, $"{name} a copy without a word"),
        ];
    }

    private static bool MustSee(TrueLink link, DateTimeOffset at) =>
        link.SubmittedAt <= at || link.Linked.Caller.Contains('#');

    // Another process of the stack submitted it at the same time.
    private bool IsAtOnce(TrueLink link, DateTimeOffset at) =>
        runs.By(link.Linked) is { } other
        && other.Intent.Provider != _intent.Provider
        && (at - link.SubmittedAt).Duration() < KnownLimits.Race;

    private Problem?[] OfCut(WorldEvent cut, TrueLink link, string name)
    {
        var (source, fence) = (link.SourceId, world.Of(link.SourceId).Fence);
        var (removes, promotes) = (run.Removes(cut.ClusterId), cut.Operation == "promote_standby");
        var (replaces, switches) = (removes && run.Links, promotes && !removes);
        var named = run.Names(link);
        var asked =
            switches ? _intent.Promoted
            : replaces ? !promotes
            : run.Recreates ? !promotes && (_intent.HasPassword || _intent.Promoted)
            : removes ? _intent.OnDelete == (promotes ? "promote" : "stop")
            : named || Restarts(link);
        var early = replaces && !run.Recreates && !_intent.Promoted && _cluster.Link is not { Replicating: true };
        // A deletion that promotes leaves one writable cluster, as a switchover does.
        var fenced = !promotes && HasOwnFence(link) && !HasSwitched(fence!);
        // The last set_readonly of this run changed nothing. What an earlier run's did may not be known.
        var last = world.Of(source).Submitted;
        var isOwn = fence?.Caller == run.Caller && last?.Caller == run.Caller;
        var again = isOwn && last!.Operation == "set_readonly" && last.JobId != fence!.JobId;
        return
        [
            Problem.If(!asked, 1, $"{name} not asked for"),
            Problem.If(early, 1, $"{name} {_intent.ClusterId} does not replicate yet"),
            Problem.If(!named && !runs.Owns(run, link), 3, $"{name} linked by {link.Linked.Caller}"),
            Problem.If(switches && _intent.FenceSource && fence is null, 9, $"{name} {source} is writable"),
            Problem.If(switches && again, 9, $"{name} {source} was fenced twice"),
            Problem.If(fenced, 9, $"{name} {source} is fenced", Renamed(fence)),
        ];
    }

    // How the link of another party connects is not known.
    private bool Restarts(TrueLink link) =>
        link.SourceId != _intent.SourceClusterId
        || !run.Owns(link.Linked)
        || runs.By(link.Linked)!.Intent.Connection != _intent.Connection
        || WantsCopy(link);

    private bool WantsCopy(TrueLink link)
    {
        var declared = runs.Since(runs.By(link.Linked)!.Start, run).Where(each => each.Links);
        return _intent.SyncWay == SyncWay.Full && declared.Any(each => each.Intent.SyncWay == SyncWay.Increment);
    }

    private bool MayFence(WorldEvent fence) =>
        run is { Links: true, Intent: { Promoted: true, FenceSource: true } }
        && LinksSince(fence).Any(link => link.ClusterId == _intent.ClusterId && runs.Owns(run, link));

    private bool MayLift(TrueCluster cluster) =>
        cluster.Fence is null
        || runs.Switched(run, cluster.LastLink)
        || (HasName(cluster.Fence) && (FollowsAgain || !HasSwitched(cluster.Fence)));

    // The job of a fence names the URN of then, which another resource may have by now.
    private bool HasName(WorldEvent fence) => run.Owns(fence) || runs.By(fence)?.Intent.Urn == _intent.Urn;

    // With consent the promoted cluster follows a source again, and gives up what was written to it.
    private bool FollowsAgain => run.Links && _intent is { Promoted: false, RelinkAfter: not null };

    // Whether to lift it after another party's stop of the link is open; after a promotion it has to stay, and while one
    // is under way.
    private bool IsLeft(WorldEvent fence) =>
        IsOwnFence(fence)
        && (run.Succeeded || LinksSince(fence).Any(link => link.ClusterId == _intent.ClusterId))
        && !runs.Since(fence.At, run).Exists(each => each.Intent.Operation == "forget")
        && !LinksSince(fence).Any(link => link.Promoted || IsEnding(link) || IsAccepted(link));

    private bool IsAccepted(TrueLink link) => link.End is { } end && (_intent.Promoted || !run.Owns(end));

    private bool IsEnding(TrueLink link) =>
        link.End is null
        && world.Of(link.ClusterId).Last is { Kind: Submitted } last
        && (last.Operation == "promote_standby" || !run.Owns(last));

    // Whoever has made it read-only since, wants it to stay so.
    private bool IsOwnFence(WorldEvent fence) =>
        run.Owns(fence) && run.Owns(world.Of(fence.ClusterId).Past.FindLast(past => past.Operation == "set_readonly"));

    // A killed run has set it, the resource was renamed, and no state of its former name shows the fence.
    private KnownLimit? Renamed(WorldEvent? fence)
    {
        if (runs.By(fence) is not { Answered: false, Intent.Urn: var urn } killed || urn == _intent.Urn)
            return null;

        var isSaved = runs.Since(killed.Start, run).Exists(each => each.Intent.Urn == urn && HasState(each));
        return isSaved ? null : KnownLimit.RenamedSwitchover;
    }

    private bool HasSwitched(WorldEvent fence) => LinksSince(fence).Any(link => link.Promoted);

    private IEnumerable<TrueLink> LinksSince(WorldEvent fence) =>
        world.Links.Where(link =>
            link.SourceId == fence.ClusterId && !(link.End?.At < world.Of(fence.ClusterId).SubmittedAt(fence))
        );

    private bool HasOwnFence(TrueLink? link) =>
        world.Of(link?.SourceId) is { Fence: { } fence } source
        && IsOwnFence(fence)
        && source.SubmittedAt(fence) >= link?.Linked.At;

    private bool IsFencing(TrueLink? link) =>
        world.Of(link?.SourceId).Submitted is { Operation: "set_readonly" } fence && run.Owns(fence);

    /// <summary>The rule for a statement.</summary>
    public IEnumerable<Problem?> OfStatement(Statement said)
    {
        var cluster = world.Of(said.ClusterId);
        var (link, last, promoted) = (cluster.Link, cluster.Last, cluster.LastLink is { Promoted: true });
        var isTrue = said.State switch
        {
            // A start is under way, or is still to follow: it failed, or this resource's own stop came first.
            "starting" => link is { Replicating: false }
                || last?.Operation == "start_standby"
                || (link is null && cluster.Ends.TrueForAll(run.Owns))
                || (last?.Operation == "stop_standby" && run.Owns(last)),
            "replicating" => link is { Replicating: true } or { Linked.JobId: null } && !HasOwnFence(link),
            "promoting" => HasOwnFence(link) || last?.Operation == "promote_standby" || IsFencing(link),
            // QingCloud may let a cluster be promoted that follows none.
            "promoted" => (link is null && (promoted || _intent.Promoted)) || WasPromotedUnlinked(cluster),
            "stopped" => link is null
                && (!promoted || IsLate(cluster.LastLink!, said) || last?.Operation == "stop_standby"),
            "gone" => cluster.Deleted,
            "done" or "removed" or "replaced" or "unknown" or "refused" or "failed" or "cancelled" => true,
            "interrupted" or "skipped" or "overwrite" or "failover" or "fence-left" or "lost" or "doubt" => true,
            _ => throw new ArgumentException($"'{said.State}' is no statement.", nameof(said)),
        };
        // Whether its own stop was accepted is not known.
        var isLost = said.State == "starting" && run is { Links: true } && run.Says("failed", "cancelled");
        var isInDoubt = isLost || (said.State == "replicating" && run.Says("doubt"));
        var renamed = said.State == "replicating" ? Renamed(world.Of(link?.SourceId).Fence) : null;
        var doubt = isInDoubt ? KnownLimit.SaidUnknown : renamed;
        return [Problem.If(!isTrue, 8, $"'{said.State}' of {said.ClusterId}, after {last}", doubt)];
    }

    private bool WasPromotedUnlinked(TrueCluster cluster) =>
        cluster.Past.Find(past => past.Operation == "promote_standby") is { } promotion
        && cluster.Links.TrueForAll(link => link.Linked.At > promotion.At && !run.Owns(link.Linked));

    private static bool IsLate(TrueLink link, Statement said) => link.End!.At > said.At - KnownLimits.Race;

    /// <summary>The rules for the end of the run.</summary>
    public IEnumerable<Problem?> OfEnd()
    {
        var (link, last, source) = (_cluster.Link, _cluster.LastLink, world.Of(_cluster.LastLink?.SourceId));
        var quiet = run.Succeeded && IsQuiet(_cluster, run.Start);
        var result = quiet && run.Links && HasState(run);
        var declared = _intent.Promoted ? null : _intent.SourceClusterId;
        var isOther = result && link?.SourceId != declared;
        var increment = run.Owns(link?.Linked) && runs.By(link?.Linked)!.Intent.SyncWay == SyncWay.Increment;
        var takes = result && run.Says("done") && link is not null && !runs.Owns(run, link);
        var switched =
            result && runs.Switched(run, last) && IsQuiet(_cluster, last!.End!.At) && IsQuiet(source, last.End.At);
        var lift = source.Past.FindLast(past => past.Kind == ReadOnlyOff);
        var processes = runs.By(lift)?.Intent.TwoProcesses == true ? KnownLimit.TwoProcesses : null;
        var isOpen = source.Writable && (lift is null || run.Owns(lift));
        var opens = runs.By(last?.End)?.Intent.FenceSource == true && isOpen;
        var failover = link is null && _cluster.Ends.Exists(past => !run.Owns(past));
        var hides = quiet && failover && _intent is { Operation: "refresh", Promoted: false };
        // After a Ctrl-C the next run continues.
        var answers = run is { Acts: true, Answered: true } && !run.Says("cancelled", "skipped");
        var fence = answers ? world.Fences.FirstOrDefault(IsLeft) : null;
        var isSaid = runs.Since(runs.By(fence)?.Start, run).Exists(each => each.Says("fence-left"));
        var stuck = isSaid ? KnownLimit.FenceStuck : Renamed(fence);
        var left = world.Links.FirstOrDefault(IsLeft);
        var unknown = run.Says("unknown") ? KnownLimit.SaidUnknown : null;
        return
        [
            Problem.If(_intent.AtRest && run.Says("failed", "interrupted"), 6, "failed at rest"),
            Problem.If(isOther, 6, $"replicates from {link?.SourceId}, not {declared}", unknown),
            Problem.If(result && increment && _intent.SyncWay == SyncWay.Full, 6, "made no full copy", unknown),
            Problem.If(takes, 3, $"took over {link?.Linked}"),
            Problem.If(left is not null, 1, $"left {left?.ClusterId}", WasSaved(left) ? null : KnownLimit.NeverSaved),
            Problem.If(fence is not null, 9, "left its fence", stuck),
            Problem.If(switched && !_cluster.Writable, 9, $"{_intent.ClusterId} is not writable"),
            Problem.If(switched && opens, 9, $"{last?.SourceId} is writable", processes),
            Problem.If(hides && !run.Says("failover", "unknown", "gone"), 8, "hides a failover"),
        ];
    }

    private bool IsQuiet(TrueCluster cluster, DateTimeOffset since) =>
        !cluster.Past.Exists(past => past.At >= since && past.Kind != Write && !run.Owns(past));

    // A link of this resource on a cluster that the program no longer declares.
    private bool IsLeft(TrueLink link) =>
        run is { Acts: true, Succeeded: true }
        && link.End is null
        && run.Removes(link.ClusterId)
        && IsQuiet(world.Of(link.ClusterId), run.Start)
        && runs.Owns(run, link)
        && !runs.IsShared(run, link)
        && !runs.Since(link.Linked.At, run).Exists(each => each.Intent.Operation == "forget");

    private bool WasSaved(TrueLink? link) =>
        runs.By(link?.Linked) is not { } starter
        || runs.Since(starter.Start, run)
            .Exists(each => each.Answered && HasState(each) && !each.Removes(link!.ClusterId));

    private static bool HasState(Run each) =>
        each.Says("starting", "replicating", "promoting", "promoted", "stopped", "unknown");

    /// <summary>The rule for the writes after the run's fenced switchover, until the source is changed again.</summary>
    public IEnumerable<Problem?> OfWrites()
    {
        var own = world.Links.LastOrDefault(each => runs.Switched(run, each) && runs.By(each.End) == run);
        if (own is null || !_intent.FenceSource)
            return [];

        var later = world.Of(own.SourceId).Past.SkipWhile(past => past.At <= own.End!.At);
        var untouched = later.TakeWhile(past => past.Kind == Write || past.Caller == run.Caller);
        return untouched.Select(past => Problem.If(past.Kind == Write, 9, $"lost write {past.WriteNumber}"));
    }
}
