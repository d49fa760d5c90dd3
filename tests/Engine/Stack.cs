using System.Diagnostics.CodeAnalysis;
using QingCloudMySqlStandby.Engine.Deployment;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine;

/// <summary>
/// A stack, and what one can do with it. Each method is a run of its own: it loads the state, starts plugins afresh, and ends
/// them. Failures of a run are in its result; only wrong options, programs and files are exceptions
/// (<see cref="EngineException"/>).
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "Pulumi's word.")]
public sealed class Stack(StackOptions options)
{
    /// <summary>Says what <see cref="UpAsync"/> would do.</summary>
    public Task<RunResult> PreviewAsync(RunOptions? run = null) => RunAsync("preview", run, dryRun: true, async parts =>
    {
        await parts.RefreshFirstAsync(run?.Refresh ?? false);
        await parts.RunProgramAsync();
    });

    /// <summary>Makes the resources what the program wants.</summary>
    public Task<RunResult> UpAsync(RunOptions? run = null) => RunAsync("up", run, dryRun: false, async parts =>
    {
        await parts.RefreshFirstAsync(run?.Refresh ?? false);
        await parts.RunProgramAsync();
    });

    /// <summary>Brings the state up to date with what there is; the program is not run.</summary>
    public Task<RunResult> RefreshAsync(RunOptions? run = null) =>
        RunAsync("refresh", run, dryRun: run?.PreviewOnly ?? false, parts => parts.RefreshOnlyAsync(run?.ClearPendingCreates ?? false));

    /// <summary>Deletes everything; the program is not run.</summary>
    public Task<RunResult> DestroyAsync(RunOptions? run = null) =>
        RunAsync("destroy", run, dryRun: run?.PreviewOnly ?? false, async parts =>
        {
            await parts.RefreshFirstAsync(run?.Refresh ?? false);
            await parts.DestroyAsync();
        });

    /// <summary>Takes an existing resource into the state; the result has a snippet for the program.</summary>
    /// <param name="type">Its type token.</param>
    /// <param name="name">The name that it gets in the program.</param>
    /// <param name="id">Its import id.</param>
    /// <param name="protect">Whether it is protected from then on, as Pulumi does unless told otherwise.</param>
    /// <param name="run">How to run.</param>
    public Task<RunResult> ImportAsync(string type, string name, string id, bool protect = true, RunOptions? run = null) =>
        RunAsync("import", run, dryRun: false, parts => parts.ImportAsync(YamlProgram.CanonicalType(type), name, id, protect));

    /// <summary>Lists the existing resources of a type, whether the stack has them or not.</summary>
    public Task<RunResult> ListAsync(string type, PropertyMap? query = null, long limit = 0, RunOptions? run = null) => RunAsync(
        "list", run, dryRun: true, parts => parts.ListAsync(YamlProgram.CanonicalType(type), query ?? PropertyMap.Empty, limit));

    /// <summary>
    /// Forgets the operations that a crash left pending, once it is known what became of them. (This engine has no locks, which
    /// is what Pulumi's command of this name releases.)
    /// </summary>
    public void Cancel()
    {
        using var file = OpenState();
        file.Save(file.State with { PendingOperations = [] });
    }

    /// <summary>The state as the last run left it.</summary>
    public StackState ReadState()
    {
        using var file = OpenState();
        return file.State;
    }

    private async Task<RunResult> RunAsync(string operation, RunOptions? run, bool dryRun, Func<RunParts, Task> body)
    {
        using var state = OpenState();
        await using var parts = await RunParts.CreateAsync(operation, options, run ?? new RunOptions(), dryRun, state);
        return await parts.RunAsync(body);
    }

    private StateFile OpenState() => StateFile.Open(
        options.StateFile ?? Path.Combine(options.Directory, ".engine", $"{options.Stack}.json"), options.Passphrase);
}
