namespace QingCloudMySqlStandby.Link;

/// <summary>Whether a running link differs from what the program declares, so that it must be stopped and started, and
/// how it is started then.</summary>
internal static class Restart
{
    /// <summary>The property because of which the link must be started again; null where it need not be. What cannot be
    /// seen of the link is taken as unchanged.</summary>
    public static string? Needed(Goal.Linked goal, StandbyLink link)
    {
        var declared = goal.Declared;
        var (runs, role) = Running(goal, link);
        if (!runs.MayBe(declared.Link) || (role is not null && role != declared.Role))
            return Names.Source;
        if (!runs.HasAddressOf(declared.Link))
            return Names.Host;
        if (declared.HasPassword && !goal.IsPasswordImported && !runs.HasPasswordOf(declared.Link))
            return Names.Password;

        return IsCopyDeclared(goal) && link.Start?.Request?.Link?.SyncWay != Names.Full ? Names.SyncWay : null;
    }

    /// <summary>How a link that was stopped for it is started again. From the declared source the data is there already,
    /// unless a full copy that failed has left half of it. A new resource starts as the program declares, unless it has
    /// taken over the running link of the one that it replaces.</summary>
    public static string SyncWay(Goal.Linked goal, StandbyLink link)
    {
        var role = RoleOf(link) ?? goal.Old?.Role;
        var hasSource =
            link.Source is { ClusterId: not null } source
            && source.MayBe(goal.Declared.Link)
            && (role is null || role == goal.Declared.Role);
        var isHalfCopied = link.FailedStart?.Request?.Link?.SyncWay == Names.Full;
        var isTakenOver = link.Owner == Owner.Own && (link.State == LinkState.Replicating || link.IsStoppedHere);
        var continues = goal.Old is not null || isTakenOver;
        return continues && hasSource && !isHalfCopied && !IsCopyDeclared(goal)
            ? Names.Increment
            : goal.Declared.Link.SyncWay;
    }

    /// <summary>What the link runs with. A start that the state knows ran with the inputs of the state, which hold what a
    /// directive may hide. A start of this resource that the state does not know was made for the program by a run that
    /// was interrupted: its directive shows what it may.</summary>
    private static (Source Runs, string? Role) Running(Goal.Linked goal, StandbyLink link)
    {
        var live = link.Source ?? Source.Unknown;
        var isOfState = goal.Old is not null && (link.Start is null || link.Start.Id == goal.OldAnchor);
        if (goal.Old is not { } old || !isOfState)
            return (live, RoleOf(link));

        var recorded = Source.Of(old.Link);
        return (
            new Source(
                live.ClusterId ?? recorded.ClusterId,
                live.Zone ?? recorded.Zone,
                live.Host ?? recorded.Host,
                live.Port ?? recorded.Port,
                live.User ?? recorded.User,
                old.HasPassword ? old.Link.Password : null
            ),
            RoleOf(link) ?? old.Role
        );
    }

    private static string? RoleOf(StandbyLink link) => link.Start?.Request?.Role is { Length: > 0 } role ? role : null;

    /// <summary>Whether the program has come to declare a full copy. The inputs of an import are no declaration: their
    /// <c>syncWay</c> is what the last start job shows.</summary>
    private static bool IsCopyDeclared(Goal.Linked goal)
    {
        if (goal.Old is not { Link.SyncWay: Names.Increment } old)
            return false;

        var isImported = !old.HasPassword && goal.Declared.HasPassword;
        return goal.Declared.Link.SyncWay == Names.Full && !isImported;
    }
}
