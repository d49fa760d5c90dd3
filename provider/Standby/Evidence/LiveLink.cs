using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>A standby cluster and its link, as they are now, and the jobs that were seen in finding that out.</summary>
internal sealed record LiveStandby(Cluster Cluster, Link Link, IReadOnlyList<string> SeenJobs);

/// <summary>Looks at a cluster: does it exist, and what links it?</summary>
/// <param name="cloud">QingCloud.</param>
/// <param name="mostTabs">
/// How many clusters' tabs may be read where their jobs tell nothing: a tab costs a call a cluster, everything else is shared.
/// </param>
internal sealed class LiveLink(IQingCloud cloud, int mostTabs = int.MaxValue)
{
    /// <summary>QingCloud's clock and ours may differ, and start_standby's job is made a moment before its answer.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    private int _tabs;

    /// <summary>Looks at a cluster; null when it does not exist.</summary>
    /// <param name="id">The standby cluster.</param>
    /// <param name="role">The node role.</param>
    /// <param name="known">What the state file says; null where there is none.</param>
    /// <param name="freshness">How old the answer may be.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<LiveStandby?> LookAsync(
        StandbyId id, string role, KnownLink? known, Freshness freshness, CancellationToken cancellationToken)
    {
        var reading = cloud.FindClusterAsync(id.Zone, id.ClusterId, freshness, cancellationToken);
        if (freshness == Freshness.Live)
        {
            // What is done next rests on the history: it must not be older than a slow answer about the cluster.
            await reading;
        }

        var history = await cloud.ReadHistoryAsync(
            id.Zone, id.ClusterId, known?.StartedAt - ClockMargin, freshness, cancellationToken);
        var cluster = await reading;
        return cluster is null
            ? null
            : Seen(cluster, await WeighAsync(id, role, cluster, history, known, cancellationToken), history);
    }

    /// <summary>Looks at what links a cluster that a listing has just told of.</summary>
    public async Task<LiveStandby> LookAsync(StandbyId id, string role, Cluster cluster, CancellationToken cancellationToken)
    {
        var history = await cloud.ReadHistoryAsync(id.Zone, id.ClusterId, since: null, Freshness.Recent, cancellationToken);
        return Seen(cluster, await WeighAsync(id, role, cluster, history, known: null, cancellationToken), history);
    }

    /// <summary>What the jobs of any cluster, such as a source, tell of a link that it has itself.</summary>
    public async Task<Link> ReadJobsAsync(StandbyId id, CancellationToken cancellationToken)
    {
        var history = await cloud.ReadHistoryAsync(id.Zone, id.ClusterId, since: null, Freshness.Live, cancellationToken);
        return JobEvidence.Read(history.Jobs) ?? Link.None;
    }

    private static LiveStandby Seen(Cluster cluster, Link link, JobHistory history) =>
        new(cluster, link, [.. history.Jobs.Select(job => job.Id)]);

    private async Task<Link> WeighAsync(
        StandbyId id, string role, Cluster cluster, JobHistory history, KnownLink? known, CancellationToken cancellationToken)
    {
        var told = JobEvidence.Read(history.Jobs, known);
        var link = Told(told, known);
        if (told?.Failure is null && (link is not null || (known is null && TellsWholeLife(history, cluster))))
        {
            return link ?? Link.None;
        }

        var tab = Interlocked.Increment(ref _tabs) <= mostTabs
            ? await cloud.FindSourceTabAsync(id.Zone, cluster, role, cancellationToken)
            : null;
        if (told?.Failure is { } failure)
        {
            link ??= Link.None with { FailedStart = told.FailedStart };
            return tab is null ? link : AfterFailure.Read(link, failure, tab);
        }

        return tab is { HasSource: true } ? new Link(LinkPhase.Replicating, Source.Of(tab), null, null, null) : told ?? Link.None;
    }

    /// <summary>What the jobs tell, or where they are silent the state file; null when neither says anything.</summary>
    private static Link? Told(Link? told, KnownLink? known)
    {
        if (told is { Phase: not LinkPhase.None })
        {
            // A directive that could not be read leaves the source to the state file.
            return told with { Source = told.Source ?? known?.Source };
        }

        return known is null ? null : Remembered(known) is { } remembered ? remembered with { FailedStart = told?.FailedStart } : null;
    }

    /// <summary>
    /// A history that goes back to before the cluster was made holds every operation on it: then the tab, which costs a call for
    /// each cluster, can tell nothing more.
    /// </summary>
    private static bool TellsWholeLife(JobHistory history, Cluster cluster) =>
        history.Oldest is { } oldest && oldest <= cluster.CreatedAt;

    /// <summary>
    /// No standby service ran since the link began (its own job is older than the history): it is as it was. Of an operation that
    /// was under way nothing is known then.
    /// </summary>
    public static Link? Remembered(KnownLink known) => known.State switch
    {
        LinkState.Replicating => new Link(LinkPhase.Replicating, known.Source, null, null, null),
        LinkState.Promoted => new Link(LinkPhase.Promoted, known.Source, null, null, null),
        LinkState.Stopped => new Link(LinkPhase.Stopped, known.Source, null, null, null),
        _ => null,
    };
}
