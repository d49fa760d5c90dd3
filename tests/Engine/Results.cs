using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine;

/// <summary>What a step does to a resource.</summary>
internal enum StepKind
{
    /// <summary>Nothing.</summary>
    Same,

    /// <summary>Creates it.</summary>
    Create,

    /// <summary>Updates it in place.</summary>
    Update,

    /// <summary>Creates the new one of a replacement.</summary>
    CreateReplacement,

    /// <summary>Deletes the old one of a replacement.</summary>
    DeleteReplaced,

    /// <summary>Deletes it.</summary>
    Delete,

    /// <summary>Reads it, to bring the state up to date.</summary>
    Refresh,

    /// <summary>Takes an existing one into the state.</summary>
    Import,
}

/// <summary>What became of a step.</summary>
internal enum StepOutcome
{
    /// <summary>It did what it should.</summary>
    Succeeded,

    /// <summary>It failed, and nothing happened to the resource.</summary>
    Failed,

    /// <summary>It failed with a code that says that something may have happened (Internal, Unknown,
    /// DataLoss).</summary>
    FailedUnknown,

    /// <summary>The resource exists but is not ready; it is in the state, with the reasons.</summary>
    Partial,
}

/// <summary>How a property changes: Pulumi's kinds, by the same names as on the wire.</summary>
internal enum PropertyChangeKind
{
    /// <summary>The property is new.</summary>
    Add,

    /// <summary>The property is new, and that replaces the resource.</summary>
    AddReplace,

    /// <summary>The property was deleted.</summary>
    Delete,

    /// <summary>The property was deleted, and that replaces the resource.</summary>
    DeleteReplace,

    /// <summary>The property has another value.</summary>
    Update,

    /// <summary>The property has another value, and that replaces the resource.</summary>
    UpdateReplace,
}

/// <summary>A step that was taken, or in a preview would be.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Urn">The resource.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Changes">The changed property paths, as the provider reported them.</param>
internal sealed record StepRecord(
    StepKind Kind,
    Urn Urn,
    StepOutcome Outcome,
    IReadOnlyDictionary<string, PropertyChangeKind> Changes
)
{
    /// <summary>The resource before the step.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after it; null where it is gone.</summary>
    public ResourceState? New { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The resource's name.</summary>
    public string Name => Urn.Name;

    /// <summary>Whether it changes anything: a refresh does when it finds changes, or nothing at all.</summary>
    public bool IsChange =>
        Kind switch
        {
            StepKind.Same => false,
            StepKind.Refresh => Changes.Count > 0 || New is null,
            _ => true,
        };
}

/// <summary>How bad a diagnostic is.</summary>
internal enum DiagnosticSeverity
{
    /// <summary>For whoever debugs.</summary>
    Debug,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Worth looking at.</summary>
    Warning,

    /// <summary>The run fails.</summary>
    Error,
}

/// <summary>Something that the engine, the program or a provider said.</summary>
internal sealed record Diagnostic(DiagnosticSeverity Severity, Urn? Urn, string Message);

/// <summary>A status that was shown on a resource's row for a while.</summary>
internal sealed record StatusLine(Urn? Urn, string Message);

/// <summary>A call that the engine made to a provider.</summary>
/// <param name="Method">The RPC method.</param>
/// <param name="Urn">The resource that it is about; null for calls about none.</param>
/// <param name="Preview">Whether it was a Create or Update that should only say what would come of it.</param>
internal sealed record ProviderCall(string Method, Urn? Urn, bool Preview);

/// <summary>All that came of a run.</summary>
internal sealed record RunResult
{
    /// <summary>Whether the run did all that it should.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Whether the run was broken off as if the engine had been killed.</summary>
    public bool Crashed { get; init; }

    /// <summary>Whether the user broke it off.</summary>
    public bool Cancelled { get; init; }

    /// <summary>The steps in the order in which they ended; the stack itself and default providers are left
    /// out.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <summary>The diagnostics in their order.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The statuses in their order, as they came.</summary>
    public required IReadOnlyList<StatusLine> Statuses { get; init; }

    /// <summary>The calls to providers, in the order in which they began.</summary>
    public required IReadOnlyList<ProviderCall> Calls { get; init; }

    /// <summary>The state after the run: what the file holds, or in a preview what it would come to.</summary>
    public required StackState State { get; init; }

    /// <summary>The plugin processes of the run.</summary>
    public required IReadOnlyList<PluginHandle> Plugins { get; init; }

    /// <summary>For an import: what to put into the program.</summary>
    public string? Snippet { get; init; }

    /// <summary>For a listing: the ids and names that were found.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Listed { get; init; } = [];

    /// <summary>The stack's outputs.</summary>
    public PropertyMap Outputs => State.Outputs;

    /// <summary>What went wrong with resources: their names, and why.</summary>
    public IEnumerable<(string Name, string Message)> Failures =>
        from diagnostic in Diagnostics
        where diagnostic is { Severity: DiagnosticSeverity.Error, Urn: not null }
        select (diagnostic.Urn!.Value.Name, diagnostic.Message);

    /// <summary>The errors, as texts.</summary>
    public IEnumerable<string> Errors =>
        Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Message);

    /// <summary>The warnings, as texts.</summary>
    public IEnumerable<string> Warnings =>
        Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.Message);

    /// <summary>Whether any step changes or would change anything.</summary>
    public bool HasChanges => Steps.Any(step => step.IsChange);

    /// <summary>The steps of a resource, by its name.</summary>
    public IEnumerable<StepRecord> StepsOf(string name) => Steps.Where(step => step.Name == name);
}
