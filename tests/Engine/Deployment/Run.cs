using QingCloudMySqlStandby.Engine.Plugins;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What a run is.</summary>
/// <param name="Command">The command, as the screen shows it.</param>
/// <param name="DryRun">Whether it only says what would happen.</param>
internal sealed record RunKind(string Command, bool DryRun)
{
    public bool IsDestroyOfProgram { get; init; }
}

/// <summary>One run of the engine: what its parts share, and whether it goes on.</summary>
internal sealed class Run(IStackHome home, RunOptions options, RunKind kind, Checkpoint checkpoint, RunLog log)
    : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();
    private volatile bool _dead;
    private volatile bool _stopped;
    private volatile bool _failed;
    private volatile bool _interrupted;

    public StackName Stack => home.Name;
    public RunOptions Options => options;

    /// <summary>Whether it only says what would happen.</summary>
    public bool DryRun => kind.DryRun;

    /// <summary>Whether it runs the program to destroy what the program has.</summary>
    public bool IsDestroyOfProgram => kind.IsDestroyOfProgram;

    public int Parallel => home.Parallel;
    public Targets ReplaceTargets { get; } = new(options.Replace);
    public Checkpoint Checkpoint => checkpoint;
    public RunLog Log => log;
    public PluginSet Plugins { get; set; } = null!;

    public string NewProviderId() => home.NewProviderId();

    /// <summary>The inputs of a package's default provider.</summary>
    public PropertyMap ConfigurationOf(string package) => home.ConfigurationOf(package);

    public bool HasFailed => _failed;
    public bool IsInterrupted => _interrupted;

    /// <summary>Whether nothing new may begin; what runs goes on to its end.</summary>
    public bool IsStopping => _stopped || _interrupted || IsDead;

    /// <summary>Whether the engine has died, or stopped at a second Ctrl-C without waiting for anything.</summary>
    public bool IsDead => _dead;

    public bool IsKilled { get; private set; }
    public CancellationToken Abandoned => _abandoned.Token;

    public void ThrowIfStopping()
    {
        if (IsStopping)
            throw new DeploymentFailedException();
    }

    /// <summary>Reports what went wrong; the run goes on, and fails in the end.</summary>
    public void Report(Urn? urn, string message)
    {
        log.Error(urn, message);
        _failed = true;
    }

    /// <summary>Nothing new begins from now on, and the run fails in the end.</summary>
    public DeploymentFailedException Stop()
    {
        (_failed, _stopped) = (true, true);
        return new DeploymentFailedException();
    }

    public DeploymentFailedException Stop(Urn? urn, string message)
    {
        Report(urn, message);
        return Stop();
    }

    /// <summary>The first Ctrl-C: providers are asked to end what they do, and nothing new begins.</summary>
    public void Interrupt()
    {
        _interrupted = true;
        Cancelling = Plugins.CancelAllAsync();
    }

    public Task Cancelling { get; private set; } = Task.CompletedTask;

    /// <summary>Ends the run as the death of the engine's process would.</summary>
    public void Die()
    {
        checkpoint.Freeze();
        _dead = true;
        _abandoned.Cancel();
    }

    /// <summary>The second Ctrl-C.</summary>
    public void KillAll()
    {
        IsKilled = true;
        Plugins.KillAll();
        Die();
    }

    public async Task AtStepAsync(StepPhase phase, StepKind kind, Urn urn)
    {
        if (options.AtStep is not { } interfere || urn.Type == Urn.StackType || Urn.IsProviderType(urn.Type))
            return;

        try
        {
            await interfere(new StepPoint(phase, kind, urn, Plugins.Handles));
        }
        catch (EngineCrashException)
        {
            Die();
            throw;
        }
    }

    public void Dispose() => _abandoned.Dispose();
}
