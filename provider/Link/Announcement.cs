namespace QingCloudMySqlStandby.Link;

/// <summary>What a step does, in the words of a preview: what is called, on which cluster, and what it means.</summary>
internal static class Announcement
{
    /// <summary>The lines; null where nothing is done and nothing is accepted.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="cluster">The standby cluster; null where the preview did not look.</param>
    /// <param name="link">Its link.</param>
    /// <param name="step">The next step.</param>
    /// <param name="limit">How long the operation may take.</param>
    public static string? Of(Goal.Linked goal, Cluster? cluster, StandbyLink link, Step step, TimeSpan limit)
    {
        var declared = goal.Declared;
        var standby = declared.ClusterId + (cluster is { Name.Length: > 0 } ? $" ({cluster.Name})" : "");
        return step switch
        {
            Step.Start start => StartLine(standby, declared, start.SyncWay)
                + (link is { HasEnded: true } ? $"; it was {Messages.Summary(link)}" : ""),
            Step.Stop => $"stop_standby on {standby}, then {StartLine(standby, declared, Restart.SyncWay(goal, link))}",
            Step.Fence => Switchover(standby, link, limit, isFenced: false),
            Step.Promote when declared.FenceSource => Switchover(standby, link, limit, isFenced: true),
            Step.Promote => $"promote_standby on {standby}: it becomes writable, and no longer follows "
                + $"{declared.Link.SourceClusterId}, which is not made read-only (fenceSource: false)",
            Step.LiftFence =>
                $"set_readonly OFF on {link.Source?.ClusterId}: this resource made it read-only for a switchover"
                    + (
                        link.HasEnded
                            ? $"; then {StartLine(standby, declared, declared.Link.SyncWay)}"
                            : " that was not completed"
                    ),
            Step.MakeWritable => $"set_readonly OFF on {standby}, which this resource promoted",
            Step.Wait wait =>
                $"{wait.Job.Request?.Service ?? wait.Job.Action} job {wait.Job.Id} is under way: it is waited for",
            Step.Done { Adopted: { } adopted } =>
                $"takes over the link of {standby} that job {adopted.Id} started; nothing is called",
            Step.Done when declared.Promoted && link.HasEnded && goal.Old is not { Promoted: true } => Accepts(link),
            _ => null,
        };
    }

    private static string Accepts(StandbyLink link) =>
        link.Job is { } job
            ? $"accepts the {(link.State == LinkState.Promoted ? "promotion" : "end of the link")} by job {job.Id}; nothing is "
                + "called"
            : "accepts that the link has ended; nothing is called";

    private static string StartLine(string standby, StandbyInputs declared, string syncWay)
    {
        var effect =
            syncWay == Names.Full
                ? "the standby's data is OVERWRITTEN"
                : "the standby keeps its data; where both sides were written to, they differ from then on";
        var link = declared.Link;
        return $"start_standby ({syncWay}) on {standby} from {link.SourceClusterId} in {link.SourceZone}: {effect}";
    }

    private static string Switchover(string standby, StandbyLink link, TimeSpan limit, bool isFenced)
    {
        var source = link.Source?.ClusterId ?? "the source";
        List<string> steps =
        [
            isFenced ? $"{source} is read-only already" : $"set_readonly ON on {source}: it takes no more writes",
            $"promote_standby on {standby}, again and again until it has caught up: it no longer follows {source}"
                + (link.StandbyReadOnly is { IsOn: true } ? "" : ", and becomes writable"),
        ];
        if (link.StandbyReadOnly is { IsOn: true, Job: var job })
            steps.Add($"set_readonly OFF on {standby}, which job {job.Id} made read-only: it becomes writable");

        var lines = steps.Select((text, index) => $"{index + 1}. {text}");
        return $"switchover, at most {Duration.Of(limit)}:\n{string.Join("\n", lines)}\nIf it cannot be completed, {source} "
            + "becomes writable again, if this resource made it read-only.";
    }
}
