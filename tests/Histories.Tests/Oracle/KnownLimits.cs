namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>Why a promise cannot be kept in some world.</summary>
internal sealed record KnownLimit(string Name, string Reason)
{
    public static readonly KnownLimit NotShown = new(
        "not shown",
        "No tab and no job that these keys may list shows it."
    );
    public static readonly KnownLimit Raced = new("raced", "Calls have no condition: it happened after the last look.");
    public static readonly KnownLimit TabNotRead = new(
        "tab not read",
        "A look at many links cannot afford a call for each tab, and its jobs did not show it."
    );
    public static readonly KnownLimit SaidUnknown = new(
        "said unknown",
        "Nothing was to be changed, and nothing shows it."
    );
    public static readonly KnownLimit KeptLink = new("kept link", "Not published: suspended standbys may keep links.");
    public static readonly KnownLimit FenceStuck = new("fence stuck", "The cloud did not lift it, and that was said.");
    public static readonly KnownLimit NeverSaved = new(
        "never saved",
        "A killed run linked it; no state could name it."
    );
    public static readonly KnownLimit TriedAgain = new(
        "tried again",
        "A stop of this resource failed as far as any job shows: its deletion makes it again."
    );
    public static readonly KnownLimit TwoProcesses = new(
        "two processes",
        "Another provider instance deletes what this one has created anew; neither process knows of the other."
    );
}

/// <summary>What the limits excused. A limit never accuses.</summary>
/// <param name="shown">What these keys can see of an event at a time. Null: nothing. An event without job and cause: its
/// effect only. Default: everything. The last argument: when the run that looks began.</param>
/// <param name="listed">The same, by job lists alone.</param>
/// <param name="hasTabs">Whether each cluster has the disaster-recovery tab, which shows whether a link was kept.</param>
internal sealed class KnownLimits(
    Func<WorldEvent, DateTimeOffset, DateTimeOffset, WorldEvent?>? shown = null,
    Func<WorldEvent, DateTimeOffset, DateTimeOffset, WorldEvent?>? listed = null,
    bool hasTabs = false
)
{
    public static readonly TimeSpan Race = TimeSpan.FromSeconds(10);

    public List<KnownLimit> Uses { get; } = [];

    /// <summary>What a run that acts at a time can see of the past, under each limit.</summary>
    public IEnumerable<(KnownLimit Limit, Func<WorldEvent, WorldEvent?> See)> Views(
        Run run,
        DateTimeOffset at,
        bool isLook
    )
    {
        // What it does itself, a run knows, unless it lost the answer.
        WorldEvent? Show(WorldEvent past) =>
            shown is null || (past.Caller == run.Caller && !run.Says("lost")) ? past : shown(past, at, run.Start);
        bool IsOwn(WorldEvent past) => past.Caller.StartsWith($"{run.Intent.Stack}/", StringComparison.Ordinal);
        bool IsLate(WorldEvent past) => past.At > at - Race && past.At <= at && !IsOwn(past);
        yield return (KnownLimit.Raced, past => IsLate(past) ? null : past);
        yield return (KnownLimit.NotShown, Show);
        yield return (KnownLimit.NotShown, past => IsLate(past) ? null : Show(past));
        if (isLook && listed is not null)
            yield return (KnownLimit.TabNotRead, past => IsLate(past) ? null : listed(past, at, run.Start));
        if (!hasTabs || isLook)
            yield return (KnownLimit.KeptLink, Unlink);
    }

    private static WorldEvent Unlink(WorldEvent past) =>
        past.Kind is WorldEventKind.ClusterSuspended or WorldEventKind.ClusterDeleted
            ? past with
            {
                Kind = WorldEventKind.LinkEnded,
                Cause = LinkEnd.ClusterSuspended,
            }
            : past;
}
