using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Deletes resources, each after all that depend on it.</summary>
internal sealed class Deleter(Run run, ResourceSteps steps)
{
    public async Task DeleteAsync(Func<ResourceState, bool> isCondemned)
    {
        List<ResourceState> left = [.. run.Checkpoint.State.Resources.Where(isCondemned)];
        while (left.Count > 0)
        {
            run.ThrowIfStopping();
            ResourceState[] wave = [.. left.Where(resource => !left.Exists(other => DependsOn(other, resource)))];
            if (wave.Length == 0)
            {
                throw run.Fail(null, "The state's dependencies go in a circle.");
            }

            left.RemoveAll(wave.Contains);
            var deleted = await Task.WhenAll(wave.Select(resource => steps.DeleteAsync(resource, replacing: resource.Delete)));
            Keep(left, wave.Where((_, at) => !deleted[at]));
        }
    }

    internal static bool DependsOn(ResourceState resource, ResourceState other) =>
        resource.Urn != other.Urn
        && (resource.Dependencies.Contains(other.Urn.Value)
            || resource.Parent == other.Urn
            || resource.ProviderReference?.Urn == other.Urn
            || resource.PropertyDependencies.Values.Any(urns => urns.Contains(other.Urn.Value)));

    /// <summary>What a protected resource depends on stays with it.</summary>
    private static void Keep(List<ResourceState> left, IEnumerable<ResourceState> refused)
    {
        var kept = new Queue<ResourceState>(refused);
        while (kept.TryDequeue(out var resource))
        {
            foreach (var needed in left.FindAll(other => DependsOn(resource, other)))
            {
                left.Remove(needed);
                kept.Enqueue(needed);
            }
        }
    }
}
