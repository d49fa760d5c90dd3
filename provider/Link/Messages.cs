using System.Text;

namespace QingCloudMySqlStandby.Link;

/// <summary>Every sentence that a user sees of a link's life. A refusal says what happened, who did it, what was not
/// touched and the choices, one a line.</summary>
internal static class Messages
{
    /// <summary>What follows an operation that ended before its time, at the end of its message.</summary>
    public const string NextUpdate = "Run pulumi up again: it continues from here, and submits nothing twice.";

    /// <summary>The refusal of a decision.</summary>
    public static RefusalException Refusal(RefusalKind kind, StandbyId id, Goal goal, StandbyLink link) =>
        new(kind, Sentence(kind, id, goal, link));

    public static RefusalException NoCluster(StandbyId id) =>
        new(
            RefusalKind.NoCluster,
            $"Cluster {id.ClusterId} does not exist in zone {id.Zone} (or these credentials cannot see it). Check "
                + "clusterId and zone; if it was deleted, run pulumi refresh."
        );

    public static RefusalException ClusterNotSeen(StandbyId id, RecordedLink recorded) =>
        new(
            RefusalKind.ClusterNotSeen,
            $"Cluster {id.ClusterId} is not listed in zone {id.Zone}, and neither is the job that linked it"
                + (recorded.Anchor is { } anchor ? $" ({anchor})" : "")
                + ". These credentials may belong to another account, so that the cluster is not taken for deleted. The "
                + "resource stays in the state.\n"
                + "Choose:\n- check the credentials, the endpoint and the zone;\n"
                + "- if the cluster was deleted, remove the resource from the state (pulumi state delete)."
        );

    public static RefusalException NotActive(Cluster cluster) =>
        new(
            RefusalKind.NotActive,
            $"Cluster {cluster.Id} is {cluster.Status}, and a standby must be active. Nothing was changed. Start or "
                + "restore the cluster, then run pulumi up again."
        );

    public static RefusalException InTransition(Cluster cluster) =>
        new(
            RefusalKind.InTransition,
            $"Cluster {cluster.Id} is {cluster.TransitionStatus}: another operation is under way. Run this again when it "
                + "has ended."
        );

    public static RefusalException Circle(StandbyId id, IReadOnlyList<string> path) =>
        new(
            RefusalKind.Circle,
            $"{id.ClusterId} cannot replicate from {path[0]}: {path[0]} replicates from "
                + $"{string.Join(", which replicates from ", path.Skip(1))}. Each would "
                + "overwrite the other. No link was started.\nTo fail back, promote "
                + $"{path[0]} first (promoted: true on its resource), and let this resource depend on that one (dependsOn)."
        );

    public static RefusalException CircleNotSeen(StandbyId id, string cluster, QingCloudException failure) =>
        new(
            RefusalKind.CircleNotSeen,
            $"Whether {cluster} replicates from {id.ClusterId} could not be read: {failure.Message} A start is refused "
                + "until that is known, because each would overwrite the other. Nothing was changed. Run this again.",
            failure
        );

    public static RefusalException MayBeLinked(StandbyId id, Goal goal, StandbyLink link, QingCloudException refused)
    {
        var failed = link.FailedStart;
        var text = new StringBuilder(
            $"QingCloud refused start_standby on {id.ClusterId}: {refused.Message} There may be a link already: "
        );
        text.Append(
            failed is null
                ? "the jobs that can be seen do not show one, but they may not be all."
                : $"start_standby job {failed.Id} ended as \"{failed.RawStatus}\", and may have made it anyway."
        );
        text.Append($" Nothing was changed. Look at {id.ClusterId} in the console (灾备关系).\nChoose:\n");
        if (failed is not null && goal is Goal.Linked linked && Decision.CanAdoptFailedStart(linked, link))
            text.Append($"- if it is linked: relinkAfter: {failed.Id} takes the link over, and calls nothing;\n");

        text.Append($"- if it is linked: {ImportIt(id, goal.Recorded is not null)};\n");
        text.Append(
            "- if the import cannot see the link either: leave the resource out of the program, or stop the link at "
        );
        text.Append("the console and run pulumi up again;\n");
        text.Append("- if it is not linked: resolve what QingCloud names, then run pulumi up again.");
        return new RefusalException(RefusalKind.MayBeLinked, text.ToString(), refused);
    }

