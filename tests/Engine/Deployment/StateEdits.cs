using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Changes of a state, as the outcomes of steps.</summary>
internal static class StateEdits
{
    public static StackState Add(this StackState state, ResourceState resource) =>
        state with { Resources = state.Resources.Add(resource) };

    public static StackState Replace(this StackState state, ResourceState old, ResourceState replacement) =>
        state with { Resources = state.Resources.SetItem(IndexOf(state, old), replacement) };

    public static StackState Remove(this StackState state, ResourceState resource) =>
        state with { Resources = state.Resources.RemoveAt(IndexOf(state, resource)) };

    /// <summary>Removes a resource that exists no more, and what others say of depending on it.</summary>
    public static StackState RemoveGone(this StackState state, ResourceState resource)
    {
        var urn = resource.Urn.Value;
        return state.Remove(resource) with
        {
            Resources = [.. state.Remove(resource).Resources.Select(other => other with
            {
                Dependencies = other.Dependencies.Remove(urn),
                PropertyDependencies = other.PropertyDependencies.ToImmutableSortedDictionary(
                    entry => entry.Key, entry => entry.Value.Remove(urn), StringComparer.Ordinal),
            })],
        };
    }

    // By reference: during a replacement two resources may have all in common.
    private static int IndexOf(StackState state, ResourceState resource)
    {
        var at = state.Resources.FindIndex(candidate => ReferenceEquals(candidate, resource));
        return at >= 0 ? at : throw new InvalidOperationException($"{resource.Urn} is not in the state.");
    }
}
