using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.InProcess;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Link.Schema;

namespace QingCloudMySqlStandby.Environments;

/// <summary>How somebody, or something, interferes with a run.</summary>
internal sealed record Interference
{
    /// <summary>When the user presses Ctrl-C.</summary>
    public TimeSpan? CancelAfter { get; init; }

    public Kill? Kill { get; init; }
}

/// <summary>A stack of links in the test environment, run by the engine on simulated time, with processes that die.
/// What a dead run was about to write to the state is never written; the run after it begins with <c>pulumi
/// cancel</c>.</summary>
internal sealed class ProgramStack
{
    /// <summary>A process takes a moment to start: what one did and what the next does never falls on the same
    /// instant.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(100);

    private readonly TestEnvironment _environment;
    private readonly ProviderVariant? _variant;
    private readonly InProcessStack _home;
    private ProcessGroup _processes;

    public ProgramStack(TestEnvironment environment, ProviderVariant? variant = null, string name = "dev")
    {
        (_environment, _variant, _processes) = (environment, variant, new ProcessGroup(environment));
        _home = new InProcessStack
        {
            Name = new StackName("shop", name),
            Configuration = TestEnvironment.Configuration,
            Start = (_, _) => Start(),
        };
        Engine = new Stack(_home);
    }

    /// <summary>The engine's own commands, for what is not done in a run.</summary>
    public Stack Engine { get; }

    /// <summary>The program.</summary>
    public IReadOnlyList<DeclaredResource> Program
    {
        get => _home.Program;
        set => _home.Program = [.. value];
    }

    /// <summary>See <see cref="InProcessStack.GoesOnAfterFailures"/>.</summary>
    public bool GoesOnAfterFailures
    {
        get => _home.GoesOnAfterFailures;
        set => _home.GoesOnAfterFailures = value;
    }

    public StackState State => Engine.ReadState();

    /// <summary>The links in the state, those that wait for their deletion too.</summary>
    public IEnumerable<ResourceState> Links =>
        State.Resources.Where(resource => resource.Urn.Type == Names.StandbyReplication);

    /// <summary>A link as a program declares it.</summary>
    public static DeclaredResource Link(string name, PropertyMap inputs) => new(name, Names.StandbyReplication, inputs);

    /// <summary>An instance of the provider as a program declares it.</summary>
    public static DeclaredResource Provider(string name) =>
        new(name, "pulumi:providers:" + Names.Package, TestEnvironment.Configuration);

    public string UrnOf(string name) => _home.Name.UrnOf(Names.StandbyReplication, name).Value;

    public Task<RunResult> PreviewAsync(RunOptions? options = null, Interference? interference = null) =>
        RunAsync(Engine.PreviewAsync, options, interference);

    public Task<RunResult> UpAsync(RunOptions? options = null, Interference? interference = null) =>
        RunAsync(Engine.UpAsync, options, interference);

    public Task<RunResult> RefreshAsync(RunOptions? options = null, Interference? interference = null) =>
        RunAsync(Engine.RefreshAsync, options, interference);

    public Task<RunResult> DestroyAsync(RunOptions? options = null, Interference? interference = null) =>
        RunAsync(Engine.DestroyAsync, options, interference);

    public Task<RunResult> ImportAsync(string name, string id, Interference? interference = null) =>
        RunAsync(
            run => Engine.ImportAsync(Names.StandbyReplication, name, id, protect: false, run),
            null,
            interference
        );

    private async Task<RunResult> RunAsync(
        Func<RunOptions?, Task<RunResult>> act,
        RunOptions? options,
        Interference? interference
    )
    {
        await Task.Delay(StartUp, _environment.Clock);
        using var interrupt = new CancellationTokenSource(
            interference?.CancelAfter ?? Timeout.InfiniteTimeSpan,
            _environment.Clock
        );
        using var crash = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            interrupt.Token,
            options?.Interrupt ?? default
        );
        _processes = new ProcessGroup(_environment, interference?.Kill, _variant) { Died = crash.Cancel };
        Engine.Cancel();
        return await act((options ?? new RunOptions()) with { Interrupt = either.Token, Crash = crash.Token });
    }

    private ProviderProcess Start()
    {
        var process = _processes.Start();
        process.Provider = new RecordingProvider(
            _variant?.Provider(process.Provider, _environment) ?? process.Provider,
            process,
            _environment.Clock,
            _environment.Operations.Add,
            urn => State.Resources.Find(known => known.Urn.Value == urn)?.Id
        );
        return process;
    }
}