    public static RefusalException MayBeUnlinked(StandbyId id, QingCloudException refused) =>
        new(
            RefusalKind.MayBeUnlinked,
            $"QingCloud refused to end the link of {id.ClusterId}: {refused.Message} Nothing was changed. {Unlinked}",
            refused
        );

    /// <summary>What to do where a refusal may mean that there is no link any more.</summary>
    public const string Unlinked =
        "There may be no link any more. If the console (灾备关系) shows none, remove the resource from the state (pulumi "
        + "state delete).";

    public static RefusalException NothingToImport(StandbyId id, StandbyLink link) =>
        new(RefusalKind.NothingToImport, NoLink(id, link));

    public static RefusalException SourceNotReadable(StandbyId id) =>
        new(
            RefusalKind.SourceNotReadable,
            $"Cluster {id.ClusterId} has a link, but its source could not be read in full: the job that made it is not "
                + "listed, and the cluster's disaster-recovery tab does not show it. Nothing was changed. Stop the link, and "
                + "create it with this provider; use syncWay: increment if the standby holds the source's data."
        );

    public static RefusalException InvalidInputs(IReadOnlyList<CheckFailure> failures) =>
        new(
            RefusalKind.InvalidInputs,
            "The inputs are not valid. Nothing was changed. If a policy rewrites them, correct it there.\n"
                + string.Join("\n", failures.Select(failure => $"- {failure.Property} {failure.Reason}"))
        );

    public static RefusalException FenceFailed(StandbyId id, string source, string reason) =>
        new(
            RefusalKind.FenceFailed,
            $"The source {source} could not be made read-only: {reason} {id.ClusterId} was not promoted.\nChoose:\n"
                + "- resolve that, then run pulumi up again;\n"
                + "- fenceSource: false promotes without it: make sure yourself that nothing writes to the source;\n"
                + "- if the source is lost, follow the forced failover in docs/failover.md."
        );

    public static RefusalException FenceNotLifted(string source, QingCloudException refused) =>
        new(
            RefusalKind.FenceNotLifted,
            $"The source {source} is still read-only since a switchover of this resource that was not completed, and could not be "
                + $"made writable: {refused.Message} Resolve that, or set 开关只读 to OFF in the console, and run the command "
                + "again.",
            refused
        );

    /// <summary>What is known after a start that failed, where nothing shows what it did.</summary>
    public static string DoubtfulStart(StandbyId id, StandbyLink link, Job start) =>
        $"Whether {id.ClusterId} is linked now cannot be seen: the job may have made the link before it failed"
        + (link.Unseen == Unseen.Nothing ? "." : $"; {Why(link)}")
        + $" Look at {id.ClusterId} in the console (灾备关系). If it is linked, {ImportIt(id, isInState: true)}; or "
        + $"set relinkAfter: {start.Id}, which takes the link over. If it is not, run pulumi up again.";

    /// <summary>What is known after a deletion whose stop failed, where nothing shows what it did.</summary>
    public static string DoubtfulEnd(StandbyId id, StandbyLink link) =>
        $"Whether {id.ClusterId} is still linked cannot be seen: {Why(link)} Look at {id.ClusterId} in the console "
        + "(灾备关系). If it shows no link, remove the resource from the state (pulumi state delete).";

    /// <summary>The way out where the source no longer has what an incremental start needs.</summary>
    public static string CopyInstead(Job stop) =>
        $"If the source no longer has the binary logs that increment needs, syncWay: full with relinkAfter: {stop.Id} copies "
        + "everything again, which OVERWRITES the standby's data.";

