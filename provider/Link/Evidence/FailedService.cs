namespace QingCloudMySqlStandby.Link.Evidence;

/// <summary>What failed services left behind. "Failed" and "done with failure" do not say how far a job came, so that
/// the cluster's disaster-recovery tab is looked at, where there is one: a start may have made the link anyway, a stop
/// may have cut it.</summary>
internal static class FailedService
{
    /// <summary>The link that jobs (one of which failed) and state file show, as the tab corrects it.</summary>
    public static ObservedLink Corrected(ObservedLink link, SourceTab? tab, Attributions attributions) =>
        (tab?.HasSource, link) switch
        {
            (null, _) or (_, { IsBusy: true }) => link,

            // A start that failed later has not ended the link, what was to end it has.
            (false, { State: LinkState.Replicating }) => Ended(link, link.FailedEnd ?? link.Failure!, attributions),
            (false, _) => link,

            // A linked cluster takes no start: whatever link there was before the failed one, this is not it.
            (_, { FailedStart: { } start, FailedStartBy: var by }) => new(
                LinkState.Replicating,
                SourceOf(start, tab!),
                start,
                start
            )
            {
                By = by,
                StartedBy = by,
            },
            (_, { State: LinkState.Replicating }) => link,
            _ => new ObservedLink(LinkState.Replicating, Source.Of(tab!)),
        };

    /// <summary>What was to end a link of which nothing else is in sight may have done so though it failed.</summary>
    public static ObservedLink Presumed(ObservedLink link, Attributions attributions) =>
        link is { State: LinkState.None, Job: null, FailedEnd: { } end } ? Ended(link, end, attributions) : link;

    private static ObservedLink Ended(ObservedLink link, Job failure, Attributions attributions) =>
        link with
        {
            State = failure.Request?.Service == ServiceNames.PromoteStandby ? LinkState.Promoted : LinkState.Stopped,
            Job = failure,
            By = attributions.Of(failure),
        };

    /// <summary>What the job asked for, unless the tab shows another source.</summary>
    private static Source SourceOf(Job start, SourceTab tab)
    {
        var shown = Source.Of(tab);
        return start.Request?.Link is { } asked && shown.MayBe(asked) ? Source.Of(asked) : shown;
    }
}
