namespace QingCloudMySqlStandby.Driver;

/// <summary>What a step does to a resource.</summary>
internal enum StepKind
{
    Same,
    Create,
    Update,

    /// <summary>Creates the new one of a replacement.</summary>
    CreateReplacement,

    /// <summary>Deletes the old one of a replacement.</summary>
    DeleteReplaced,
    Delete,

    /// <summary>Reads it, to bring the state up to date.</summary>
    Refresh,
    Import,

    /// <summary>Reads one that the program does not manage.</summary>
    Read,
}

/// <summary>How a step ended.</summary>
internal enum StepOutcome
{
    Succeeded,
    Failed,

    /// <summary>The resource exists but is not ready; it is in the state, with the reasons.</summary>
    Partial,
}

/// <summary>A step that was taken, or in a preview would be.</summary>
/// <param name="Changes">The changed property paths, as the provider's Diff answered them.</param>
internal sealed record StepRecord(
    StepKind Kind,
    string Urn,
    StepOutcome Outcome,
    IReadOnlyDictionary<string, PropertyChange> Changes
)
{
    /// <summary>The resource before the step.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after it; null where it is gone.</summary>
    public ResourceState? New { get; init; }

    /// <summary>Why it failed or is not ready.</summary>
    public string? Error { get; init; }

    /// <summary>The resource's name.</summary>
    public string Name => Urns.NameOf(Urn);

    /// <summary>Whether it changes anything: a refresh does when it finds changes, or that the resource is
    /// gone.</summary>
    public bool IsChange =>
        Kind switch
        {
            StepKind.Same or StepKind.Read => false,
            StepKind.Refresh => Changes.Count > 0 || New is null,
            _ => true,
        };
}

/// <summary>How a message is shown.</summary>
internal enum Severity
{
    Debug,
    Status,
    Info,
    Warning,
    Error,
}

/// <summary>A line that a user sees: from the provider, or an error of the run.</summary>
/// <param name="Urn">The resource it is about; empty for none.</param>
internal sealed record Message(Severity Severity, string Urn, string Content);

/// <summary>One call of a provider.</summary>
/// <param name="Method">The name of the protocol's method.</param>
/// <param name="Provider">The provider instance's name.</param>
/// <param name="Urn">The resource; empty for calls about none.</param>
/// <param name="Request">What was asked: a record of the provider's requests.</param>
internal sealed record ProviderCall(string Method, string Provider, string Urn, object Request)
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>The name of the resource that code runs for; <c>none</c> where it runs for no resource.</summary>
    public static string CurrentResource
    {
        get => Current.Value is { Length: > 0 } name ? name : "none";
        set => Current.Value = value;
    }

    /// <summary>Whether it only asks what would happen.</summary>
    public bool Preview { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When it ended; null where its process or the run died first.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>The answer; null until there is one.</summary>
    public object? Answer { get; set; }

    /// <summary>The failure: a <see cref="PluginException"/> with its gRPC code, a <see
    /// cref="ResourceInitException"/>, or a defect of the provider.</summary>
    public Exception? Error { get; set; }

    public override string ToString() => $"{Method}{(Preview ? "(preview)" : "")} {Urns.NameOf(Urn)}".TrimEnd();
}

/// <summary>All that a run led to.</summary>
internal sealed record RunResult
{
    /// <summary>Whether the run did all that it should.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Whether the engine died in the run.</summary>
    public bool Died { get; init; }

    /// <summary>Whether the user interrupted it.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The steps, in the order in which they ended.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <summary>The messages, in their order.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>The calls of providers, in the order in which they began.</summary>
    public required IReadOnlyList<ProviderCall> Calls { get; init; }

    /// <summary>The state before the run.</summary>
    public required StackState Before { get; init; }

    /// <summary>The state after it; after a preview: the one that it expects.</summary>
    public required StackState After { get; init; }

    public IEnumerable<string> Errors => Of(Severity.Error);

    public IEnumerable<string> Warnings => Of(Severity.Warning);

    public IEnumerable<string> Infos => Of(Severity.Info);

    public IEnumerable<string> Statuses => Of(Severity.Status);

    /// <summary>Whether any step changes or would change anything.</summary>
    public bool HasChanges => Steps.Any(step => step.IsChange);

    /// <summary>The steps of a resource, by its name.</summary>
    public IEnumerable<StepRecord> StepsOf(string name) => Steps.Where(step => step.Name == name);

    private IEnumerable<string> Of(Severity severity) =>
        Messages.Where(message => message.Severity == severity).Select(message => message.Content);
}
