namespace QingCloudMySqlStandby.Histories.Oracle;

/// <summary>Compares what truly happened with what programs consented to and with what the provider said.</summary>
internal sealed class HistoryOracle(IReadOnlyList<WorldEvent> events, Runs runs, KnownLimits limits)
{
    private readonly List<Violation> _violations = [];

    /// <summary>Answers the broken promises that no limit excuses, and counts those that one excuses.</summary>
    public IReadOnlyList<Violation> Judge()
    {
        foreach (var (index, past) in events.Index().Where(each => each.Item.Caller.Contains('#')))
        {
            var run = runs.By(past) ?? throw new InvalidOperationException($"{past.Caller} acted without an intent.");
            Check(run, past.At, index, index, rules => rules.OfAct(past), false);
        }

        foreach (var run in runs.All)
        {
            foreach (var said in run.Statements)
                Check(run, said.At, FirstUnknown(run, said), Count(said.At), rules => rules.OfStatement(said), true);
            var (end, isLook) = (Count(run.End), events.All(past => past.Caller != run.Caller));
            Check(run, run.End, end, end, rules => rules.OfEnd(), isLook);
            Check(run, run.End, events.Count, events.Count, rules => rules.OfWrites(), false);
        }

        return _violations;
    }

    private int Count(DateTimeOffset until) => events.Count(past => past.At <= until);

    // What others did since the run began, it may not know. What it did itself before it spoke, it knows.
    private int FirstUnknown(Run run, Statement said)
    {
        bool IsOwn(WorldEvent past) =>
            past.Caller == run.Caller && past.ClusterId == said.ClusterId && past.At < said.At;
        bool IsKnown(WorldEvent past) =>
            past.At < run.Start || (IsOwn(past) && (run.Succeeded || past.Kind == WorldEventKind.Submitted));
        return events.Index().LastOrDefault(each => IsKnown(each.Item), (-1, null!)).Index + 1;
    }

    /// <summary>Reports what is wrong at every moment from one to another, unless a limit excuses it.</summary>
    private void Check(Run run, DateTimeOffset at, int from, int to, Func<Rules, IEnumerable<Problem?>> rule, bool look)
    {
        foreach (var problem in Problems(past => past))
        {
            var views = limits.Views(run, at, look);
            var excuse = views.FirstOrDefault(view => Problems(view.See).All(each => each.Promise != problem.Promise));
            var processes =
                run.Intent.TwoProcesses && problem.Promise is (1 or 6 or 8 or 9) ? KnownLimit.TwoProcesses : null;
            if ((problem.Excuse ?? excuse.Why ?? processes) is { } limit)
                limits.Uses.Add(limit);
            else
                _violations.Add(new Violation(problem.Promise, at, $"{run.Caller}: {problem.Description}"));
        }

        List<Problem> Problems(Func<WorldEvent, WorldEvent?> see)
        {
            var (world, problems) = (new World(), new List<Problem>());
            for (var index = 0; index <= to; index++)
            {
                if (index == from || (index > from && problems.Count > 0))
                    problems = [.. rule(new Rules(world, run, runs)).OfType<Problem>()];
                if (index < to && see(events[index]) is { } seen)
                    world.Add(seen);
            }

            return problems;
        }
    }
}

/// <summary>A broken promise, by its number in the design. 9: the switchover. 10: a look must change nothing.</summary>
internal sealed record Violation(int Promise, DateTimeOffset At, string Description);
