using System.Diagnostics.CodeAnalysis;

namespace QingCloudMySqlStandby.Driver;

/// <summary>Sees the steps and messages of runs as they come.</summary>
internal interface IRunObserver
{
    void Show(StepRecord step);

    void Show(Message message);
}

/// <summary>A stack: a program, the state that its last run left, and Pulumi's commands. Each command starts provider
/// processes of its own, and makes the calls that Pulumi's engine makes.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "Pulumi's word.")]
internal sealed class Stack(IPluginHost host, string name = "dev", string project = "shop")
{
    public IPluginHost Host => host;
    public string Name => name;
    public string Project => project;

    /// <summary>What the program declares.</summary>
    public StackProgram Program { get; set; } = StackProgram.Empty;

    /// <summary>The configuration of the default provider.</summary>
    public PropertyMap Configuration { get; set; } = PropertyMap.Empty;

    /// <summary>What the last run left.</summary>
    public StackState State { get; set; } = StackState.Empty;

    /// <summary>How many operations may run at once.</summary>
    public int Parallel { get; set; } = int.MaxValue;

    /// <summary>Sees what happens in runs.</summary>
    public IRunObserver? Observer { get; set; }

    /// <summary>The URN of a resource of the program.</summary>
    public string UrnOf(string resource, string type = Link.Schema.Names.StandbyReplication) =>
        Urns.Of(name, project, type, resource);

    /// <summary>Shows what <see cref="UpAsync"/> would do.</summary>
    public Task<RunResult> PreviewAsync(RunOptions? options = null) =>
        RunAsync(options, preview: true, (run, providers) => new Deployment(run, providers).UpAsync());

    /// <summary>Makes the resources what the program wants.</summary>
    public async Task<RunResult> UpAsync(RunOptions? options = null)
    {
        if (options is { PreviewFirst: true })
        {
            var preview = await PreviewAsync(options with { Kill = null, InterruptAfter = null });
            if (!preview.Succeeded)
                return preview;
        }

        return await RunAsync(options, preview: false, (run, providers) => new Deployment(run, providers).UpAsync());
    }

    /// <summary>Brings the state up to date with what there is.</summary>
    public Task<RunResult> RefreshAsync(RunOptions? options = null)
    {
        if (options is { ClearPendingCreates: true, PreviewOnly: false })
            State = State with { Pending = State.Pending.RemoveAll(operation => operation.Kind == "creating") };

        return RunAsync(
            options,
            options is { PreviewOnly: true },
            (run, providers) => new Deployment(run, providers).RefreshAsync()
        );
    }

    /// <summary>Deletes everything.</summary>
    public Task<RunResult> DestroyAsync(RunOptions? options = null) =>
        RunAsync(
            options,
            options is { PreviewOnly: true },
            (run, providers) => new Deployment(run, providers).DestroyAsync()
        );

    /// <summary>Imports an existing resource into the state.</summary>
    /// <param name="resource">The name that it gets in the program.</param>
    /// <param name="id">Its import id.</param>
    /// <param name="type">Its type token.</param>
    /// <param name="protect">Whether it is protected, as Pulumi does unless asked otherwise.</param>
    /// <param name="options">How to run.</param>
    public Task<RunResult> ImportAsync(
        string resource,
        string id,
        string type = Link.Schema.Names.StandbyReplication,
        bool protect = false,
        RunOptions? options = null
    )
    {
        var imported = new ResourceState(UrnOf(resource, type), type, resource, PropertyMap.Empty)
        {
            Provider = Providers.Default,
            Options = new ResourceOptions { Protect = protect },
        };
        return RunAsync(
            options,
            preview: false,
            (run, providers) => new Imports(run, providers).ImportAsync(imported, id)
        );
    }

    /// <summary>Lists the existing resources of a type, whether the stack has them or not.</summary>
    public async Task<IReadOnlyList<ListedResource>> ListAsync(
        string type = Link.Schema.Names.StandbyReplication,
        PropertyMap? query = null,
        long limit = 0
    )
    {
        IReadOnlyList<ListedResource> found = [];
        var result = await RunAsync(
            null,
            preview: true,
            async (run, providers) =>
            {
                var provider = await providers.RegisterAsync(Providers.Default, Configuration);
                found = await provider.ListAsync(type, query ?? PropertyMap.Empty, limit);
            }
        );
        return result.Succeeded ? found : throw new DriverException(string.Join('\n', result.Errors));
    }

    /// <summary>Has the next run replace a resource, as <c>state taint</c> does.</summary>
    public void Taint(string resource) => Edit(resource, state => state with { Taint = true });

    /// <summary>Lets a resource be deleted, as <c>state unprotect</c> does.</summary>
    public void Unprotect(string resource) =>
        Edit(resource, state => state with { Options = state.Options with { Protect = false } });

    /// <summary>Gives a resource of the state another name, as <c>state rename</c> does.</summary>
    public void Rename(string resource, string newName)
    {
        var old = Known(resource).Urn;
        var renamed = Urns.Renamed(old, newName);
        Edit(resource, state => state with { Urn = renamed, Name = newName });
        State = State with { Resources = StackState.Renamed(State.Resources, old, renamed) };
    }

    /// <summary>Removes a resource from the state without a call, as <c>state delete</c> does.</summary>
    /// <returns>The resource.</returns>
    public ResourceState Forget(string resource)
    {
        var known = Known(resource);
        State = State.Without(known);
        return known;
    }

    /// <summary>Moves a resource to another stack, as <c>state move</c> does, with its provider.</summary>
    public void Move(string resource, Stack to)
    {
        var moved = Forget(resource);
        to.State = to.State with
        {
            Resources = to.State.Resources.Add(
                moved with
                {
                    Urn = to.UrnOf(moved.Name, moved.Type),
                    Dependencies = [],
                }
            ),
            Providers = to.State.Providers.SetItem(moved.Provider, State.Providers[moved.Provider]),
        };
    }

    private void Edit(string resource, Func<ResourceState, ResourceState> edit) =>
        State = State.With(edit(Known(resource)));

    private ResourceState Known(string resource) =>
        State.Find(resource) ?? throw new DriverException($"The stack has no resource '{resource}'.");

    private async Task<RunResult> RunAsync(RunOptions? wanted, bool preview, Func<Run, Providers, Task> act)
    {
        var options = wanted ?? new RunOptions();
        using var run = new Run(this, options, preview);
        var providers = new Providers(run, host.Begin(this, options, run.Die));
        var cancelling = Task.CompletedTask;
        using var later = new CancellationTokenSource(options.InterruptAfter ?? Timeout.InfiniteTimeSpan, host.Clock);
        await using var first = options.Interrupt.Register(Interrupt);
        await using var second = later.Token.Register(Interrupt);
        await using var crash = options.Crash.Register(run.Die);
        await ActAsync(run, () => act(run, providers));
        await EndAsync();
        return run.Result();

        void Interrupt()
        {
            run.Interrupt();
            cancelling = providers.CancelAllAsync();
        }

        async Task EndAsync()
        {
            if (run.IsDead)
            {
                providers.AbandonAll();
                return;
            }

            await cancelling;
            await providers.EndAllAsync();
            if (run.IsInterrupted)
                run.Report("", "The run was interrupted.");
        }
    }

    private static async Task ActAsync(Run run, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RunStoppedException)
        {
            // Why has been reported.
        }
        catch (OperationCanceledException) when (run.IsDead)
        {
            // The engine has died, as far as the provider can see.
        }
        catch (PluginException failure) when (!run.IsDead)
        {
            run.Report("", failure.Message);
        }
    }
}
