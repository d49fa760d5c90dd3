using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>
/// What failed services left behind. "Failed" and "done with failure" do not say how far a job came, so that the cluster's
/// disaster-recovery tab is looked at, where there is one: a start may have made the link all the same, a stop may have cut it.
/// </summary>
internal static class AfterFailure
{
    /// <summary>The link as the tab corrects it.</summary>
    /// <param name="told">The link as the jobs and the state file tell it.</param>
    /// <param name="failure">The service that failed last.</param>
    /// <param name="tab">What the tab shows.</param>
    public static Link Read(Link told, Job failure, SourceTab tab) => (tab.HasSource, told) switch
    {
        (_, { IsBusy: true }) => told,
        (false, { Phase: LinkPhase.Replicating }) => told with { Phase = PhaseAfter(failure), Job = failure },
        (false, _) => told,

        // A linked cluster takes no start: whatever link there was before the failed one, this is not it.
        (true, { FailedStart: { } start }) => new Link(LinkPhase.Replicating, SourceOf(start, tab), start, start, null),
        (true, { Phase: LinkPhase.Replicating }) => told,
        (true, _) => new Link(LinkPhase.Replicating, Source.Of(tab), null, null, null),
    };

    private static LinkPhase PhaseAfter(Job failure) =>
        failure.Request?.Service == ServiceNames.PromoteStandby ? LinkPhase.Promoted : LinkPhase.Stopped;

    /// <summary>What the job asked for, unless the tab shows another source.</summary>
    private static Source SourceOf(Job start, SourceTab tab)
    {
        var shown = Source.Of(tab);
        return start.Request?.Link is { } asked && shown.MayBe(asked) ? Source.Of(asked) : shown;
    }
}
