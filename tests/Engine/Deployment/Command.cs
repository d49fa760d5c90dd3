using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Does what the commands do, with the parts of one run.</summary>
internal sealed class Command : IDisposable
{
    private readonly Run _run;
    private readonly Func<Run, IProgram> _programOf;
    private readonly Decisions _decisions = new();
    private readonly ProviderRegistry _providers;
    private readonly StepQueue _queue;
    private readonly Steps _steps;
    private readonly Planner _planner;
    private readonly DefaultProviders _defaults;

    public Command(Run run, Func<Run, IProgram> programOf)
    {
        (_run, _programOf) = (run, programOf);
        _providers = new ProviderRegistry(run);
        _queue = new StepQueue(run);
        _steps = new Steps(run, _providers, _decisions);
        _planner = new Planner(run, _providers, _decisions, _steps, _queue);
        _defaults = new DefaultProviders(run, _planner);
    }

    /// <summary>For an import: what to put into the program.</summary>
    public string? Snippet { get; private set; }

    /// <summary>For a listing: what was found.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Listed { get; private set; } = [];

    public async Task UpAsync()
    {
        await RefreshFirstAsync();
        RequireKnown(_run.Options.Replace);
        var monitor = new DeploymentMonitor(_run, _providers, _planner, _defaults, _decisions);
        try
        {
            await RunProgramAsync(monitor);
            await DeleteAsync();
            RequireKnown(_run.Options.Targets);
        }
        finally
        {
            monitor.SaveOutputs();
        }
    }

    public async Task RefreshAsync()
    {
        RequireKnown(_run.Options.Targets);
        await new Refresher(_run, _providers, _queue).RefreshAsync(all: true);
    }

    public async Task DestroyAsync()
    {
        RequireKnown(_run.Options.Targets);
        if (_run.IsDestroyOfProgram)
        {
            await UpAsync();
            return;
        }

        await RefreshFirstAsync();
        await DeleteAsync();
    }

    public async Task ImportAsync(string type, string name, string id, bool protect)
    {
        var importer = new Importer(_run, _providers, _steps, _queue, _defaults);
        await importer.KeepExistingAsync();
        if (_run.Checkpoint.Find(_run.Stack.Root) is null)
            await RegisterStackAsync();

        Snippet = await importer.ImportAsync(type, name, id, protect);
    }

    public async Task ListAsync(string type, PropertyMap query, long limit)
    {
        var reference = ProviderReference.Parse(await _defaults.GetAsync(Urn.PackageOf(type), version: null));
        try
        {
            Listed = await _providers.Get(reference).ListAsync(type, query, limit);
        }
        catch (ProviderFailure failure)
        {
            throw _run.Stop(null, failure.Message);
        }
    }

    public void Dispose()
    {
        _planner.Dispose();
        _queue.Dispose();
    }

    private async Task RunProgramAsync(DeploymentMonitor monitor)
    {
        await RegisterStackAsync();
        await _programOf(_run).RunAsync(monitor, _run.Abandoned);
        _run.ThrowIfStopping();
    }

    private async Task RegisterStackAsync()
    {
        var stack = new ResourceGoal(Urn.StackType, _run.Stack.Root.Name, Custom: false, PropertyMap.Empty);
        await _planner.RegisterAsync(stack, provider: null);
    }

    private Task DeleteAsync() =>
        new Deletions(
            _run,
            _providers,
            _decisions,
            _steps,
            _queue,
            new Replacing(_run, _providers, _decisions, _steps)
        ).DeleteAsync();

    /// <summary>Reads all resources, or those that the last run left unready; warns of what was interrupted.</summary>
    private async Task RefreshFirstAsync()
    {
        var isAskedForByState = _run.Checkpoint.Base.Any(entry =>
            entry.State is { RefreshBeforeUpdate: true, Delete: false }
        );
        if (_run.Options.Refresh == true || isAskedForByState)
            await new Refresher(_run, _providers, _queue).RefreshAsync(_run.Options.Refresh == true);
        else if (!_run.DryRun && _run.Checkpoint.Interrupted is { IsEmpty: false } interrupted)
            WarnOf(interrupted);
    }

    private void WarnOf(ImmutableList<PendingOperation> interrupted)
    {
        var list = string.Join(
            "\n",
            interrupted.Select(operation => $"* {operation.Urn}, interrupted while {operation.Kind}")
        );
        _run.Log.Warning(
            null,
            $"The last run was interrupted in {interrupted.Count} operations:\n{list}\n"
                + "What became of them is not known. Once it is, 'refresh --clear-pending-creates' forgets creations."
        );
    }

    private void RequireKnown(IEnumerable<string> urns)
    {
        var unknown = new Targets([.. urns])
            .Named.Where(urn =>
                !_run.Checkpoint.Base.Any(entry => entry.Urn.Value == urn)
                && !_decisions.Registered.Contains(new Urn(urn))
            )
            .ToList();
        if (unknown.Count > 0)
            throw _run.Stop(null, $"The stack does not have {string.Join(", ", unknown)}.");
    }
}
