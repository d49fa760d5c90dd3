using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Engine.State;

/// <summary>What the engine knows of a stack between its runs.</summary>
internal sealed record StackState(
    ImmutableList<ResourceState> Resources,
    ImmutableList<PendingOperation> PendingOperations,
    PropertyMap Outputs
)
{
    /// <summary>A stack that has nothing yet.</summary>
    public static StackState Empty { get; } = new([], [], PropertyMap.Empty);

    /// <summary>The resource of this name that is not about to be deleted, or null.</summary>
    public ResourceState? Find(string name) =>
        Resources.Find(resource =>
            resource is { Delete: false } && resource.Urn.Name == name && resource.Urn.Type != Urn.StackType
        );
}

/// <summary>A resource as the last run left it.</summary>
internal sealed record ResourceState(Urn Urn, bool Custom, PropertyMap Inputs, PropertyMap Outputs)
{
    /// <summary>The provider's id of it; empty for a component.</summary>
    public string Id { get; init; } = "";

    /// <summary>The component it belongs to.</summary>
    public Urn? Parent { get; init; }

    /// <summary>Its provider, as <c>URN::ID</c>; null for components and providers.</summary>
    public string? Provider { get; init; }

    /// <summary>The URNs of the resources it depends on.</summary>
    public ImmutableSortedSet<string> Dependencies { get; init; } = [];

    /// <summary>The URNs that each of its inputs depends on.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> PropertyDependencies { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty;

    /// <summary>The program's limits on its operations.</summary>
    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;

    /// <summary>Whether it may not be deleted.</summary>
    public bool Protect { get; init; }

    /// <summary>Whether deleting it only forgets it.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>The resource whose deletion deletes it too.</summary>
    public string? DeletedWith { get; init; }

    /// <summary>The resources whose replacement replaces it too.</summary>
    public ImmutableList<string> ReplaceWith { get; init; } = [];

    /// <summary>What the program ignores changes of.</summary>
    public ImmutableList<string> IgnoreChanges { get; init; } = [];

    /// <summary>What the program wants a replacement for.</summary>
    public ImmutableList<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>A value whose change replaces it.</summary>
    public PropertyValue ReplacementTrigger { get; init; } = PropertyValue.Null;

    /// <summary>The outputs that the program calls secret.</summary>
    public ImmutableList<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>The id it was imported by, where the program says so.</summary>
    public string? ImportId { get; init; }

    /// <summary>Why it is not ready.</summary>
    public ImmutableList<string> InitErrors { get; init; } = [];

    /// <summary>Whether the next run reads it before anything else.</summary>
    public bool RefreshBeforeUpdate { get; init; }

    /// <summary>Whether the next run replaces it, as <c>state taint</c> asks for.</summary>
    public bool Taint { get; init; }

    /// <summary>Whether it was replaced and only waits for its deletion.</summary>
    public bool Delete { get; init; }

    /// <summary>Whether it was deleted and only waits for its replacement.</summary>
    public bool PendingReplacement { get; init; }

    internal bool IsProvider => Urn.IsProviderType(Urn.Type);
    internal ProviderReference? ProviderReference => Provider is null ? null : Engine.ProviderReference.Parse(Provider);

    /// <summary>All that it depends on, in whatever way, but for its parent.</summary>
    internal IEnumerable<string> AllDependencies =>
        Dependencies
            .Concat(PropertyDependencies.Values.SelectMany(urns => urns))
            .Concat(ReplaceWith)
            .Concat(DeletedWith is null ? [] : [DeletedWith])
            .Concat(ProviderReference is { } provider ? [provider.Urn.Value] : []);
}

/// <summary>An operation that had begun when the state was last written.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Kind"><c>creating</c>, <c>updating</c>, <c>deleting</c>, <c>reading</c> or <c>importing</c>.</param>
internal sealed record PendingOperation(Urn Urn, string Kind);
