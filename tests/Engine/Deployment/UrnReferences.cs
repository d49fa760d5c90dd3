using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What a resource's state says of other resources.</summary>
internal static class UrnReferences
{
    /// <summary>The state with references to renamed resources brought up to date.</summary>
    public static ResourceState Rename(ResourceState state, IReadOnlyDictionary<Urn, Urn> renamed) =>
        Change(state, urn => [NewOf(urn, renamed)]) with
        {
            Parent = state.Parent is { } parent ? new Urn(NewOf(parent.Value, renamed)) : null,
            Provider = state.ProviderReference is { } provider
                ? (provider with { Urn = new Urn(NewOf(provider.Urn.Value, renamed)) }).ToString()
                : null,
        };

    /// <summary>The state without references to resources that do not exist.</summary>
    public static ResourceState Keep(ResourceState state, IReadOnlySet<string> existing) =>
        Change(state, urn => existing.Contains(urn) ? [urn] : []);

    private static ResourceState Change(ResourceState state, Func<string, IEnumerable<string>> change) =>
        state with
        {
            Dependencies = [.. state.Dependencies.SelectMany(change)],
            PropertyDependencies = state.PropertyDependencies.ToImmutableSortedDictionary(
                entry => entry.Key,
                entry => entry.Value.SelectMany(change).ToImmutableSortedSet(),
                StringComparer.Ordinal
            ),
            ReplaceWith = [.. state.ReplaceWith.SelectMany(change)],
            DeletedWith = state.DeletedWith is { } other ? change(other).FirstOrDefault() : null,
        };

    private static string NewOf(string urn, IReadOnlyDictionary<Urn, Urn> renamed) =>
        renamed.TryGetValue(new Urn(urn), out var now) ? now.Value : urn;
}
