using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Which resources of a list need which. In the list each comes after what it depends on.</summary>
internal sealed class DependencyGraph(IReadOnlyList<Entry> entries)
{
    private readonly Dictionary<Entry, int> _index = Enumerable.Range(0, entries.Count).ToDictionary(at => entries[at]);

    public bool Contains(Entry entry) => _index.ContainsKey(entry);

    /// <summary>What depends on a resource, directly or not, in the list's order.</summary>
    public IReadOnlyList<Entry> DependingOn(Entry root, Func<Urn, bool>? ignore = null, bool includeChildren = false)
    {
        var (found, urns) = (new List<Entry>(), new HashSet<string>(StringComparer.Ordinal) { root.Urn.Value });
        foreach (var candidate in entries.Skip(_index[root] + 1))
        {
            if (
                ignore?.Invoke(candidate.Urn) != true
                && (
                    candidate.State.AllDependencies.Any(urns.Contains)
                    || (includeChildren && IsChild(candidate.State, urns))
                )
            )
            {
                found.Add(candidate);
                urns.Add(candidate.Urn.Value);
            }
        }

        return found;
    }

    /// <summary>What a resource depends on directly, its parent and its provider too.</summary>
    public IEnumerable<Entry> DependenciesOf(Entry entry)
    {
        var urns = entry
            .State.AllDependencies.Concat(entry.State.Parent is { } parent ? [parent.Value] : [])
            .ToHashSet(StringComparer.Ordinal);
        return entries.Take(_index[entry]).Where(candidate => urns.Contains(candidate.Urn.Value));
    }

    /// <summary>What a resource depends on, directly or not.</summary>
    public HashSet<Entry> AllDependenciesOf(Entry entry)
    {
        var (found, left) = (new HashSet<Entry>(), new Queue<Entry>([entry]));
        while (left.TryDequeue(out var next))
        {
            foreach (var dependency in DependenciesOf(next).Where(found.Add))
                left.Enqueue(dependency);
        }

        return found;
    }

    private static bool IsChild(ResourceState state, HashSet<string> urns) =>
        state.Parent is { } parent && urns.Contains(parent.Value);
}
