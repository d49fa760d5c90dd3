using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Finds what the last run knew of a resource, under its name or a former one.</summary>
internal sealed class Aliasing(Run run, ProviderRegistry providers, Decisions decisions)
{
    public Entry? Find(Urn urn, ResourceGoal goal)
    {
        if (decisions.Renamed.TryGetValue(urn, out var taken))
            throw run.Stop(urn, $"'{urn}' is an alias of '{taken}' already.");
        if (run.Checkpoint.Find(urn) is { } old)
            return old;

        foreach (var alias in goal.Aliases.Select(alias => Expand(alias, goal)))
        {
            if (run.Checkpoint.Find(alias) is { } former)
            {
                Claim(urn, alias);
                return former;
            }
        }

        return null;
    }

    private void Claim(Urn urn, Urn alias)
    {
        if (decisions.Registered.Contains(alias) || !decisions.Renamed.TryAdd(alias, urn))
            throw run.Stop(urn, $"'{urn}' has the alias '{alias}', which another resource of the program has taken.");

        providers.RegisterFormerName(urn, alias);
    }

    /// <summary>An alias is a URN, or another name for the resource.</summary>
    private Urn Expand(string alias, ResourceGoal goal) =>
        alias.StartsWith("urn:", StringComparison.Ordinal)
            ? new Urn(alias)
            : run.Stack.UrnOf(goal.Parent, goal.Type, alias);
}
