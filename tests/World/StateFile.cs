using System.Collections.Immutable;

namespace QingCloudMySqlStandby.World;

/// <summary>What the engine remembers between runs.</summary>
/// <param name="Resources">The resources by name.</param>
/// <param name="Replaced">Old halves of replacements that are still to be deleted.</param>
public sealed record StateFile(
    ImmutableSortedDictionary<string, StoredResource> Resources, ImmutableList<ReplacedResource> Replaced)
{
    public static StateFile Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, StoredResource>(StringComparer.Ordinal), []);

    public IEnumerable<StoredResource> All => Resources.Values.Concat(Replaced.Select(replaced => replaced.Resource));

    public StateFile With(string name, StoredResource resource) => this with { Resources = Resources.SetItem(name, resource) };

    public StateFile Without(string name) => this with { Resources = Resources.Remove(name) };

    public StateFile WithReplaced(string name, StoredResource old) =>
        this with { Replaced = Replaced.Add(new ReplacedResource(name, old)) };

    public StateFile WithoutReplaced(ReplacedResource replaced) => this with { Replaced = Replaced.Remove(replaced) };
}

/// <summary>The old half of a replacement.</summary>
public sealed record ReplacedResource(string Name, StoredResource Resource);
