using System.Globalization;
using QingCloudMySqlStandby.Histories.Oracle;

namespace QingCloudMySqlStandby.Histories;

/// <summary>A history that is written in words: steps between semicolons, a minute each. A program links cluster a to
/// cluster b.
/// <list type="bullet">
/// <item><c>up 2 source=c promoted</c>: a command, the number of its run, and what differs from the program.</item>
/// <item><c>#2 stop a</c>: a party does something: start, starting, fail, stop, promote, end, fence, lift, submit,
/// write, or a kind of event. <c>#2</c> is the run 2.</item>
/// <item><c>say promoted failover</c>: what the provider says, of cluster a.</item>
/// <item><c>later 60</c>: minutes pass.</item>
/// </list></summary>
internal sealed class Story
{
    private readonly List<WorldEvent> _events = [];
    private readonly List<Intent> _intents = [];
    private readonly List<Statement> _statements = [];
    private DateTimeOffset _now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private int _jobs;

    public Story(string words)
    {
        foreach (var step in words.Split(';', StringSplitOptions.TrimEntries))
        {
            var parts = step.Split(' ');
            if (parts[0] == "later")
                _now = _now.AddMinutes(int.Parse(parts[1], CultureInfo.InvariantCulture));
            else if (parts[0] == "say")
                _statements.AddRange(parts[1..].Select(state => new Statement(_now, "dev", "db", "a", state)));
            else if (parts[0] is "up" or "replacement" or "destroy" or "import" or "refresh" or "preview" or "forget")
                _intents.Add(parts[2..].Aggregate(Program(parts[0], parts[1]), Change));
            else
                Act(parts[0].StartsWith('#') ? $"dev/db{parts[0]}" : parts[0], parts[1], parts[2], parts[3..]);
            _now = _now.AddMinutes(1);
        }
    }

    public IReadOnlyList<Violation> Judge(KnownLimits limits) =>
        new HistoryOracle(_events, new Runs(_intents, _statements), limits).Judge();

    private Intent Program(string operation, string run) =>
        new(_now, int.Parse(run, CultureInfo.InvariantCulture), "dev", "db", "a", "pek3a", "b", SyncWay.Full)
        {
            Operation = operation,
        };

    private static Intent Change(Intent intent, string difference)
    {
        var value = difference[(difference.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return difference.Split('=')[0] switch
        {
            "source" => intent with { SourceClusterId = value },
            "cluster" => intent with { ClusterId = value },
            "resource" => intent with { Resource = value },
            "password" => intent with { Connection = value },
            "increment" => intent with { SyncWay = SyncWay.Increment },
            "promoted" => intent with { Promoted = true },
            "unfenced" => intent with { FenceSource = false },
            "onDelete" => intent with { OnDelete = value },
            "relinkAfter" => intent with { RelinkAfter = value },
            "urn" => intent with { Urn = value },
            "provider" => intent with { Provider = value },
            "atRest" => intent with { AtRest = true },
            _ => throw new ArgumentException($"'{difference}' is no difference.", nameof(difference)),
        };
    }

    private void Act(string by, string what, string cluster, string[] more)
    {
        switch (what)
        {
            case "start" or "starting":
                Submit(by, cluster, "start_standby");
                if (more is not [_, "increment"])
                    Record(by, cluster, WorldEventKind.Overwritten);
                Link(by, cluster, more);
                if (what == "start")
                    Record(by, cluster, WorldEventKind.Replicating);
                break;
            case "link":
                Link(by, cluster, more, more[1]);
                break;
            case "fail":
                End(by, cluster, LinkEnd.StartFailed);
                break;
            case "stop":
                Submit(by, cluster, "stop_standby");
                End(by, cluster, LinkEnd.StopStandby);
                break;
            case "promote":
                Submit(by, cluster, "promote_standby");
                End(by, cluster, LinkEnd.PromoteStandby);
                break;
            case "end":
                End(by, cluster, Enum.Parse<LinkEnd>(more[0]));
                break;
            case "fence" or "lift":
                Submit(by, cluster, "set_readonly");
                Record(by, cluster, what == "fence" ? WorldEventKind.ReadOnlyOn : WorldEventKind.ReadOnlyOff);
                break;
            case "submit":
                Submit(by, cluster, more[0]);
                break;
            default:
                Record(by, cluster, Enum.Parse<WorldEventKind>(what));
                break;
        }
    }

    private void Submit(string by, string cluster, string operation)
    {
        _jobs++;
        _events.Add(Event(by, cluster, WorldEventKind.Submitted) with { Operation = operation });
    }

    private void Link(string by, string cluster, string[] more, string? job = null)
    {
        var linked = Event(by, cluster, WorldEventKind.Linked) with
        {
            Source = new SourceEndpoint(more[0], "pek3b"),
            SyncWay = more is [_, "increment"] ? SyncWay.Increment : SyncWay.Full,
        };
        _events.Add(linked with { JobId = job ?? linked.JobId });
    }

    private void End(string by, string cluster, LinkEnd cause) =>
        _events.Add(Event(by, cluster, WorldEventKind.LinkEnded) with { Cause = cause });

    private void Record(string by, string cluster, WorldEventKind kind) => _events.Add(Event(by, cluster, kind));

    private WorldEvent Event(string by, string cluster, WorldEventKind kind) =>
        new(_now, cluster, kind, by, $"j-{_jobs}");
}
