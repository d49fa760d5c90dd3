using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Evidence;

/// <summary>
/// What a failed service left behind. "Failed" and "done with failure" do not say how far the job came, so that the cluster's
/// disaster-recovery tab is looked at, where there is one: a start may have made the link all the same, a stop may have cut it.
/// </summary>
internal static class AfterFailure
{
    /// <summary>The link as the tab corrects it.</summary>
    /// <param name="told">The link as the jobs and the state file tell it.</param>
    /// <param name="failure">The service that failed last.</param>
    /// <param name="tab">What the tab shows.</param>
    public static Link Read(Link told, Job failure, SourceTab tab) => (failure.Request?.Service, tab.HasSource, told.Phase) switch
    {
        // Started on what was no link any more, whatever the jobs before it tell: a linked cluster takes no start.
        (ServiceNames.StartStandby, true, _) =>
            new Link(LinkPhase.Replicating, SourceOf(failure, tab), failure, failure, null),
        (_, true, LinkPhase.None) => new Link(LinkPhase.Replicating, Source.Of(tab), null, null, null),
        (ServiceNames.PromoteStandby, false, LinkPhase.Replicating) => told with { Phase = LinkPhase.Promoted, Job = failure },
        (_, false, LinkPhase.Replicating) => told with { Phase = LinkPhase.Stopped, Job = failure },
        _ => told,
    };

    /// <summary>What the job asked for, unless the tab shows another source.</summary>
    private static Source SourceOf(Job start, SourceTab tab)
    {
        var shown = Source.Of(tab);
        return start.Request?.Link is { } asked && shown.MayBe(asked) ? Source.Of(asked) : shown;
    }
}
