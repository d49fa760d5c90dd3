using QingCloudMySqlStandby.Simulator;
using static QingCloudMySqlStandby.Simulator.Domain.WorldEventKind;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>What the provider's keys can see of the past: the oracle excuses by it what nobody could know.</summary>
internal sealed class Visibility(Scene scene)
{
    private readonly IReadOnlyList<JobView> _jobs = scene.World.Cloud.Jobs;
    private readonly IReadOnlyList<WorldEvent> _events = scene.World.Cloud.World;
    private readonly Knobs _knobs = scene.World.Cloud.Knobs;

    /// <summary>Whether the tab shows a link that has ended.</summary>
    public bool HasTabs =>
        _knobs.StandbyTab is StandbyTab.Source or StandbyTab.BlankRow or StandbyTab.BothIds or StandbyTab.Roles;

    private bool HasTabOfLinks =>
        _knobs.StandbyTab is not (StandbyTab.Unreadable or StandbyTab.Refused or StandbyTab.Absent);

    /// <summary>An event as a run that began at a time can see it later. Null: not at all. Without job and cause: its
    /// effect alone.</summary>
    public WorldEvent? Show(WorldEvent past, DateTimeOffset at, DateTimeOffset since) =>
        Show(past, at, since, readsTabs: true);

    /// <summary>An event as the job lists show it.</summary>
    public WorldEvent? ShowListed(WorldEvent past, DateTimeOffset at, DateTimeOffset since) =>
        Show(past, at, since, readsTabs: false);

    private WorldEvent? Show(WorldEvent past, DateTimeOffset at, DateTimeOffset since, bool readsTabs)
    {
        if (past.Kind is Write or ClusterAdded)
            return past;
        if (scene.Keys.LastOrDefault(change => change.At <= at).IsForeign)
            return null;

        var isListed = IsListed(past, at);
        if (_knobs.Echo != Simulator.Domain.Echo.Full && IsSetting(past) && WasLost(past))
            return past with { Caller = "unclear" };
        if (isListed && IsReadable(past))
            return Explained(past, at) is null ? past : past with { Kind = LinkEnded, Cause = CauseOf(past) };

        // A job whose directive is not shown shows that something was done, but no setting.
        var isShown = (isListed && !IsSetting(past)) || HasVisibleEffect(past, at, readsTabs);
        return isShown ? past with { JobId = JobOfEffect(past, since), Cause = null } : null;
    }

    private static bool IsSetting(WorldEvent past) =>
        past.Kind is ReadOnlyOn or ReadOnlyOff || past.Operation == "set_readonly";

    /// <summary>Where no directive is shown, an effect is that of the newest job.</summary>
    private string? JobOfEffect(WorldEvent past, DateTimeOffset since) =>
        _knobs.Echo == Simulator.Domain.Echo.None && past.Kind is Linked or LinkEnded
            ? OfCluster(past)
                .LastOrDefault(job =>
                    job is { Kind: Submitted } && job.At < since && IsListed(job, since) && !IsReadable(job)
                )
                ?.JobId
            : null;

    /// <summary>Whether the run that did it ended without knowing it.</summary>
    private bool WasLost(WorldEvent past)
    {
        var run = scene.Ledger.Intents.Find(intent => $"{intent.Stack}/{intent.Resource}#{intent.Run}" == past.Caller);
        var next = scene.Ledger.Intents.Find(intent =>
            run is not null && (intent.Stack, intent.Resource) == (run.Stack, run.Resource) && intent.At > run.At
        );
        return run is not null
            && scene.Ledger.Statements.Exists(said =>
                (said.Stack, said.Resource) == (run.Stack, run.Resource)
                && said.At >= run.At
                && !(said.At >= next?.At)
                && said.State is "lost" or "interrupted"
            );
    }

    private bool IsListed(WorldEvent past, DateTimeOffset at) =>
        _jobs.FirstOrDefault(job => job.Id == past.JobId) is { } job && IsListed(job, at);

    private bool IsReadable(WorldEvent past) =>
        _knobs.Echo != Simulator.Domain.Echo.None
        || past.Kind is >= ClusterAdded and <= ClusterForgotten
        || past.Operation?.EndsWith("Clusters", StringComparison.Ordinal) == true;

    /// <summary>The end of a link that no job shows and for which this job is taken, which came later.</summary>
    private WorldEvent? Explained(WorldEvent job, DateTimeOffset at) =>
        CauseOf(job) is null ? null
        : _events
            .TakeWhile(past => past != job)
            .LastOrDefault(past => past.ClusterId == job.ClusterId && past.Kind is Linked or LinkEnded)
            is { Kind: LinkEnded } end
        && !IsListed(end, at)
            ? end
        : null;

