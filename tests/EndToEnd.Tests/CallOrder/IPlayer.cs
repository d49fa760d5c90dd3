using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.CallOrder;

/// <summary>What interferes with a run when a call has the fault <c>disturb</c>.</summary>
internal enum Disturbance
{
    None,
    Interrupt,
    Kill,
}

/// <summary>Plays a scenario: on Pulumi's engine or on the driver.</summary>
internal interface IPlayer
{
    /// <summary>The provider.</summary>
    Things Things { get; }

    /// <summary>What the program declares.</summary>
    StackProgram Program { get; set; }

    /// <summary>Runs a command of Pulumi's; its end and the provider's calls are added to the story.</summary>
    Task RunAsync(string command, RunOptions? options = null, Disturbance disturbance = Disturbance.None);
}

/// <summary>Plays on the driver, on simulated time.</summary>
internal sealed class DriverPlayer : IPlayer, IPluginHost
{
    private readonly Driver.Simulation.ManualTimeProvider _clock = new();
    private readonly Stack _stack;

    private DriverPlayer() => _stack = new Stack(this);

    public Things Things { get; } = new();
    public List<IReadOnlyList<string>> Story { get; } = [];
    public TimeProvider Clock => _clock;

    public StackProgram Program
    {
        get => _stack.Program;
        set => _stack.Program = value;
    }

    public static IReadOnlyList<IReadOnlyList<string>> Play(Func<IPlayer, Task> scenario)
    {
        var player = new DriverPlayer();
        Driver.Simulation.SimulatedTime.Run(player._clock, () => scenario(player));
        return player.Story;
    }

    public async Task RunAsync(string command, RunOptions? options = null, Disturbance disturbance = Disturbance.None)
    {
        using var disturbed = new CancellationTokenSource();
        Things.Disturb = disturbed.Cancel;
        var run = options ?? new RunOptions();
        run = disturbance switch
        {
            Disturbance.Interrupt => run with { Interrupt = disturbed.Token },
            Disturbance.Kill => run with { Crash = disturbed.Token },
            _ => run,
        };
        var words = command.Split(' ');
        var succeeded = words[0] switch
        {
            "up" => (await _stack.UpAsync(run)).Succeeded,
            "preview" => (await _stack.PreviewAsync(run)).Succeeded,
            "refresh" => (await _stack.RefreshAsync(run)).Succeeded,
            "destroy" => (await _stack.DestroyAsync(run)).Succeeded,
            "import" => (await _stack.ImportAsync(words[1], words[2], Things.Type, options: run)).Succeeded,
            _ => Edit(words),
        };
        Story.Add([$"{command}: {(succeeded ? "succeeded" : "failed")}", .. Things.TakeCalls()]);
    }

    public Func<IEngineLog, Task<IPlugin>> Begin(Stack stack, RunOptions options, Action die) =>
        _ =>
            Task.FromResult<IPlugin>(
                new Driver.Simulation.ProviderProcess(
                    _clock,
                    new HttpClientHandler(),
                    () => null,
                    process => process.Kill(),
                    _ => Things
                )
            );

    private bool Edit(string[] words)
    {
        switch (words)
        {
            case ["state", "taint", var name]:
                _stack.Taint(name);
                break;
            case ["state", "unprotect", var name]:
                _stack.Unprotect(name);
                break;
            case ["state", "rename", var name, var newName]:
                _stack.Rename(name, newName);
                break;
            case ["state", "delete", var name]:
                _stack.Forget(name);
                break;
            case ["cancel"]:
                break;
            default:
                throw new InvalidOperationException($"There is no command '{string.Join(' ', words)}'.");
        }

        return true;
    }
}
