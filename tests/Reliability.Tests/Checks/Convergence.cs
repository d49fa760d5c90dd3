using System.Collections.Immutable;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>Once nothing goes wrong any more, running the program again and again, and doing what a refusal says when
/// there is one, ends with a program and a cloud that are the same, within a few runs.</summary>
internal sealed partial class Convergence(
    TestEnvironment environment,
    Lane lane,
    IEnumerable<Lane> others,
    Promises promises
)
{
    private const int MostRuns = 14;
    private const int MostFailures = 3;

    private readonly List<string> _reports = [];
    private readonly ProgramStack _stack = lane.Stack;
    private int _choices;
    private int _failures;

    private string Reports => string.Join(" | ", _reports.TakeLast(3));

    public async Task ComeToRestAsync()
    {
        lane.LiftTimeLimits();
        for (var run = 0; run < MostRuns; run++)
        {
            var report = await UpAsync();
            promises.Check();
            if (IsSame(report))
            {
                await StayAtRestAsync();
                return;
            }

            _reports.Add(Text(report));
            foreach (var failure in report.Failures)
            {
                await DoAsSaidAsync(failure.Name, failure.Message);
                promises.Check();
            }
        }

        throw Violation($"{MostRuns} runs did not come to rest: {Reports}");
    }

    /// <summary>At rest a preview, a refresh and another run change nothing.</summary>
    private async Task StayAtRestAsync()
    {
        var submissions = Submission.Of(environment).Count;
        foreach (var act in new Func<Task<RunResult>>[] { PreviewAsync, () => _stack.RefreshAsync(), UpAsync })
        {
            var report = await act();
            promises.Check();
            if (!report.Succeeded)
                throw Violation($"at rest: {Text(report)}");

            if (!IsSame(report))
            {
                _reports.Add(Text(report));
                await ComeToRestAfterRefreshAsync();
                return;
            }
        }

        if (Submission.Of(environment).Count != submissions)
            throw Violation("something was submitted at rest");
    }

    /// <summary>A refresh may find what a state file did not know: a failover, another source. Then a few more runs
    /// follow.</summary>
    private async Task ComeToRestAfterRefreshAsync()
    {
        LeaveOneForEachCluster();
        for (var run = 0; run < MostRuns; run++)
        {
            var report = await UpAsync();
            promises.Check();
            if (IsSame(report))
            {
                var refreshed = await _stack.RefreshAsync();
                promises.Check();
                if (IsSame(refreshed))
                    return;
            }

            _reports.Add(Text(report));
            foreach (var failure in report.Failures)
            {
                await DoAsSaidAsync(failure.Name, failure.Message);
                promises.Check();
            }
        }

        throw Violation($"after a refresh {MostRuns} runs did not come to rest: {Reports}");
    }

    /// <summary>Makes one of the choices that the message offers, another one each time.</summary>
    private async Task DoAsSaidAsync(string name, string message)
    {
        var declared = lane.Program.GetValueOrDefault(name);
        if (promises.Echo == Echo.None && ++_failures > MostFailures)
        {
            // Nothing but the state file says what there is: where it is wrong, somebody has to say so.
            _failures = 0;
            promises.GiveUp(lane.Forget(name));
        }
        else if (Says("take its protect option away first") || Says("and is protected"))
        {
            lane.Unprotect();
        }
        else if (Says("holds the placeholder") && declared is not null)
        {
            // The program has the password, but its options keep the engine from passing it on.
            Edit(name, declared.WithOption("ignore", "none"));
        }
        else if (Says("could not be cut"))
        {
            promises.GiveUp(lane.Forget(name));
        }
        else if (declared is not null && IsSomebodyElses() && IsClaimed(name, declared))
        {
            // Only one of two resources may manage a cluster.
            lane.Program = lane.Program.Remove(name);
        }
        else if (Says("that this resource did not start") || Says("another source"))
        {
            await (
                declared is not null && _choices++ % 2 == 0
                    ? ImportAsync(name, declared)
                    : StopByConsoleAsync(NamedIn(message))
            );
        }
        else if (declared is null)
        {
            // What is being deleted can only be tried again, or looked at first.
            await (_choices++ % 2 == 0 ? Task.CompletedTask : _stack.RefreshAsync());
        }
        else if (RelinkAfter().Match(message) is { Success: true } consent)
        {
            Choose(name, declared, consent.Groups["job"].Value, Says("promoted: true accepts"));
        }
        else if (Says("Run pulumi refresh to take note of it"))
        {
            await _stack.RefreshAsync();
        }
        else if (Says("It is not taken over by guess"))
        {
            await ImportAsync(name, declared);
        }
        else if (Says("promoted: true cannot be carried out"))
        {
            Edit(name, declared with { Promoted = false });
            await _stack.RefreshAsync();
        }
        else if (Says("does not exist") || Says("must be active") || Says("is the standby of"))
        {
            lane.Program = lane.Program.Remove(name);
            await _stack.RefreshAsync();
        }

        bool IsSomebodyElses() =>
            _stack.State.Find(name) is null
            && (Says("that this resource did not start") || Says("another source") || Says("not taken over by guess"));

        bool Says(string text) => message.Contains(text, StringComparison.Ordinal);
    }

    /// <summary>The three choices after a failover: accept it, leave the cluster alone, or replicate again.</summary>
    private void Choose(string name, Declaration declared, string jobId, bool canBeAccepted)
    {
        switch (_choices++ % 3)
        {
            case 0 when canBeAccepted:
                Edit(name, declared with { Promoted = true, Relink = null });
                break;
            case 0 or 1:
                Edit(name, declared with { Promoted = false, Relink = jobId });
                break;
            default:
                lane.Program = lane.Program.Remove(name);
                break;
        }
    }

    [GeneratedRegex("relinkAfter: (?<job>j-[0-9a-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex RelinkAfter();

    /// <summary>What the state file has already is refreshed; the rest is imported.</summary>
    private Task<RunResult> ImportAsync(string name, Declaration declared) =>
        _stack.State.Find(name) is not null
            ? _stack.RefreshAsync()
            : _stack.ImportAsync(name, Declaration.ClusterId(declared.Cluster));

    private static string NamedIn(string message) =>
        new[] { TestEnvironment.Standby, TestEnvironment.OtherStandby }.First(id =>
            message.Contains(id, StringComparison.Ordinal)
        );

    private async Task StopByConsoleAsync(string cluster)
    {
        try
        {
            environment.Cloud.StopByConsole(cluster);
        }
        catch (RefusedException) { }

        await Task.Delay(TimeSpan.FromMinutes(1), environment.Clock);
    }

    private void Edit(string name, Declaration declared) => lane.Program = lane.Program.SetItem(name, declared);

    private async Task<RunResult> UpAsync()
    {
        var run = await lane.RunAsync(new Step.Command(CommandKind.Up));
        promises.CheckRun(_stack, run);
        return run;
    }

    private Task<RunResult> PreviewAsync() => lane.RunAsync(new Step.Command(CommandKind.Preview));

    /// <summary>Two resources that both manage a cluster, after an import, undo each other's edits for ever: one is
    /// taken out of the state, as the refusal of a foreign link says.</summary>
    private void LeaveOneForEachCluster()
    {
        foreach (
            var name in lane.Program.Where(each => IsClaimed(each.Key, each.Value)).Select(each => each.Key).ToList()
        )
        {
            if (IsClaimed(name, lane.Program[name]))
            {
                promises.GiveUp(lane.Forget(name));
                lane.Program = lane.Program.Remove(name);
            }
        }
    }

    /// <summary>Whether another resource, of this stack or another, has the cluster in its state.</summary>
    private bool IsClaimed(string name, Declaration declared)
    {
        var cluster = "/" + Declaration.ClusterId(declared.Cluster);
        return others
            .Append(lane)
            .SelectMany(each => each.Stack.Links)
            .Any(link => link.Urn.Value != _stack.UrnOf(name) && link.Id.EndsWith(cluster, StringComparison.Ordinal));
    }

    private static bool IsSame(RunResult run) => run.Succeeded && !run.HasChanges;

    private static string Text(RunResult run) =>
        string.Join("; ", run.Steps.Select(step => $"{step.Name}: {step.Kind} {step.Outcome}").Concat(run.Errors));

    private static ViolationException Violation(string what) => new("every run of the program converges", what);
}
