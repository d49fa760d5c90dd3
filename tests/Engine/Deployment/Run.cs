using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>One run of the engine: what its parts share, and whether it goes on.</summary>
internal sealed class Run(
    Project project, StackConfig config, StackOptions stack, RunOptions options, bool dryRun, Checkpoint checkpoint, RunLog log,
    PluginLoader plugins, CancellationTokenSource abandon)
{
    private volatile bool _failed;
    private volatile bool _interrupted;

    public Project Project => project;

    public StackConfig Config => config;

    public bool DryRun => dryRun;

    public Checkpoint Checkpoint => checkpoint;

    public RunLog Log => log;

    public PluginLoader Plugins => plugins;

    public string StackName => stack.Stack;

    public int Parallel => stack.Parallel;

    public bool Failed => _failed;

    public bool Interrupted => _interrupted;

    public Urn StackUrn => Urn.Of(StackName, project.Name, null, Urn.StackType, $"{project.Name}-{StackName}");

    public CancellationToken Abandoned => abandon.Token;

    /// <summary>Nothing new begins after a failure or an interruption; what runs goes on to its end.</summary>
    public void ThrowIfStopping()
    {
        abandon.Token.ThrowIfCancellationRequested();
        if (_failed || _interrupted)
        {
            throw new DeploymentFailedException();
        }
    }

    public DeploymentFailedException Fail()
    {
        _failed = true;
        return new DeploymentFailedException();
    }

    public DeploymentFailedException Fail(Urn? urn, string message)
    {
        log.Error(urn, message);
        return Fail();
    }

    public void Interrupt() => _interrupted = true;

    /// <summary>Ends the run as the death of the engine's process would.</summary>
    public void Crash()
    {
        checkpoint.Abandon();
        abandon.Cancel();
    }

    public async Task AtStepAsync(StepPhase phase, StepKind kind, Urn urn)
    {
        if (options.AtStep is not { } interfere)
        {
            return;
        }

        try
        {
            await interfere(new StepPoint(phase, kind, urn, plugins.Handles));
        }
        catch (EngineCrashException)
        {
            Crash();
            throw;
        }
    }

    public static PendingOperation Pending(StepKind kind, Urn urn) => new(urn, kind switch
    {
        StepKind.Create or StepKind.CreateReplacement => "creating",
        StepKind.Update => "updating",
        StepKind.Delete or StepKind.DeleteReplaced => "deleting",
        StepKind.Import => "importing",
        _ => "reading",
    });
}
