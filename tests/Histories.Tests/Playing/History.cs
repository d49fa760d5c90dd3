using System.Globalization;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Histories.Broken;
using QingCloudMySqlStandby.Histories.Oracle;
using QingCloudMySqlStandby.Histories.Scripts;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>What a history led to.</summary>
/// <param name="Violations">The broken promises.</param>
/// <param name="Reached">How often each step, refusal and warning was seen.</param>
/// <param name="Excused">How often each limit excused something.</param>
/// <param name="End">How the clusters are in the end.</param>
internal sealed record Outcome(
    IReadOnlyList<Violation> Violations,
    IReadOnlyDictionary<string, int> Reached,
    IReadOnlyDictionary<KnownLimit, int> Excused,
    IReadOnlyList<ClusterEnd> End
);

/// <summary>How a cluster is in the end.</summary>
/// <param name="Source">What it replicates from, and as whom; null: it is not linked.</param>
/// <param name="Data">The writes that it holds; empty where it is not linked.</param>
internal sealed record ClusterEnd(string Id, SourceEndpoint? Source, bool IsReadOnly, string Data);

/// <summary>Plays a script on a world of its own, and has the oracle judge what happened.</summary>
internal sealed class History
{
    private readonly Scene _scene;
    private readonly Bystanders _bystanders;
    private readonly Dictionary<string, Commands> _stacks = new(StringComparer.Ordinal);
    private Commands _stack;

    private History(Scene scene)
    {
        _scene = scene;
        _bystanders = new Bystanders(scene);
        _stack = StackOf("dev");
    }

    /// <summary>Plays a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="broken">A provider that is broken on purpose; null for the provider as it is.</param>
    /// <param name="trace">Gets what happened, for readers.</param>
    public static Outcome Play(Script script, BrokenBuild? broken = null, List<string>? trace = null)
    {
        var settings = script.Steps.Where(step => step.Verb == "knobs").SelectMany(step => step.Options);
        var knobs = settings.Aggregate(new Knobs(), (all, knob) => all.With(knob.Key, knob.Value));
        using var scene = new Scene(knobs, broken) { Trace = trace };
        try
        {
            SimulatedTime.Run(scene.World.Time, () => new History(scene).PlayAsync(script));
        }
        catch (TimeoutException hang)
        {
            scene.Violate(0, hang.Message);
        }

        return scene.Judge();
    }

    private async Task PlayAsync(Script script)
    {
        // Clusters are older than programs.
        await _scene.World.PassAsync(TimeSpan.FromDays(1));
        foreach (var step in script.Steps)
        {
            _scene.Trace?.Add($"{step}");
            await PlayAsync(step);
        }
    }

    private async Task PlayAsync(Step step)
    {
        switch (step.Verb)
        {
            case "knobs":
                break;
            case "stack":
                _stack = StackOf(step.Words[0]);
                break;
            case "zone":
                _stack.Stack.Configuration = _stack.Stack.Configuration.With("zone", step.Words[0]);
                break;
            case "set":
                Set(step);
                break;
            case "drop":
                _stack.Drop(step.Words[0]);
                break;
            case "rename":
                _stack.Rename(step.Words[0], step.Words[1], step.Is("alias"));
                break;
            case "state":
                EditState(step);
                break;
            case "write":
                _bystanders.Write(step);
                break;
            case "lag":
                _scene.World.Cloud.SetLagging(Declared.IdOf(step.Words[0]), Durations.Parse(step.Words[1]));
                break;
            case "foreign":
                _scene.SetForeign(step.Words[0] == "true");
                break;
            case "fault":
                _scene.World.Api.AddFault(step.Words[0]);
                break;
            case "takes":
                _scene.World.Cloud.SetDuration(step.Words[0], Durations.Parse(step.Words[1]));
                break;
            case "wait":
                await _scene.World.PassAsync(Durations.Parse(step.Words[0]));
                break;
            case "calm":
                await CalmDownAsync(step.Words[0]);
                break;
            case "console" or "script" or "timer" or "platform":
                _bystanders.Act(step);
                break;
            default:
                await _stack.RunAsync(step);
                break;
        }
    }

    private void Set(Step step)
    {
        var name = step.Words[0];
        var declared = _stack.Program.GetValueOrDefault(name) ?? Declared.Default;
        foreach (var (setting, value) in step.Options)
            declared = declared.With(setting, value);
        if (step["relink"] is { } relink)
            declared = declared.With("relink", ConsentOf(relink, declared.ClusterId));

        _stack.Declare(name, declared);
    }

    private void EditState(Step step)
    {
        var to = step.Words.ElementAtOrDefault(2);
        var target = step.Words[0] == "move" ? StackOf(to!) : null;
        _stack.EditState(step.Words[0], step.Words[1], to, target);
    }

    private string ConsentOf(string relink, string cluster)
    {
        var (jobs, now) = (
            _scene.World.Cloud.Jobs.Where(job => job.ClusterId == cluster),
            _scene.World.Time.GetUtcNow()
        );
        return relink switch
        {
            "last" => jobs.FirstOrDefault()?.Id ?? "none",
            "start" => jobs.FirstOrDefault(job => job.Service == "start_standby")?.Id ?? "none",
            "now" => Instant(now),
            "old" => Instant(now.AddDays(-1)),
            "future" => Instant(now.AddDays(1)),
            _ => relink,
        };

        static string Instant(DateTimeOffset time) =>
            time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private async Task CalmDownAsync(string wish)
    {
        var calm = new Calm(_scene, wish);
        await _bystanders.EndAsync();
        await calm.RestoreAsync();
        var stacks = _stacks.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Value).ToList();
        Calm.Settle(stacks);
        foreach (var stack in stacks)
            await calm.ComeToRestAsync(stack);
    }

    private Commands StackOf(string name) =>
        _stacks.TryGetValue(name, out var known) ? known : _stacks[name] = new Commands(_scene, name);
}
