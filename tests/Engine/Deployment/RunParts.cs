using QingCloudMySqlStandby.Engine.Display;
using QingCloudMySqlStandby.Engine.Hosts;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Loopback;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Puts the parts of one run together, runs them, and ends them.</summary>
internal sealed class RunParts : IAsyncDisposable
{
    private readonly StackOptions _stack;
    private readonly RunOptions _options;
    private readonly Screen _screen;
    private readonly LoopbackServer _server;
    private readonly CancellationTokenSource _abandon;
    private readonly Run _run;
    private readonly ProviderPool _providers;
    private readonly ResourceSteps _steps;
    private readonly Registrar _registrar;
    private Task _cancelling = Task.CompletedTask;
    private string? _snippet;
    private IReadOnlyList<KeyValuePair<string, string>> _listed = [];
    private bool _ended;

    private RunParts(
        StackOptions stack, RunOptions options, Screen screen, LoopbackServer server, CancellationTokenSource abandon, Run run)
    {
        (_stack, _options, _screen, _server, _abandon, _run) = (stack, options, screen, server, abandon, run);
        _providers = new ProviderPool(run);
        _steps = new ResourceSteps(run, _providers);
        _registrar = new Registrar(run, _providers, _steps);
    }

    public static async Task<RunParts> CreateAsync(
        string operation, StackOptions stack, RunOptions options, bool dryRun, StateFile state)
    {
        var project = ProjectReader.ReadDirectory(stack.Directory);
        var config = StackConfig.Load(project, stack.Stack, stack.Config, stack.Secrets);
        var screen = new Screen(stack.Output, operation, dryRun, stack.ShowDiff);
        screen.ShowHeader(project.Name, stack.Stack);
        var log = new RunLog(screen);
        var server = new LoopbackServer(TimeProvider.System, Protocol.Engine.BindService(new EngineService(log)));
        await server.StartAsync(CancellationToken.None);
        var abandon = new CancellationTokenSource();
        var plugins = new PluginLoader(stack, project, $"127.0.0.1:{server.Port}", log, abandon.Token);
        var run = new Run(project, config, stack, options, dryRun, new Checkpoint(state, dryRun), log, plugins, abandon);
        return new RunParts(stack, options, screen, server, abandon, run);
    }

    public async Task<RunResult> RunAsync(Func<RunParts, Task> body)
    {
        await using var interrupt = _options.Interrupt.Register(Interrupt);
        await using var kill = _options.Kill.Register(_run.Plugins.KillAll);
        await using var crash = _options.Crash.Register(_run.Crash);
        try
        {
            await body(this);
        }
        catch (DeploymentFailedException)
        {
            // What failed has been reported where it failed.
            _run.Fail();
        }
        catch (EngineException exception)
        {
            _run.Fail(null, exception.Message);
        }
        catch (Exception exception) when (_run.Abandoned.IsCancellationRequested
            && exception is OperationCanceledException or EngineCrashException)
        {
            // The engine has been killed, as far as anybody can tell.
        }

        var result = _run.Abandoned.IsCancellationRequested ? Abandon() : await FinishAsync();
        _ended = true;
        return result;
    }

    /// <summary>Reads all resources, or those that the last run left unready; warns of what was interrupted.</summary>
    public async Task RefreshFirstAsync(bool all)
    {
        if (all || _run.Checkpoint.State.Resources.Exists(resource => resource.RefreshBeforeUpdate))
        {
            await new Refresher(_run, _providers).RefreshAsync(all);
        }
        else if (!_run.DryRun && _run.Checkpoint.Interrupted is { Count: > 0 } interrupted)
        {
            var list = string.Join("\n", interrupted.Select(operation => $"* {operation.Urn}, interrupted while {operation.Kind}"));
            _run.Log.Warning(null, $"The last run was interrupted in {interrupted.Count} operations:\n{list}\n"
                + "What became of them is not known. Once it is, 'refresh --clear-pending-creates' or 'cancel' forgets them.");
        }
    }

    public async Task RefreshOnlyAsync(bool clearPendingCreates)
    {
        await new Refresher(_run, _providers).RefreshAsync(all: true);
        _run.Checkpoint.Change(state => clearPendingCreates ? state with { PendingOperations = [] } : state);
    }

    public async Task RunProgramAsync()
    {
        var stack = new ResourceGoal(Urn.StackType, _run.StackUrn.Name, Custom: false, PropertyMap.Empty);
        await _registrar.RegisterAsync(stack);
        var monitor = new DeploymentMonitor(_run, _providers, _registrar);
        await ProgramOf().RunAsync(monitor, _run.Abandoned);
        _run.ThrowIfStopping();
        await new Deleter(_run, _steps).DeleteAsync(resource => resource.Delete || !_registrar.IsRegistered(resource.Urn));
    }

    public async Task DestroyAsync()
    {
        await new Deleter(_run, _steps).DeleteAsync(_ => true);
        _run.Checkpoint.Change(state => state.Resources.IsEmpty ? state with { Outputs = PropertyMap.Empty } : state);
    }

    public async Task ImportAsync(string type, string name, string id, bool protect) =>
        _snippet = await new Importer(_run, _providers, _steps, _registrar).ImportAsync(type, name, id, protect);

    public async Task ListAsync(string type, PropertyMap query, long limit)
    {
        var reference = await _providers.DefaultAsync(Urn.PackageOf(type), version: null, _registrar.RegisterAsync);
        var provider = await _providers.GetAsync(reference);
        try
        {
            _listed = await provider.Client.ListAsync(type, query, limit);
        }
        catch (ProviderFailure failure)
        {
            throw _run.Fail(null, failure.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            // Something that nobody foresaw ended the run; nothing may be left behind.
            _run.Plugins.KillAll();
        }

        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _registrar.Dispose();
        _steps.Dispose();
        _abandon.Dispose();
    }

    private IProgram ProgramOf() => _run.Project.Runtime == "yaml"
        ? new YamlProgram(_run.Project, _run.Config)
        : new HostProgram(_run.Project, _run.Config, _stack, _run.DryRun, _run.Log, () => _run.Failed || _run.Interrupted);

    private void Interrupt()
    {
        _run.Interrupt();
        _cancelling = _run.Plugins.CancelAllAsync();
    }

    private RunResult Abandon()
    {
        _run.Plugins.AbandonAll();
        return Result(crashed: true);
    }

    private async Task<RunResult> FinishAsync()
    {
        await _cancelling;
        await _run.Plugins.EndAllAsync();
        if (_run.Interrupted)
        {
            _run.Log.Error(null, "The run was interrupted.");
        }

        if (_options.ExpectNoChanges && _run.Log.Steps.Any(step => step.IsChange))
        {
            _run.Log.Error(null, "No changes were expected, but there are some.");
        }

        _screen.ShowSummary(_run.Log.Steps, _run.Checkpoint.State.Outputs);
        return Result(crashed: false);
    }

    private RunResult Result(bool crashed) => new()
    {
        Succeeded = !crashed && !_run.Failed && !_run.Log.HasErrors,
        Crashed = crashed,
        Cancelled = _run.Interrupted,
        Steps = _run.Log.Steps,
        Diagnostics = _run.Log.Diagnostics,
        Statuses = _run.Log.Statuses,
        Calls = _run.Log.Calls,
        Outputs = _run.Checkpoint.State.Outputs,
        State = _run.Checkpoint.State,
        Plugins = _run.Plugins.Handles,
        Snippet = _snippet,
        Listed = _listed,
    };
}
