using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Environments;

/// <summary>How a run ended: what was done to the link, or the error that the user saw.</summary>
internal sealed record LinkResult(string Done, RunResult Run)
{
    public string Message => string.Join("\n", Run.Errors);
    public bool IsSuccess => Run.Succeeded;

    /// <summary>Whether the link exists and is not ready.</summary>
    public bool IsPartial => Run.Steps.Any(step => step.Outcome == StepOutcome.Partial);
}

/// <summary>A stack of one link, for tests that have no more to say.</summary>
internal sealed class LinkStack
{
    private readonly ProgramStack _stack;
    private readonly string _name;

    public LinkStack(TestEnvironment environment, string name = "orders-dr")
    {
        (_stack, _name) = (new ProgramStack(environment), name);
        Urn = _stack.UrnOf(name);
    }

    public string Urn { get; }

    /// <summary>The link in the state file; a test may forget it, or put an older one back.</summary>
    public ResourceState? Stored
    {
        get => _stack.State.Find(_name);
        set =>
            _stack.Engine.Edit(state =>
                state with
                {
                    Resources =
                    [
                        .. state.Resources.Where(resource => resource.Urn.Value != Urn),
                        .. value is null ? [] : new[] { value },
                    ],
                }
            );
    }

    /// <summary>The output <c>state</c> in the state file.</summary>
    public string? LinkState => Stored?.Outputs["state"] is PropertyValue.TextValue text ? text.Value : null;

    public Task<LinkResult> PreviewAsync(PropertyMap? program) => RunAsync(program, run => _stack.PreviewAsync(run));

    public Task<LinkResult> UpAsync(PropertyMap? program, CancellationToken cancellationToken = default) =>
        RunAsync(program, run => _stack.UpAsync(run), cancellationToken);

    public Task<LinkResult> DestroyAsync(CancellationToken cancellationToken = default) =>
        UpAsync(null, cancellationToken);

    public async Task<LinkResult> RefreshAsync()
    {
        var run = await _stack.RefreshAsync();
        return new LinkResult(run.StepsOf(_name).LastOrDefault() is { } step ? RefreshOf(step) : "same", run);
    }

    /// <summary>Imports the link, whatever the state file says of it already.</summary>
    public async Task<LinkResult> ImportAsync(string id)
    {
        Stored = null;
        return new LinkResult("import", await _stack.ImportAsync(_name, id));
    }

    private async Task<LinkResult> RunAsync(
        PropertyMap? program,
        Func<RunOptions, Task<RunResult>> act,
        CancellationToken cancellationToken = default
    )
    {
        _stack.Program = program is null ? [] : [ProgramStack.Link(_name, program)];
        var run = await act(new RunOptions { Interrupt = cancellationToken });
        var last = run.StepsOf(_name).LastOrDefault(step => step.Kind != StepKind.Refresh);
        return new LinkResult(last is null ? "delete" : NameOf(last.Kind), run);
    }

    private static string RefreshOf(StepRecord step) =>
        step.New is null ? "gone"
        : step.Changes.Count == 0 ? "same"
        : "update: " + string.Join(", ", step.Changes.Keys.Order(StringComparer.Ordinal));

    private static string NameOf(StepKind kind) =>
        kind is StepKind.CreateReplacement or StepKind.DeleteReplaced ? "replace" : kind.ToString().ToLowerInvariant();
}
