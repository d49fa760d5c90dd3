using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Plugin;

/// <summary>A request to validate inputs.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Olds">The inputs of the last update; empty for a new resource.</param>
/// <param name="News">The inputs of the program.</param>
internal sealed record CheckRequest(string Urn, string Type, PropertyMap Olds, PropertyMap News);

/// <summary>Checked inputs, and what is wrong with them.</summary>
internal sealed record CheckResult(PropertyMap Inputs, IReadOnlyList<CheckFailure> Failures);

/// <summary>One thing that is wrong with an input.</summary>
/// <param name="Property">The property's path, such as <c>source.port</c>.</param>
/// <param name="Reason">What is wrong and how to fix it.</param>
internal sealed record CheckFailure(string Property, string Reason);

/// <summary>A request to compare.</summary>
/// <param name="Id">The resource's id.</param>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Type">Its type token.</param>
/// <param name="OldState">The state (outputs) of the last update or refresh.</param>
/// <param name="OldInputs">The inputs of the last update or refresh.</param>
/// <param name="NewInputs">The inputs to compare with.</param>
/// <param name="IgnoreChanges">Property paths whose changes the user wants ignored.</param>
internal sealed record DiffRequest(
    string Id,
    string Urn,
    string Type,
    PropertyMap OldState,
    PropertyMap OldInputs,
    PropertyMap NewInputs,
    IReadOnlyList<string> IgnoreChanges
);

/// <summary>A comparison's outcome. Everything else that the protocol wants to know (whether there are changes at all,
/// which top-level properties changed, which of them force a replacement) follows from <paramref
/// name="Changes"/>.</summary>
/// <param name="Changes">The changed property paths, such as <c>source.host</c>.</param>
/// <param name="DeleteBeforeReplace">Whether a replacement must delete the old resource first.</param>
internal sealed record DiffResult(IReadOnlyDictionary<string, PropertyChange> Changes, bool DeleteBeforeReplace = false)
{
    /// <summary>No change.</summary>
    public static DiffResult None { get; } = new(ImmutableDictionary<string, PropertyChange>.Empty);
}

/// <summary>How one property changed.</summary>
/// <param name="Kind">Added, deleted or updated.</param>
/// <param name="Replace">Whether the change forces a replacement.</param>
/// <param name="IsInputDiff">Whether the change is between old and new inputs, not between state and inputs.</param>
internal sealed record PropertyChange(ChangeKind Kind, bool Replace = false, bool IsInputDiff = true)
{
    /// <summary>The change between two inputs that differ; a null value means that there is none.</summary>
    public static PropertyChange Between(PropertyValue old, PropertyValue now, bool replace = false) =>
        new(
            old is PropertyValue.NullValue ? ChangeKind.Add
                : now is PropertyValue.NullValue ? ChangeKind.Delete
                : ChangeKind.Update,
            replace
        );
}

/// <summary>Kinds of a property's change.</summary>
public enum ChangeKind
{
    /// <summary>The property is new.</summary>
    Add,

    /// <summary>The property was removed.</summary>
    Delete,

    /// <summary>The property has another value.</summary>
    Update,
}

/// <summary>The provider's configuration.</summary>
/// <param name="Args">The configuration; it may hold unknowns in a preview.</param>
internal sealed record ConfigureRequest(PropertyMap Args);

/// <summary>A request to create a resource.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Type">Its type token.</param>
/// <param name="Inputs">Its checked inputs.</param>
/// <param name="Timeout">The user's limit, or null for the provider's default.</param>
/// <param name="Preview">Whether only to say what would come of it.</param>
internal sealed record CreateRequest(string Urn, string Type, PropertyMap Inputs, TimeSpan? Timeout, bool Preview);

/// <summary>A created resource; in a preview the id may be empty.</summary>
internal sealed record CreateResult(string Id, PropertyMap State);

/// <summary>A request to read a resource; an import has the id alone, and then state and inputs are empty.</summary>
internal sealed record ReadRequest(
    string Id,
    string Urn,
    string Type,
    PropertyMap State,
    PropertyMap Inputs,
    TimeSpan? Timeout
);

/// <summary>A resource as it is.</summary>
/// <param name="Id">The resource's id.</param>
/// <param name="State">Its outputs.</param>
/// <param name="Inputs">The inputs that a program would declare it with; null where there is nothing to import.</param>
internal sealed record ReadResult(string Id, PropertyMap State, PropertyMap? Inputs);

/// <summary>A request to update a resource.</summary>
internal sealed record UpdateRequest(
    string Id,
    string Urn,
    string Type,
    PropertyMap OldState,
    PropertyMap OldInputs,
    PropertyMap NewInputs,
    TimeSpan? Timeout,
    bool Preview
);

/// <summary>An updated resource.</summary>
internal sealed record UpdateResult(PropertyMap State);

/// <summary>A request to delete a resource.</summary>
internal sealed record DeleteRequest(
    string Id,
    string Urn,
    string Type,
    PropertyMap State,
    PropertyMap OldInputs,
    TimeSpan? Timeout
);

/// <summary>A function call; in a preview its arguments are known too.</summary>
internal sealed record InvokeRequest(string Token, PropertyMap Args);

/// <summary>A function's answer, or what is wrong with its arguments.</summary>
internal sealed record InvokeResult(PropertyMap Return, IReadOnlyList<CheckFailure> Failures);

/// <summary>A request to find resources.</summary>
/// <param name="Token">The resource type's token.</param>
/// <param name="Query">What to look for.</param>
/// <param name="Limit">The most to answer; 0 for no limit.</param>
/// <param name="PageSize">The page size that the caller suggests; 0 for the provider's own.</param>
/// <param name="ContinuationToken">Where the last answer ended; empty at the start.</param>
internal sealed record ListRequest(
    string Token,
    PropertyMap Query,
    long Limit,
    long PageSize,
    string ContinuationToken
);

/// <summary>A resource that was found, or (with <paramref name="ContinuationToken"/>) where to go on.</summary>
internal sealed record ListedResource(string Id, string Name, string? ContinuationToken = null);
