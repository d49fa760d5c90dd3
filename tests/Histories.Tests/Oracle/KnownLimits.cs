namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>Why a promise cannot be kept in some world.</summary>
internal sealed record KnownLimit(string Name)
{
    /// <summary>No tab and no job that these keys may list shows it.</summary>
    public static readonly KnownLimit NotShown = new("not shown");

    /// <summary>Calls have no condition: it happened after the last look.</summary>
    public static readonly KnownLimit Raced = new("raced");

    /// <summary>A look at many links cannot afford a call for each tab, and its jobs did not show it.</summary>
    public static readonly KnownLimit TabNotRead = new("tab not read");

    /// <summary>Nothing was to be changed, and nothing shows it.</summary>
    public static readonly KnownLimit SaidUnknown = new("said unknown");

    /// <summary>It is not published whether suspended and deleted standbys keep their links.</summary>
    public static readonly KnownLimit KeptLink = new("kept link");

    /// <summary>The cloud did not make the source writable again, and that was said.</summary>
    public static readonly KnownLimit FenceStuck = new("fence stuck");

    /// <summary>A killed run linked it; no state could name it.</summary>
    public static readonly KnownLimit NeverSaved = new("never saved");

    /// <summary>A stop of this resource failed as far as any job shows: its deletion makes it again.</summary>
    public static readonly KnownLimit TriedAgain = new("tried again");

    /// <summary>The stop of its deletion is not listed yet when the resource is created anew.</summary>
    public static readonly KnownLimit JustDeleted = new("just deleted");

    /// <summary>Another provider instance deletes what this one has created anew; neither process knows of the
    /// other.</summary>
    public static readonly KnownLimit TwoProcesses = new("two processes");

    /// <summary>A switchover was killed, and its resource renamed before a state was saved: a state names neither, and the
    /// job of the fence names the former URN.</summary>
    public static readonly KnownLimit RenamedSwitchover = new("renamed unfinished switchover");
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
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(30);

    public List<KnownLimit> Uses { get; } = [];

    /// <summary>What a run that acts at a time can see of the past, under each limit.</summary>
    public IEnumerable<(KnownLimit Why, Func<WorldEvent, WorldEvent?> See)> Views(Run run, DateTimeOffset at, bool look)
    {
        // What it does itself, a run knows, unless it lost the answer.
        WorldEvent? Show(WorldEvent past) =>
            shown is null || (past.Caller == run.Caller && !run.Says("lost")) ? past : shown(past, at, run.Start);
        bool IsOwn(WorldEvent past) => past.Caller.StartsWith($"{run.Intent.Stack}/", StringComparison.Ordinal);
        bool IsLate(WorldEvent past) => past.At > at - SlowAnswer && past.At <= at && !IsOwn(past);
        yield return (KnownLimit.Raced, past => IsLate(past) ? null : past);
        yield return (KnownLimit.NotShown, Show);
        yield return (KnownLimit.NotShown, past => IsLate(past) ? null : Show(past));
        if (look && listed is not null)
            yield return (KnownLimit.TabNotRead, past => IsLate(past) ? null : listed(past, at, run.Start));
        if (!hasTabs || look)
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