    private static LinkEnd? CauseOf(WorldEvent job) =>
        job is not { Kind: Submitted }
            ? null
            : job.Operation switch
            {
                "stop_standby" => LinkEnd.StopStandby,
                "promote_standby" => LinkEnd.PromoteStandby,
                "StopClusters" => LinkEnd.ClusterStopped,
                "SuspendClusters" => LinkEnd.ClusterSuspended,
                "DeleteClusters" => LinkEnd.ClusterDeleted,
                _ => null,
            };

    private bool IsListed(JobView job, DateTimeOffset at)
    {
        var age = at - job.CreatedAt;
        var newer = _jobs.Count(other =>
            other.Number > job.Number && other.CreatedAt <= at && (other.Zone == job.Zone || !_knobs.ZoneStrict)
        );
        var isOfOwner = _knobs.JobOwners switch
        {
            JobOwners.CallersKey => job.Request["access_key_id"] == Simulator.Api.ApiOptions.DemoAccessKeyId,
            JobOwners.Api => job.Request.Channel == Channel.Api,
            _ => true,
        };
        return job.Visible
            && job.ShownAt <= at
            && isOfOwner
            && age >= _knobs.JobsListedAfter
            && !(age >= _knobs.JobsListedFor)
            && !(newer >= _knobs.JobsListed);
    }

    /// <summary>Without a job, the tab shows how a cluster is linked at that time, and the row of a cluster its
    /// status.</summary>
    private bool HasVisibleEffect(WorldEvent past, DateTimeOffset at, bool readsTabs) =>
        past.Kind switch
        {
            Linked or Replicating => readsTabs
                && HasTabOfLinks
                && !IsSuperseded(past, at)
                && (IsCurrent(past, at) || WasLookedAt(past))
                && !ContinuesAnother(past, at),
            LinkEnded => readsTabs && HasTabs && IsCurrent(past, at) && !IsExplained(past, at),
            >= ClusterAdded and <= ClusterForgotten => _knobs.StatusTimeMoves,
            _ => false,
        };

    /// <summary>Whether nothing has followed that changed what the tab shows.</summary>
    private bool IsCurrent(WorldEvent past, DateTimeOffset at) =>
        !OfCluster(past)
            .SkipWhile(each => each != past)
            .Skip(1)
            .TakeWhile(each => each.At <= at)
            .Any(each => each.Kind is Linked or LinkEnded);

    /// <summary>Whether a run looked at the cluster while the link was there.</summary>
    private bool WasLookedAt(WorldEvent linked)
    {
        var end = OfCluster(linked).SkipWhile(each => each != linked).FirstOrDefault(each => each.Kind == LinkEnded);
        return scene.Ledger.Intents.Exists(intent =>
            intent.ClusterId == linked.ClusterId && intent.At >= linked.At && !(intent.At > end?.At)
        );
    }

    /// <summary>Whether the tab shows another link by then.</summary>
    private bool IsSuperseded(WorldEvent past, DateTimeOffset at) =>
        OfCluster(past).SkipWhile(each => each != past).Skip(1).FirstOrDefault(each => each.Kind == Linked) is { } next
        && next.At <= at
        && !ContinuesAnother(next, at);

    /// <summary>Whether the tab shows the same source as before, and no job that it was another link.</summary>
    private bool ContinuesAnother(WorldEvent past, DateTimeOffset at)
    {
        var links = OfCluster(past).TakeWhile(each => each != past).Append(past).Where(each => each.Kind == Linked);
        if (links.TakeLast(2).ToList() is not [var before, var link])
            return false;

        var end = OfCluster(past).SkipWhile(each => each != before).FirstOrDefault(each => each.Kind == LinkEnded);
        var isSame = before.Source!.ClusterId == link.Source!.ClusterId || _knobs.StandbyTab == StandbyTab.BlankRow;
        return isSame && (end is null || !IsListed(end, at));
    }

    private bool IsExplained(WorldEvent end, DateTimeOffset at) =>
        OfCluster(end)
            .SkipWhile(each => each != end)
            .Skip(1)
            .Any(job => job.At <= at && IsListed(job, at) && IsReadable(job) && Explained(job, at) == end);

    private IEnumerable<WorldEvent> OfCluster(WorldEvent past) =>
        _events.Where(each => each.ClusterId == past.ClusterId);
}