    private static string Sentence(RefusalKind kind, StandbyId id, Goal goal, StandbyLink link)
    {
        var standby = id.ClusterId;
        return kind switch
        {
            RefusalKind.Busy =>
                $"Cluster {standby} is {Summary(link)}: another user's operation is under way. Nothing was changed. Run "
                    + "this again when it has ended."
                    + (
                        link.State == LinkState.Starting
                            ? $"\nrelinkAfter: {link.Job!.Id} takes the link over that this job makes."
                            : ""
                    ),
            RefusalKind.ConsentInFuture =>
                $"relinkAfter is {Timestamp.Of(goal.Consent.Instant)}, which has not come yet (it is "
                    + $"{Timestamp.Of(goal.Now)}). It would permit to overwrite what is written after failovers that have "
                    + "not happened. Nothing was changed. Use the time of the event, or the current time.",
            RefusalKind.AnothersLink or RefusalKind.UnclearOwner => ForeignLink(kind, id, goal, link),
            RefusalKind.UnseenStart => UnseenStart(id, goal, link),
            RefusalKind.PlaceholderPassword =>
                "source.password holds the placeholder that the import put there, because QingCloud does not show "
                    + "passwords. Nothing was changed. Set source.password to the password of source.user.",
            RefusalKind.UnexplainedEnd =>
                $"The standby {standby} has no link any more, and no listed job explains it: it was {Ended(link)}. It may be "
                    + $"the live primary now. Nothing was changed. {Choices(goal, link)}",
            RefusalKind.PromotionTakenBack =>
                $"promoted was true and is now false, but {standby} was {Summary(link)}, and it may be the live primary now. "
                    + "Nothing was changed. "
                    + Choices(goal, link),
            RefusalKind.FailedOver =>
                $"{(IsOwnDeletion(link) ? $"The link of {standby} has ended" : $"The standby {standby} was failed over")}: it was "
                    + $"{Summary(link)}, and it may be the live primary now. Nothing was changed. {Choices(goal, link)}",
            RefusalKind.NotSeen => NotSeen(id, goal, link),
            RefusalKind.NotItsOwn =>
                $"The link of {standby} is not the one that this resource made: it is {Summary(link)}, from {From(link)}. "
                    + "Nothing was changed.\nChoose:\n- remove the resource from the state (pulumi state delete), which "
                    + "leaves the link as it is;\n- "
                    + TakeOver(goal, link),
            _ => OfSwitchover(kind, id, link),
        };
    }

    private static bool IsOwnDeletion(StandbyLink link) =>
        link.By is { By: Submitter.ThisResource, Purpose: Purpose.StopToDelete or Purpose.PromoteToDelete };

    /// <summary>How an import takes a link over. What is in the state is not imported again.</summary>
    private static string ImportIt(StandbyId id, bool isInState) =>
        (
            isInState
                ? "take this resource out of the state (pulumi state delete), then import the link: "
                : "import it: "
        ) + $"pulumi import {Names.StandbyReplication} <name> {id}";

    /// <summary>How a deletion comes to stop a link that is not this resource's.</summary>
    private static string TakeOver(Goal goal, StandbyLink link) =>
        link.Start is { } start
            ? $"relinkAfter: {start.Id} and pulumi up take the link over; deleting the resource then stops it."
        : Decision.MayTakeOverUnseen(goal)
            ? $"relinkAfter: {Timestamp.Of(goal.Now)} and pulumi up take the link over; deleting the resource within an hour "
                + "then stops it."
        : "if the link is not wanted, stop it at the console, then run this again.";

    private static string UnseenStart(StandbyId id, Goal goal, StandbyLink link)
    {
        var text =
            $"Cluster {id.ClusterId} replicates from {From(link)}, and the job that started the link is not listed. It "
            + "may be another user's. Nothing was changed.\nChoose:\n";
        const string change = "- change the program so that it says what the link is;\n";
        return text
            + goal switch
            {
                { Recorded: null } => $"- {ImportIt(id, isInState: false)};\n",
                _ when Decision.MayTakeOverUnseen(goal) => change
                    + $"- relinkAfter: {Timestamp.Of(goal.Now)} treats it as this resource's own (run pulumi up within an hour);\n",
                _ => $"{change}- {ImportIt(id, isInState: true)};\n",
            }
            + "- if the link is not wanted, stop it at the console.";
    }

