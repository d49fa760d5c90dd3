using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Runs a command from its beginning to its end, however it ends.</summary>
internal static class Runner
{
    public static async Task<RunResult> RunAsync(
        IStackHome home,
        IStateStore state,
        RunKind kind,
        RunOptions options,
        Func<Command, Task> act
    )
    {
        var log = home.NewLog(kind);
        using var run = new Run(home, options, kind, new Checkpoint(state, kind.DryRun), log);
        await using var services = await home.BeginAsync(log, run.Abandoned);
        run.Plugins = services.Plugins;
        await using var interrupt = options.Interrupt.Register(run.Interrupt);
        await using var kill = options.Kill.Register(run.KillAll);
        await using var crash = options.Crash.Register(run.Die);
        using var command = new Command(run, services.ProgramOf);
        var isOver = false;
        try
        {
            await ActAsync(run, () => act(command));
            await EndAsync(run, options, log);
            isOver = true;
        }
        finally
        {
            if (!isOver)
            {
                // Something that nobody foresaw ended the run; nothing may be left behind.
                run.Plugins.KillAll();
            }
        }

        return ResultOf(run, log, command);
    }

    private static async Task ActAsync(Run run, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (DeploymentFailedException)
        {
            // What failed has been reported where it failed, or by the program.
            run.Stop();
        }
        catch (EngineException exception)
        {
            run.Stop(null, exception.Message);
        }
        catch (Exception exception) when (run.IsDead && exception is OperationCanceledException or EngineCrashException)
        {
            // The engine has been killed, as far as anybody can see.
        }
    }

    private static async Task EndAsync(Run run, RunOptions options, RunLog log)
    {
        if (run.IsDead)
        {
            run.Plugins.AbandonAll();
            return;
        }

        await run.Cancelling;
        await run.Plugins.EndAllAsync();
        run.Checkpoint.Close();
        if (run.IsInterrupted)
            log.Error(null, "The run was interrupted.");

        if (options.ExpectNoChanges && log.Steps.Any(step => step.IsChange))
            log.Error(null, "No changes were expected, but there are some.");

        log.ShowSummary(run.Checkpoint.State.Outputs);
    }

    private static RunResult ResultOf(Run run, RunLog log, Command command) =>
        new()
        {
            Succeeded = !run.IsDead && !run.HasFailed && !log.HasErrors,
            Crashed = run.IsDead && !run.IsKilled,
            Cancelled = run.IsInterrupted,
            Steps = log.Steps,
            Diagnostics = log.Diagnostics,
            Statuses = log.Statuses,
            Calls = log.Calls,
            State = run.Checkpoint.State,
            Plugins = run.Plugins.Handles,
            Snippet = command.Snippet,
            Listed = command.Listed,
        };
}
