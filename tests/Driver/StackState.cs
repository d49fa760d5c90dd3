using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace QingCloudMySqlStandby.Driver;

/// <summary>What is remembered of a stack between its runs.</summary>
internal sealed record StackState(ImmutableList<ResourceState> Resources)
{
    /// <summary>A stack without resources.</summary>
    public static StackState Empty { get; } = new([]);

    /// <summary>Its provider instances, by name.</summary>
    public ImmutableSortedDictionary<string, PropertyMap> Providers { get; init; } =
        ImmutableSortedDictionary.Create<string, PropertyMap>(StringComparer.Ordinal);

    /// <summary>The operations that had begun, and whose end was never recorded.</summary>
    public ImmutableList<PendingOperation> Pending { get; init; } = [];

    /// <summary>The stack's outputs.</summary>
    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    /// <summary>The resource with this name or URN, unless it only waits for its deletion.</summary>
    public ResourceState? Find(string name) =>
        Resources.Find(resource => !resource.Delete && (resource.Name == name || resource.Urn == name));

    /// <summary>This state with a resource as it is now.</summary>
    public StackState With(ResourceState now) => this with { Resources = Resources.SetItem(IndexOf(now), now) };

    /// <summary>This state without a resource.</summary>
    public StackState Without(ResourceState gone) =>
        this with
        {
            Resources = Resources.RemoveAll(resource => resource.Key == gone.Key),
        };

    /// <summary>Where a resource is, however it has changed since; -1 where it is not.</summary>
    public int IndexOf(ResourceState resource) => Resources.FindIndex(other => other.Key == resource.Key);

    /// <summary>The resources, with references to one that has another URN now brought up to date.</summary>
    public static ImmutableList<ResourceState> Renamed(IEnumerable<ResourceState> resources, string from, string to) =>
        [.. resources.Select(resource => Renamed(resource, from, to))];

    private static ResourceState Renamed(ResourceState resource, string from, string to) =>
        resource with
        {
            Dependencies = Renamed(resource.Dependencies, from, to),
            InputDependencies = resource.InputDependencies.ToImmutableSortedDictionary(
                entry => entry.Key,
                entry => Renamed(entry.Value, from, to),
                StringComparer.Ordinal
            ),
        };

    private static ImmutableSortedSet<string> Renamed(ImmutableSortedSet<string> urns, string from, string to) =>
        urns.Remove(from) is var others && others.Count < urns.Count ? others.Add(to) : urns;
}

/// <summary>A resource as the last run left it.</summary>
internal sealed record ResourceState(string Urn, string Type, string Name, PropertyMap Inputs)
{
    /// <summary>What stays the same when the resource changes in the state.</summary>
    [JsonIgnore]
    public object Key { get; init; } = new();

    /// <summary>The provider's id of it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its outputs.</summary>
    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    /// <summary>The name of its provider instance.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The URNs of the resources that it depends on.</summary>
    public ImmutableSortedSet<string> Dependencies { get; init; } = [];

    /// <summary>The URNs that each of its inputs depends on.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> InputDependencies { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);

    /// <summary>The options it was declared with; names of resources in them are URNs.</summary>
    public ResourceOptions Options { get; init; } = new();

    /// <summary>Whether it is only read, and belongs to nobody here.</summary>
    public bool External { get; init; }

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
}

/// <summary>An operation that has begun.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Kind"><c>creating</c>, <c>updating</c>, <c>deleting</c>, <c>reading</c> or <c>importing</c>.</param>
internal sealed record PendingOperation(string Urn, string Kind);