    private static string OfSwitchover(RefusalKind kind, StandbyId id, StandbyLink link)
    {
        var standby = id.ClusterId;
        return kind switch
        {
            RefusalKind.AnotherSource =>
                $"Cluster {standby} replicates from {From(link)} ({Summary(link)}), not from the declared source. It was "
                    + "not promoted, and nothing was changed. Run pulumi refresh, and make the program name the source that "
                    + "is to be left.",
            RefusalKind.SourceCannotBeFenced =>
                $"The source {link.Source?.ClusterId} is no cluster that these credentials see, so that it cannot be made "
                    + $"read-only before {standby} is promoted. Nothing was changed.\nChoose:\n"
                    + "- make it read-only yourself, then set fenceSource: false;\n"
                    + "- if the source is lost, follow the forced failover in docs/failover.md.",
            RefusalKind.SourceBusy =>
                $"set_readonly job {link.SourceReadOnly?.Setting?.Job.Id} of another user or resource is under way on the source "
                    + $"{link.Source?.ClusterId}. Nothing was changed. Run this again when it has ended.",
            RefusalKind.NothingToPromote =>
                $"promoted: true cannot be carried out: {standby} has no link of this resource to promote, and no promotion "
                    + "to accept. Nothing was changed. Create the link with promoted: false first; a link that exists can be "
                    + $"imported (pulumi import {Names.StandbyReplication} <name> {id}).",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static string ForeignLink(RefusalKind kind, StandbyId id, Goal goal, StandbyLink link)
    {
        var whose =
            kind == RefusalKind.AnothersLink
                ? $"was started by {link.StartedBy.Words}"
                : "does not say whose it is: its job names neither this resource nor another";
        var choices = new StringBuilder();
        if (goal is Goal.Linked { Old: null })
            choices.Append("- if this resource was renamed or moved, declare its former name as an alias;\n");

        choices.Append(
            $"- relinkAfter: {link.Start!.Id} treats that link as this resource's own, and changes it to what the "
        );
        choices.Append("program declares;\n");
        choices.Append($"- {ImportIt(id, goal.Recorded is not null)};\n");
        choices.Append("- if the link is not wanted, stop it at the console.\n");
        choices.Append(
            "Whoever takes a link over removes its former resource from that one's state (pulumi state delete): "
        );
        choices.Append("otherwise that one's destroy stops the link.");
        return $"Cluster {id.ClusterId} replicates from {From(link)}; that link {whose} (job {link.Start.Id}, "
            + $"{Timestamp.Of(link.Start.CreatedAt)}). Nothing was changed.\nChoose:\n{choices}";
    }

    private static string NotSeen(StandbyId id, Goal goal, StandbyLink link)
    {
        var isFirst = goal.Recorded is null;
        var now = Timestamp.Of(goal.Now);
        var consent =
            link.HasSeveralPossibleEnds ? now
            : link.Unseen == Unseen.Directive && link.Job is { } job ? job.Id
            : link.Unseen == Unseen.FailedEnd ? link.FailedEnd!.Id
            : now;
        var assumption = goal switch
        {
            Goal.Linked { Declared.Promoted: true } => "whether it is to be promoted, or was promoted already",
            Goal.Linked => isFirst ? "that it was never linked, nor failed over" : "that it was not failed over",
            _ => "that the link is this resource's",
        };
        var permitted = goal switch
        {
            Goal.Linked { Declared.Promoted: true } =>
                $"- if the console shows no link: relinkAfter: {consent} accepts that it has ended, and calls nothing;",
            Goal.Linked =>
                $"- if nothing on {id.ClusterId} is needed that its source does not have: relinkAfter: {consent} permits the "
                    + "start, which OVERWRITES what was written to it",
            _ =>
                $"- relinkAfter: {consent} in the program, pulumi up, and then this command within an hour, stop the link;",
        };
        if (goal is Goal.Linked { Declared.Promoted: false })
            permitted += consent == now ? " (run pulumi up within an hour);" : ";";

        return $"Nothing shows {assumption}: {Why(link)} Nothing was changed. Look at {id.ClusterId} in the console "
            + $"(灾备关系).\nChoose:\n{permitted}\n"
            + (
                isFirst
                    ? $"- if it is linked already, import it: pulumi import {Names.StandbyReplication} <name> {id};\n"
                        + "- if the import cannot see the link either, leave the resource out of the program, or stop the link "
                        + "at the console and use the first choice."
                    : "- removing the resource from the state (pulumi state delete) leaves the cluster as it is."
            );
    }

    /// <summary>What could not be seen, as sentences.</summary>
    public static string Why(StandbyLink link)
    {
        var tab = link.Tab switch
        {
            TabView.NoLink => " The disaster-recovery tab shows no link now.",
            TabView.None => " The cluster has no disaster-recovery tab that can be read.",
            _ => "",
        };
        var reason = link.Unseen switch
        {
            Unseen.Nothing when link.MayBeLinked =>
                $"start_standby job {link.FailedStart!.Id} ended as \"{link.FailedStart.RawStatus}\", and may have made a link "
                    + "anyway.",
            Unseen.Directive =>
                $"job {link.Job!.Id} ({Timestamp.Of(link.Job.CreatedAt)}) may be any service, because its directive cannot "
                    + "be read.",
            Unseen.FailedEnd =>
                $"{link.FailedEnd!.Request?.Service ?? link.FailedEnd.Action} job {link.FailedEnd.Id} ended as "
                    + $"\"{link.FailedEnd.RawStatus}\", and may have ended the link anyway.",
            Unseen.StatusChange =>
                "the cluster's status changed after the link's start, as when a cluster is stopped, and no listed job "
                    + "explains it.",
            Unseen.AwaitedJob => "the job that the state waits for is not listed.",
            Unseen.Anchor =>
                "the job that started the link is not among the listed ones, so that others may be missing too.",
            _ => link.SeenBackTo is { } oldest
                ? $"the jobs that these credentials list reach back to {Timestamp.Of(oldest)} only."
                : "these credentials list no jobs at all.",
        };
        return reason + tab;
    }

    private static string Choices(Goal goal, StandbyLink link)
    {
        var consent = link is { End.Job: { } job, HasSeveralPossibleEnds: false } ? job.Id : Timestamp.Of(goal.Now);
        var given = goal.Consent is { IsGiven: true } other
            ? $" (relinkAfter is {other.JobId ?? Timestamp.Of(other.Instant)}, which does not cover that)"
            : "";
        var choices = new StringBuilder("Choose:\n");
        if (goal is not Goal.Linked linked || Decision.CanAccept(linked, link))
            choices.Append("- promoted: true accepts the failover and keeps the resource; nothing is called;\n");

        choices.Append(
            goal.Recorded is null
                ? "- leaving the resource out of the program leaves the cluster as it is;\n"
                : "- removing the resource from the program, or from the state (pulumi state delete), leaves the cluster as "
                    + "it is;\n"
        );
        choices.Append(
            $"- relinkAfter: {consent} starts the link again. With syncWay: full that OVERWRITES what was written to the "
        );
        choices.Append(
            "standby since; with syncWay: increment those writes stay, and the two differ, unless the standby was "
        );
        choices.Append($"not written to{given}.");
        return choices.ToString();
    }

    /// <summary>What happened last, for the middle of a sentence.</summary>
    public static string Summary(StandbyLink link) =>
        (link.Job, link.State) switch
        {
            (_, LinkState.Unknown) => "in a state that cannot be seen",
            (null, LinkState.None) => "without a link",
            (null, _) => $"{link.State.Text()} by a job that is not listed",
            ({ Request: null } job, LinkState.Stopped) when job.Kind() == JobKind.Unreadable =>
                $"left without a link by job {job.Id} ({job.Action}, {Timestamp.Of(job.CreatedAt)}), which does not show its service",
            ({ Status: JobStatus.Failed } job, LinkState.Promoted or LinkState.Stopped) =>
                $"without a link, after job {job.Id} ({job.Request?.Service ?? job.Action}, {Timestamp.Of(job.CreatedAt)}{By(link)}), "
                    + $"which ended as \"{job.RawStatus}\"",
            ({ } job, LinkState.Stopped) when job.Kind() == JobKind.ClusterLife =>
                $"cut off from its source when the cluster was changed by job {job.Id} ({job.Action}, "
                    + $"{Timestamp.Of(job.CreatedAt)}{By(link)})",
            ({ } job, _) => $"{link.State.Text()} by job {job.Id} ({job.Request?.Service ?? job.Action}, "
                + $"{Timestamp.Of(job.CreatedAt)}{By(link)})",
        };

    /// <summary>The source, for the end of a sentence.</summary>
    public static string From(StandbyLink link) => link.Source?.ToString() ?? "a source that cannot be read";

    /// <summary>Why there is nothing to import.</summary>
    public static string NoLink(StandbyId id, StandbyLink link) =>
        $"Cluster {id.ClusterId} has no link to import: it is {Summary(link)}. Nothing was changed. To link it, declare the "
        + "resource without importing it; over a stop or a promotion, relinkAfter must name it, as the preview then says.";

    /// <summary>The warning of a refresh that found a failover.</summary>
    public static string FailedOverWarning(string cluster, StandbyLink link) =>
        $"the standby {cluster} was {(link.End is { Kind: EndKind.Unexplained } ? Ended(link) : Summary(link))}; it may be "
        + "the live primary now. Nothing starts it again without consent. promoted: true accepts that; a preview "
        + "without it names the other choices";

    /// <summary>The warning of a refresh that could not see the link.</summary>
    public static string NotSeenWarning(string cluster, StandbyLink link) =>
        $"what links {cluster} cannot be seen: {Why(link)}";

    /// <summary>The warning before a start on a cluster that may have been written to.</summary>
    public static string OverwritesWarning(string cluster, StandbyLink link, string syncWay) =>
        syncWay == Names.Full
            ? $"the standby {cluster} was {Ended(link)}; start_standby (full) OVERWRITES what was written to it since"
            : $"the standby {cluster} was {Ended(link)}; start_standby (increment) keeps what was written to it since: if it "
                + "was written to, it differs from its source from now on, and replication may break";

    /// <summary>The warning that a resource ends whose link was stopped to be started again.</summary>
    public static string RestartGivenUpWarning(string cluster, StandbyLink link) =>
        $"{cluster} has no link: it was {Summary(link)}, and the start that was to follow was not made. It is left so. If "
        + "this resource is declared again within an hour of that stop, pulumi up makes that start without asking";

    /// <summary>The warning of a deletion that promotes.</summary>
    public static string DeletePromotesWarning(string cluster, string? source) =>
        $"onDelete: promote promotes {cluster} without making {source ?? "its source"} read-only first, because a deletion "
        + "cannot be resumed: make sure that nothing writes to the source";

    /// <summary>The warning that the fence of a switchover stays, because another resource has taken over its
    /// link.</summary>
    public static string SourceStaysReadOnlyWarning(RecordedLink recorded) =>
        $"the switchover was not completed, and {recorded.Source.ClusterId} may still be read-only: if no standby of it was "
        + "promoted, set 开关只读 to OFF in the console";

    /// <summary>The warning that the source's jobs could not be read.</summary>
    public static string SourceNotCheckedWarning(QingCloudException failure) =>
        $"whether this resource left the source read-only could not be read: {failure.Message}";

    /// <summary>The warning that a link is taken over which nothing shows.</summary>
    public static string AdoptedUnseenWarning(string cluster, Job start) =>
        $"the link of {cluster} that start_standby job {start.Id} made is taken over because it was named; whether it is "
        + "still there, nothing shows";

    private static string Ended(StandbyLink link) =>
        link.End is { Job: null } ? "cut off from its source by an operation that is not listed" : Summary(link);

    private static string By(StandbyLink link) =>
        link.By.By == Submitter.Unknown ? "" : $", submitted by {link.By.Words}";
}
