using System.Collections.Immutable;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.World;

/// <summary>How a run goes, beside what it is for.</summary>
public sealed record RunOptions
{
    public bool Preview { get; init; }

    /// <summary>When the user presses Ctrl-C.</summary>
    public TimeSpan? CancelAfter { get; init; }

    public Kill? Kill { get; init; }

    /// <summary>A resource that is replaced whatever has changed, as with <c>pulumi up --replace</c>.</summary>
    public string? Replace { get; init; }
}

/// <summary>How one resource fared in a run.</summary>
public sealed record Outcome(string Name, string Done, Exception? Error)
{
    public bool IsSame => Error is null && Done == "same";
}

/// <summary>How a run ended.</summary>
public sealed record RunReport(ImmutableList<Outcome> Outcomes, bool WasKilled)
{
    public bool IsSuccess => !WasKilled && Outcomes.All(outcome => outcome.Error is null);

    public bool IsSame => IsSuccess && Outcomes.All(outcome => outcome.IsSame);

    public override string ToString() => (WasKilled ? "killed; " : "") + string.Join(
        "; ", Outcomes.Select(outcome => $"{outcome.Name}: {outcome.Error?.Message ?? outcome.Done}"));
}

/// <summary>
/// The engine's part for a program of several resources: <see cref="Stack"/>, with resources side by side, and with processes
/// that die. What a dead run was about to write to the state file is never written.
/// </summary>
public sealed class ProgramStack(SimulatedWorld world, ProviderVariant? variant = null)
{
    /// <summary>A process takes a moment to start: what one did and what the next does never falls on the same instant.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(100);

    private readonly List<Operation> _operations = [];

    public StateFile State { get; internal set; } = StateFile.Empty;

    /// <summary>Every call that the engine made, oldest first.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    public Task<RunReport> UpAsync(IReadOnlyDictionary<string, PropertyMap> program, RunOptions? options = null) =>
        RunAsync(options, deployment => deployment.UpAsync(program));

    public Task<RunReport> DestroyAsync(RunOptions? options = null) => RunAsync(options, deployment => deployment.DestroyAsync());

    public Task<RunReport> RefreshAsync(RunOptions? options = null) => RunAsync(options, deployment => deployment.RefreshAsync());

    public Task<RunReport> ImportAsync(string name, string id, RunOptions? options = null) =>
        RunAsync(options, deployment => deployment.ImportAsync(name, id));

    private async Task<RunReport> RunAsync(RunOptions? options, Func<Deployment, Task> body)
    {
        await Task.Delay(StartUp, world.Clock);
        using var interrupt = new CancellationTokenSource(options?.CancelAfter ?? Timeout.InfiniteTimeSpan, world.Clock);
        var process = await world.StartProcessAsync(options?.Kill, variant);
        var deployment = new Deployment(this, process, world.Clock, options ?? new RunOptions(), _operations.Add, interrupt.Token);
        await await Task.WhenAny(body(deployment), process.Killed);
        var report = new RunReport(deployment.Outcomes, process.IsDead);
        process.KillNow();
        return report;
    }
}
