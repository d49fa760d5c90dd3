using System.Globalization;

namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>One run of one resource: what was declared, and what was said.</summary>
internal sealed record Run(Intent Intent, List<Statement> Statements)
{
    public string Owner { get; } = $"{Intent.Stack}/{Intent.Resource}";
    public string Caller { get; } = $"{Intent.Stack}/{Intent.Resource}#{Intent.Run}";
    public DateTimeOffset Start => Intent.At;
    public DateTimeOffset End => Statements.Count == 0 ? Start : Statements[^1].At;
    public bool Links => Intent.Operation is "up" or "replacement" or "recreation";
    public bool Recreates => Intent.Operation == "recreation";
    public bool Acts => Links || Intent.Operation == "destroy";
    public bool Answered => Statements.Count > 0 && !Says("interrupted");
    public bool Succeeded => Answered && !Says("refused", "failed", "cancelled", "skipped");

    public bool Says(params string[] any) => Statements.Exists(each => any.Contains(each.State));

    /// <summary>Whether the program consents to take a link over: it names its start, or an instant after a start that no
    /// job shows.</summary>
    public bool Names(TrueLink link) =>
        Intent.RelinkAfter is { } consent && (link.Linked.JobId is { } job ? job == consent : Covers(link.Linked.At));

    /// <summary>Whether the program consents by an instant, which is given in seconds, to what happened at a time.</summary>
    public bool Covers(DateTimeOffset time) =>
        DateTimeOffset.TryParse(Intent.RelinkAfter, CultureInfo.InvariantCulture, out var instant)
        && instant.AddSeconds(1) > time;

    /// <summary>Whether the run ends the link of a cluster for good.</summary>
    public bool Removes(string clusterId) => Intent.Operation == "destroy" || Intent.ClusterId != clusterId;

    /// <summary>Whether this resource did something, in this or another run.</summary>
    public bool Owns(WorldEvent? past) => past?.Caller.Split('#')[0] == Owner;
}

/// <summary>All runs, in the order in which they began.</summary>
internal sealed class Runs
{
    public Runs(IEnumerable<Intent> intents, IEnumerable<Statement> statements)
    {
        All = [.. intents.OrderBy(intent => intent.At).Select(intent => new Run(intent, []))];
        foreach (var said in statements.OrderBy(each => each.At))
            All.Last(run => run.Owner == $"{said.Stack}/{said.Resource}" && run.Start <= said.At).Statements.Add(said);
    }

    public List<Run> All { get; }

    /// <summary>The run that did something; null: no run did.</summary>
    public Run? By(WorldEvent? past) => All.Find(run => run.Caller == past?.Caller);

    /// <summary>The runs of a resource from a time to one of its runs.</summary>
    public List<Run> Since(DateTimeOffset? first, Run last) =>
        All.FindAll(run => run.Owner == last.Owner && !(run.Start < first) && run.Start <= last.Start);

    /// <summary>Whether a link belongs to the resource of a run: one of its runs started the link, imported it, or named
    /// its start.</summary>
    public bool Owns(Run run, TrueLink link) =>
        run.Owns(link.Linked) || Since(null, run).Exists(each => Imports(each, link) || Takes(run, each, link));

    /// <summary>Whether another resource of the stack has a link too, and still has it.</summary>
    public bool IsShared(Run run, TrueLink link) =>
        All.Exists(other =>
            other.Intent.Stack == run.Intent.Stack
            && other.Owner != run.Owner
            && other.Start <= run.Start
            && Owns(other, link)
            && (
                Keeps(other, link, each => each.Start < run.Start)
                || Keeps(other, link, each => each.Start <= run.Start)
            )
        );

    private bool Keeps(Run other, TrueLink link, Predicate<Run> isKnown) =>
        All.FindLast(each => each.Owner == other.Owner && isKnown(each))?.Removes(link.ClusterId) == false;

    /// <summary>Whether the resource of a run ended a link by a switchover.</summary>
    public bool Switched(Run run, TrueLink? link) =>
        link is { Promoted: true } && run.Owns(link.End) && By(link.End)?.Removes(link.ClusterId) == false;

    private static bool Takes(Run run, Run each, TrueLink link) =>
        each.Links && (each.Succeeded || each == run) && each.Names(link) && link.Linked.At <= each.End;

    private static bool Imports(Run run, TrueLink link) =>
        run is { Intent.Operation: "import", Succeeded: true }
        && run.Intent.ClusterId == link.ClusterId
        && link.Linked.At <= run.End
        && !(link.End?.At < run.Start);
}
