namespace QingCloudMySqlStandby.Link;

/// <summary>How a run ended: what was done to the link, and the errors that the user saw.</summary>
internal sealed record LinkResult(string Done, RunResult Run)
{
    public string Message => string.Join("\n", Run.Errors);
    public bool IsSuccess => Run.Succeeded;

    /// <summary>Whether the link exists and is not ready.</summary>
    public bool IsPartial => Run.Steps.Any(step => step.Outcome == StepOutcome.Partial);
}

/// <summary>A stack of one link.</summary>
internal sealed class LinkStack(World world, string name = "orders-dr")
{
    private readonly Stack _stack = world.NewStack();
    private readonly List<string> _lines = [];

    public string Urn => _stack.UrnOf(name);

    /// <summary>Every message of all runs, in order: <c>status: ...</c>, <c>info: ...</c>, <c>warning: ...</c> or
    /// <c>error: ...</c>.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The link in the state; a test may forget it, or put an older one back.</summary>
    public ResourceState? Stored
    {
        get => _stack.State.Find(name);
        set => _stack.State = _stack.State with { Resources = value is null ? [] : [value] };
    }

    /// <summary>The output <c>state</c> in the state.</summary>
    public string? LinkState => Stored?.Outputs["state"] is PropertyValue.TextValue text ? text.Value : null;

    public Task<LinkResult> PreviewAsync(PropertyMap? program) => RunAsync(program, _stack.PreviewAsync);

    public Task<LinkResult> UpAsync(PropertyMap? program, CancellationToken interrupt = default) =>
        RunAsync(program, options => _stack.UpAsync(options with { Interrupt = interrupt }));

    public Task<LinkResult> DestroyAsync(CancellationToken interrupt = default) => UpAsync(null, interrupt);

    public async Task<LinkResult> RefreshAsync()
    {
        var run = await _stack.RefreshAsync();
        return Seen(run.StepsOf(name).LastOrDefault() is { } step ? RefreshOf(step) : "same", run);
    }

    /// <summary>Imports the link, whatever the state says of it already.</summary>
    public async Task<LinkResult> ImportAsync(string id)
    {
        Stored = null;
        return Seen("import", await _stack.ImportAsync(name, id));
    }

    private async Task<LinkResult> RunAsync(PropertyMap? program, Func<RunOptions, Task<RunResult>> act)
    {
        _stack.Program = program is null ? StackProgram.Empty : StackProgram.Of(World.Link(name, program));
        var run = await act(new RunOptions());
        var last = run.StepsOf(name).LastOrDefault(step => step.Kind != StepKind.Refresh);
        return Seen(last is null ? "delete" : NameOf(last.Kind), run);
    }

    private LinkResult Seen(string done, RunResult run)
    {
        _lines.AddRange(
            run.Messages.Select(message => $"{message.Severity.ToString().ToLowerInvariant()}: {message.Content}")
        );
        return new LinkResult(done, run);
    }

    private static string RefreshOf(StepRecord step) =>
        step.New is null ? "gone"
        : step.Changes.Count == 0 ? "same"
        : "update: " + string.Join(", ", step.Changes.Keys.Order(StringComparer.Ordinal));

    private static string NameOf(StepKind kind) =>
        kind is StepKind.CreateReplacement or StepKind.DeleteReplaced ? "replace" : kind.ToString().ToLowerInvariant();
}
