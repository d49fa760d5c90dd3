using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Environments;
using QingCloudMySqlStandby.Reliability.Tests.Checks;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>
/// A script, lived through in a test environment of its own: the real provider and client over the simulator, on simulated time. After every
/// step the promises are checked; in the end everything that went wrong stops, and the program must come to rest.
/// </summary>
internal sealed class History : IDisposable
{
    private static readonly TimeSpan LongestJob = TimeSpan.FromHours(31);

    private readonly TestEnvironment _environment = new();
    private readonly ProgramStack _stack;
    private readonly Secrecy _secrecy;
    private readonly List<Task> _later = [];
    private ImmutableSortedDictionary<string, Declaration> _program =
        ImmutableSortedDictionary.Create<string, Declaration>(StringComparer.Ordinal);

    private int _ordersChecked;
    private int _operationsChecked;

    private History(ProviderVariant? variant)
    {
        _stack = new ProgramStack(_environment, variant);
        _secrecy = new Secrecy(_environment);
    }

    /// <summary>Lives through a script; returns every call that the API got and what befell the clusters, a line each.</summary>
    /// <exception cref="ViolationException">A promise was broken.</exception>
    public static string Live(Script script, ProviderVariant? variant = null)
    {
        using var history = new History(variant);
        history._environment.Run(() => history.LiveAsync(script));
        return history.Tell();
    }

    public void Dispose() => _environment.Dispose();

    private string Tell() => string.Join(
        Environment.NewLine,
        _environment.Api.Calls.Kept.Select(call => FormattableString.Invariant($"{call.At:O} {call.Action} {call.Service} {call.RetCode}"))
            .Concat(_environment.Cloud.History.Select(past => past.ToString())));

    private async Task LiveAsync(Script script)
    {
        foreach (var step in script.Steps)
        {
            await TakeAsync(step);
            CheckPromises();
        }

        await CalmDownAsync();
        if (_environment.Cloud.Clusters.Any(cluster => new ClusterPast(_environment, cluster.Id).IsMisleading))
        {
            return;
        }

        var convergence = new Convergence(_environment, _stack, _program, CheckPromises);
        await convergence.ComeToRestAsync();
    }

    private Task TakeAsync(Step step)
    {
        switch (step)
        {
            case Step.Edit edit:
                var before = _program.GetValueOrDefault(edit.Resource) ?? new Declaration();
                _program = _program.SetItem(edit.Resource, Resolved(edit.Settings.Aggregate(
                    before, (declared, setting) => declared.With(setting.Key, setting.Value))));
                break;
            case Step.Drop drop:
                _program = _program.Remove(drop.Resource);
                break;
            case Step.Rename rename:
                _program = _program.TryGetValue(rename.From, out var renamed)
                    ? _program.Remove(rename.From).SetItem(rename.To, renamed)
                    : _program;
                break;
            case Step.Command command:
                return RunAsync(command);
            case Step.Fault fault:
                _environment.Api.AddFault(fault.Spec);
                break;
            case Step.Takes takes:
                _environment.Cloud.SetDuration(takes.Service, takes.Duration);
                break;
            case Step.Console { Later: { } later } console:
                _later.Add(LaterAsync(later, console));
                break;
            case Step.Console console:
                Do(console);
                break;
            case Step.Wait wait:
                return Task.Delay(wait.Time, _environment.Clock);
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }

        return Task.CompletedTask;
    }

    /// <summary>Whoever consents to a new start has seen which job ran last.</summary>
    private Declaration Resolved(Declaration declared) => declared.Relink != Declaration.LastJob
        ? declared
        : declared with
        {
            Relink = _environment.Cloud.Jobs
                .FirstOrDefault(job => job.ClusterId == Declaration.ClusterId(declared.Cluster))?.Id ?? "j-none",
        };

    private Task<RunResult> RunAsync(Step.Command command)
    {
        var interference = new Interference { CancelAfter = command.CancelAfter, Kill = command.Kill };
        var options = new RunOptions { Replace = command.Resource is { } replaced ? [_stack.UrnOf(replaced)] : [] };
        _stack.Program = Declaration.ProgramOf(_program);
        return command.Kind switch
        {
            CommandKind.Refresh => _stack.RefreshAsync(null, interference),
            CommandKind.Destroy => _stack.DestroyAsync(null, interference),
            CommandKind.Import => _stack.ImportAsync(command.Resource!, Declaration.ClusterId(command.Cluster!), interference),
            CommandKind.Preview => _stack.PreviewAsync(options, interference),
            _ => _stack.UpAsync(options, interference),
        };
    }

    private async Task LaterAsync(TimeSpan later, Step.Console console)
    {
        await Task.Delay(later, _environment.Clock);
        Do(console);
    }

    /// <summary>What the cloud refuses at the console does not happen.</summary>
    private void Do(Step.Console console)
    {
        var cluster = Declaration.ClusterId(console.Cluster);
        var source = new SourceEndpoint(Declaration.ClusterId(console.Source ?? "S"), TestEnvironment.SourceZone)
        {
            Host = Declaration.HostOf(7),
            User = Declaration.UserOf(1),
            Password = Declaration.PasswordOf(7),
        };
        try
        {
            _ = console.Verb switch
            {
                "promote" => _environment.Cloud.PromoteByConsole(cluster),
                "stop" => _environment.Cloud.StopByConsole(cluster),
                "start" => _environment.Cloud.StartByConsole(cluster, source),
                "change" => _environment.Cloud.ChangeSource(cluster, source),
                "suspend" => _environment.Cloud.Suspend(cluster),
                "resume" => _environment.Cloud.Resume(cluster),
                "delete" => _environment.Cloud.DeleteCluster(cluster),
                _ => throw new FormatException($"'{console.Verb}' is nothing that is done at the console"),
            };
        }
        catch (RefusedException)
        {
        }
    }

    /// <summary>Faults and interference stop, every job comes to its end, and what was suspended is resumed.</summary>
    private async Task CalmDownAsync()
    {
        await Task.WhenAll(_later);
        _environment.Api.Faults.Clear();
        _environment.Cloud.ClearJobPlans();
        foreach (var service in new[] { "start_standby", "stop_standby", "promote_standby" })
        {
            _environment.Cloud.SetDuration(service, TimeSpan.FromSeconds(2));
        }

        if (_environment.Cloud.Jobs.Any(job => job.UnderWay))
        {
            await Task.Delay(LongestJob, _environment.Clock);
        }

        foreach (var cluster in _environment.Cloud.Clusters.Where(cluster => cluster.Status == ClusterStatus.Suspended))
        {
            _environment.Cloud.SetStatus(cluster.Id, ClusterStatus.Active);
        }
    }

    private void CheckPromises()
    {
        var orders = Order.Of(_environment, _stack);
        var ended = _stack.Operations.Skip(_operationsChecked).ToList();
        OrderRules.Check(_environment, orders, _ordersChecked);
        Answers.Check(_environment, orders, ended);
        Agreement.Check(_environment, _stack, ended);
        _secrecy.Check(_stack, ended);
        _ordersChecked = orders.Count;
        _operationsChecked = _stack.Operations.Count;
    }
}
