namespace QingCloudMySqlStandby.Link;

/// <summary>The lines that <c>pulumi up -d</c> shows: what was seen, how completely and whose it is, and what was chosen.
/// They hold no secret.</summary>
internal static class Diagnostics
{
    public static string Line(Goal goal, StandbyLink link, Step step)
    {
        var seen =
            $"{link.State} (job {link.Job?.Id ?? "-"} by {link.By.By}; start {link.Start?.Id ?? "-"}, {link.Owner}; "
            + $"jobs {(link.IsComplete ? "complete" : "incomplete")} back to {Timestamp.Of(link.SeenBackTo) ?? "-"}; "
            + $"tab {link.Tab}; end {link.End?.Kind.ToString() ?? "-"}; unseen {link.Unseen}; "
            + $"anchor {goal.Recorded?.Anchor ?? "-"})";
        return $"saw {seen}; goal {goal.GetType().Name}; chose {Name(step)}";
    }

    /// <summary>A step's name, such as <c>Start full</c> or <c>Refuse FailedOver</c>.</summary>
    public static string Name(Step step) =>
        step switch
        {
            Step.Refuse refuse => $"Refuse {refuse.Kind}",
            Step.Look look => $"Look {look.Extent}",
            Step.Start start => $"Start {start.SyncWay}",
            Step.Submit submit => $"{submit.GetType().Name} {submit.Purpose}",
            _ => step.GetType().Name,
        };
}
