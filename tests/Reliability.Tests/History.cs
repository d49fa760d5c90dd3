using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Reliability.Tests.Checks;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>
/// A script, lived through in a test environment of its own: the real provider and client over the simulator, on
/// simulated time. After every step the promises are checked; in the end everything that went wrong stops, and the
/// program must come to rest.
/// </summary>
internal sealed class History : IDisposable
{
    private static readonly TimeSpan LongestJob = TimeSpan.FromHours(31);

    private readonly TestEnvironment _environment;
    private readonly Promises _promises;
    private readonly ProviderVariant? _variant;
    private readonly SortedDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly List<Task> _later = [];
    private Lane _lane;

    private History(Echo echo, ProviderVariant? variant)
    {
        _environment = new TestEnvironment(echo: echo);
        _variant = variant;
        _lane = LaneOf("dev");
        _promises = new Promises(_environment, echo, () => _lanes.Values.Select(lane => lane.Stack));
    }

    /// <summary>
    /// Lives through a script; returns every call that the API got and what befell the clusters, a line each.
    /// </summary>
    /// <exception cref="ViolationException">A promise was broken.</exception>
    public static IEnumerable<string> Live(Script script, ProviderVariant? variant = null)
    {
        using var history = new History(script.Echo, variant);
        history._environment.Run(() => history.LiveAsync(script));
        return history.Lines();
    }

    public void Dispose() => _environment.Dispose();

    private IEnumerable<string> Lines() =>
        _environment.Api.Calls.Kept.Select(Line).Concat(_environment.Cloud.History.Select(past => past.ToString()));

    private static string Line(Call call) =>
        FormattableString.Invariant($"{call.At:O} {call.Action} {call.Service} {call.RetCode}");

    private async Task LiveAsync(Script script)
    {
        foreach (var step in script.Steps)
        {
            await TakeAsync(step);
            _promises.Check();
        }

        await CalmDownAsync();
        if (_environment.Cloud.Clusters.Any(cluster => new ClusterPast(_environment, cluster.Id).IsMisleading))
            return;

        foreach (var lane in _lanes.Values)
        {
            await new Convergence(
                _environment,
                lane,
                _lanes.Values.Where(other => other != lane),
                _promises
            ).ComeToRestAsync();
        }
    }

    private Lane LaneOf(string stack) =>
        _lanes.TryGetValue(stack, out var lane)
            ? lane
            : _lanes[stack] = new Lane(new ProgramStack(_environment, _variant, stack));

    private Task TakeAsync(Step step)
    {
        switch (step)
        {
            case Step.Echoes:
                break;
            case Step.Stack stack:
                _lane = LaneOf(stack.Name);
                break;
            case Step.Edit edit:
                var before = _lane.Program.GetValueOrDefault(edit.Resource) ?? new Declaration();
                _lane.Program = _lane.Program.SetItem(
                    edit.Resource,
                    Resolved(
                        edit.Settings.Aggregate(
                            before,
                            (declared, setting) => declared.With(setting.Key, setting.Value)
                        )
                    )
                );
                break;
            case Step.Drop drop:
                _lane.Program = _lane.Program.Remove(drop.Resource);
                break;
            case Step.Rename rename:
                _lane.Rename(rename.From, rename.To, rename.Alias);
                break;
            case Step.Taint taint:
                _lane.Taint(taint.Resource);
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
    private Declaration Resolved(Declaration declared) =>
        declared.Relink != Declaration.LastJob
            ? declared
            : declared with
            {
                Relink =
                    _environment
                        .Cloud.Jobs.FirstOrDefault(job => job.ClusterId == Declaration.ClusterId(declared.Cluster))
                        ?.Id
                    ?? "j-none",
            };

    private async Task RunAsync(Step.Command command)
    {
        var (stack, run) = (_lane.Stack, await _lane.RunAsync(command));
        _promises.CheckRun(stack, run);
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
        catch (RefusedException) { }
    }

    /// <summary>Faults and interference stop, every job comes to its end, and what was suspended is resumed.</summary>
    private async Task CalmDownAsync()
    {
        await Task.WhenAll(_later);
        _environment.Api.Faults.Clear();
        _environment.Cloud.ClearJobPlans();
        foreach (var service in new[] { "start_standby", "stop_standby", "promote_standby" })
            _environment.Cloud.SetDuration(service, TimeSpan.FromSeconds(2));

        if (_environment.Cloud.Jobs.Any(job => job.UnderWay))
            await Task.Delay(LongestJob, _environment.Clock);

        foreach (var cluster in _environment.Cloud.Clusters.Where(cluster => cluster.Status == ClusterStatus.Suspended))
            _environment.Cloud.SetStatus(cluster.Id, ClusterStatus.Active);
    }
}
