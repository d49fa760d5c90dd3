using System.Text.RegularExpressions;
using System.Collections.Immutable;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.World;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>
/// Once nothing goes wrong any more, running the program again and again, and doing what a refusal says when there is one, ends
/// with a program and a cloud that are the same, within a few runs.
/// </summary>
internal sealed partial class Convergence(
    SimulatedWorld world, ProgramStack stack, ImmutableSortedDictionary<string, Declaration> program, Action checkPromises)
{
    private const int MostRuns = 14;

    private readonly List<string> _told = [];
    private ImmutableSortedDictionary<string, Declaration> _program = program;
    private int _choices;

    private string Told => string.Join(" | ", _told.TakeLast(3));

    public async Task ComeToRestAsync()
    {
        for (var run = 0; run < MostRuns; run++)
        {
            var report = await stack.UpAsync(Inputs());
            checkPromises();
            if (report.IsSame)
            {
                await StayAtRestAsync();
                return;
            }

            _told.Add(report.ToString());
            foreach (var outcome in report.Outcomes.Where(outcome => outcome.Error is not null))
            {
                await DoAsSaidAsync(outcome);
                checkPromises();
            }
        }

        throw Violation($"{MostRuns} runs did not come to rest: {Told}");
    }

    /// <summary>At rest a preview, a refresh and another run change nothing.</summary>
    private async Task StayAtRestAsync()
    {
        var orders = world.Orders("start_standby") + world.Orders("stop_standby") + world.Orders("promote_standby");
        foreach (var act in new Func<Task<RunReport>>[]
        {
            () => stack.UpAsync(Inputs(), new RunOptions { Preview = true }),
            () => stack.RefreshAsync(),
            () => stack.UpAsync(Inputs()),
        })
        {
            var report = await act();
            checkPromises();
            if (!report.IsSuccess)
            {
                throw Violation($"at rest: {report}");
            }

            if (!report.IsSame)
            {
                _told.Add(report.ToString());
                await ComeToRestAfterRefreshAsync();
                return;
            }
        }

        if (orders != world.Orders("start_standby") + world.Orders("stop_standby") + world.Orders("promote_standby"))
        {
            throw Violation("something was ordered at rest");
        }
    }

    /// <summary>A refresh may find what a state file did not know: a failover, another source. Then a few more runs follow.</summary>
    private async Task ComeToRestAfterRefreshAsync()
    {
        for (var run = 0; run < MostRuns; run++)
        {
            var report = await stack.UpAsync(Inputs());
            checkPromises();
            if (report.IsSame)
            {
                var refreshed = await stack.RefreshAsync();
                checkPromises();
                if (refreshed.IsSame)
                {
                    return;
                }
            }

            _told.Add(report.ToString());
            foreach (var outcome in report.Outcomes.Where(outcome => outcome.Error is not null))
            {
                await DoAsSaidAsync(outcome);
                checkPromises();
            }
        }

        throw Violation($"after a refresh {MostRuns} runs did not come to rest: {Told}");
    }

    /// <summary>Makes one of the choices that the message offers, another one each time.</summary>
    private async Task DoAsSaidAsync(Outcome outcome)
    {
        var message = outcome.Error!.Message;
        var declared = _program.GetValueOrDefault(outcome.Name);
        if (Says("that this resource did not start") || Says("another source"))
        {
            await (declared is not null && _choices++ % 2 == 0 ? ImportAsync(outcome.Name, declared) : StopByConsoleAsync(NamedIn(message)));
        }
        else if (declared is null)
        {
            // What is being deleted can only be tried again, or looked at first.
            await (_choices++ % 2 == 0 ? Task.CompletedTask : stack.RefreshAsync());
        }
        else if (RelinkAfter().Match(message) is { Success: true } consent)
        {
            Choose(outcome.Name, declared, consent.Groups["job"].Value);
        }
        else if (Says("Run pulumi refresh to take note of it"))
        {
            await stack.RefreshAsync();
        }
        else if (Says("It is not taken over by guess"))
        {
            await ImportAsync(outcome.Name, declared);
        }
        else if (Says("promoted: true cannot be carried out"))
        {
            Edit(outcome.Name, declared with { Promoted = false });
            await stack.RefreshAsync();
        }
        else if (Says("does not exist") || Says("must be active") || Says("is the standby of"))
        {
            _program = _program.Remove(outcome.Name);
            await stack.RefreshAsync();
        }

        bool Says(string text) => message.Contains(text, StringComparison.Ordinal);
    }

    /// <summary>The three choices after a failover: accept it, leave the cluster alone, or replicate again.</summary>
    private void Choose(string name, Declaration declared, string jobId)
    {
        switch (_choices++ % 3)
        {
            case 0:
                Edit(name, declared with { Promoted = true, Relink = null });
                break;
            case 1:
                Edit(name, declared with { Promoted = false, Relink = jobId });
                break;
            default:
                _program = _program.Remove(name);
                break;
        }
    }

    [GeneratedRegex("relinkAfter: (?<job>j-[0-9a-z]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex RelinkAfter();

    /// <summary>What the state file has already is refreshed; the rest is imported.</summary>
    private Task<RunReport> ImportAsync(string name, Declaration declared) => stack.State.Resources.ContainsKey(name)
        ? stack.RefreshAsync()
        : stack.ImportAsync(name, Declaration.ClusterId(declared.Cluster));

    private static string NamedIn(string message) =>
        new[] { SimulatedWorld.Standby, SimulatedWorld.OtherStandby }.First(id => message.Contains(id, StringComparison.Ordinal));

    private async Task StopByConsoleAsync(string cluster)
    {
        try
        {
            world.Cloud.StopByConsole(cluster);
        }
        catch (RefusedException)
        {
        }

        await Task.Delay(TimeSpan.FromMinutes(1), world.Clock);
    }

    private void Edit(string name, Declaration declared) => _program = _program.SetItem(name, declared);

    private Dictionary<string, PropertyMap> Inputs() =>
        _program.ToDictionary(resource => resource.Key, resource => resource.Value.ToInputs());

    private static ViolationException Violation(string what) => new("every run of the program converges", what);
}
