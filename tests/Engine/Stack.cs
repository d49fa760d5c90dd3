using System.Diagnostics.CodeAnalysis;
using QingCloudMySqlStandby.Engine.Deployment;
using QingCloudMySqlStandby.Engine.InProcess;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine;

/// <summary>A stack, and what one can do with it. Each method is a run of its own: it loads the state, starts plugins
/// afresh, and ends them. Failures of a run are in its result; only wrong options, programs and files are exceptions
/// (<see cref="EngineException"/>).</summary>
[SuppressMessage("Naming", "CA1711", Justification = "Pulumi's word.")]
internal sealed class Stack
{
    private readonly Func<IStackHome> _home;
    private readonly Func<IStateStore> _openState;

    /// <summary>A stack whose program is a directory.</summary>
    public Stack(StackOptions options) =>
        (_home, _openState) = (() => new StackDirectory(options), () => StackDirectory.OpenState(options));

    /// <summary>A stack in memory.</summary>
    public Stack(InProcessStack stack) => (_home, _openState) = (() => stack, ((IStackHome)stack).OpenState);

    /// <summary>Says what <see cref="UpAsync"/> would do.</summary>
    public Task<RunResult> PreviewAsync(RunOptions? run = null) =>
        RunAsync(new RunKind("preview", DryRun: true), run, command => command.UpAsync());

    /// <summary>Makes the resources what the program wants.</summary>
    public Task<RunResult> UpAsync(RunOptions? run = null) =>
        RunAsync(new RunKind("up", DryRun: false), run, command => command.UpAsync());

    /// <summary>Brings the state up to date with what there is; the program is not run.</summary>
    public Task<RunResult> RefreshAsync(RunOptions? run = null)
    {
        if (run is { ClearPendingCreates: true, PreviewOnly: false })
        {
            Edit(state =>
                state with
                {
                    PendingOperations = state.PendingOperations.RemoveAll(operation => operation.Kind == "creating"),
                }
            );
        }

        return RunAsync(new RunKind("refresh", run?.PreviewOnly ?? false), run, command => command.RefreshAsync());
    }

    /// <summary>Deletes everything; the program is not run unless the options say so.</summary>
    public Task<RunResult> DestroyAsync(RunOptions? run = null) =>
        RunAsync(
            new RunKind("destroy", run?.PreviewOnly ?? false) { IsDestroyOfProgram = run?.RunProgram ?? false },
            run,
            command => command.DestroyAsync()
        );

    /// <summary>Takes an existing resource into the state; the result has a snippet for the program.</summary>
    /// <param name="type">Its type token.</param>
    /// <param name="name">The name that it gets in the program.</param>
    /// <param name="id">Its import id.</param>
    /// <param name="protect">Whether it is protected from then on, as Pulumi does unless asked otherwise.</param>
    /// <param name="run">How to run.</param>
    public Task<RunResult> ImportAsync(
        string type,
        string name,
        string id,
        bool protect = true,
        RunOptions? run = null
    ) =>
        RunAsync(
            new RunKind("import", DryRun: false),
            run,
            command => command.ImportAsync(YamlProgram.CanonicalType(type), name, id, protect)
        );

    /// <summary>Lists the existing resources of a type, whether the stack has them or not.</summary>
    public Task<RunResult> ListAsync(string type, PropertyMap? query = null, long limit = 0, RunOptions? run = null) =>
        RunAsync(
            new RunKind("list", DryRun: true),
            run,
            command => command.ListAsync(YamlProgram.CanonicalType(type), query ?? PropertyMap.Empty, limit)
        );

    /// <summary>Lets runs begin again after one that was killed.</summary>
    public void Cancel()
    {
        var state = _openState();
        state.IsLocked = false;
    }

    /// <summary>Has the next run replace a resource, as <c>state taint</c> does.</summary>
    public void Taint(string name) => Edit(name, resource => resource with { Taint = true });

    /// <summary>Lets a resource be deleted, as <c>state unprotect</c> does.</summary>
    public void Unprotect(string name) => Edit(name, resource => resource with { Protect = false });

    /// <summary>The state as the last run left it.</summary>
    public StackState ReadState()
    {
        var state = _openState();
        return state.State;
    }

    /// <summary>Changes the state by hand.</summary>
    public void Edit(Func<StackState, StackState> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var state = _openState();
        state.Save(edit(state.State));
    }

    private void Edit(string name, Func<ResourceState, ResourceState> edit) =>
        Edit(state =>
            (state.Find(name) ?? state.Resources.Find(each => !each.Delete && each.Urn.Value == name)) is { } resource
                ? state with
                {
                    Resources = state.Resources.Replace(resource, edit(resource), ReferenceEqualityComparer.Instance),
                }
                : throw new EngineException($"The stack has no resource '{name}'.")
        );

    private async Task<RunResult> RunAsync(RunKind kind, RunOptions? run, Func<Command, Task> act)
    {
        var options = run ?? new RunOptions();
        if (
            options.PreviewFirst
            && !kind.DryRun
            && await RunOneAsync(kind with { DryRun = true }, options, act) is { Succeeded: false } preview
        )
        {
            return preview;
        }

        return await RunOneAsync(kind, options, act);
    }

    private async Task<RunResult> RunOneAsync(RunKind kind, RunOptions options, Func<Command, Task> act)
    {
        var state = _openState();
        if (!kind.DryRun)
        {
            state.IsLocked = state.IsLocked
                ? throw new EngineException(
                    "The stack is locked by another run, or by one that was killed: cancel " + "that one first."
                )
                : true;
        }

        var home = _home();
        var refreshed = options with { Refresh = options.Refresh ?? home.RefreshesAlways };
        var result = await Runner.RunAsync(home, state, kind, refreshed, act);
        if (!kind.DryRun && !result.Crashed)
            state.IsLocked = false;

        return result;
    }
}
