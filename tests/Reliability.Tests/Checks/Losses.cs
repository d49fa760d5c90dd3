using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Environments;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A link that a state file knew ends before it leaves the last state file, unless it was to be retained.</summary>
internal sealed class Losses(TestEnvironment environment)
{
    private readonly Dictionary<string, bool> _retained = new(StringComparer.Ordinal);

    /// <summary>Checks the links that all stacks know between two commands.</summary>
    public void Check(IReadOnlyList<ResourceState> known)
    {
        foreach (var cluster in environment.Cloud.Clusters)
        {
            if (cluster.Status is ClusterStatus.Deleted or ClusterStatus.Ceased)
            {
                // A state may drop what was deleted, whatever the recycle bin gives back.
                _retained.Remove(cluster.Link?.JobId ?? "");
            }

            if (cluster.Link is { } link
                && _retained.TryGetValue(link.JobId, out var isRetained)
                && !isRetained
                && !known.Any(resource => resource.Id.EndsWith("/" + cluster.Id, StringComparison.Ordinal))
                && !new ClusterPast(environment, cluster.Id).IsMisleading)
            {
                throw new ViolationException(
                    "no link is lost", $"the link of job {link.JobId} on {cluster.Id} runs on, and no state knows it");
            }
        }

        foreach (var resource in known)
        {
            if (resource.Outputs["jobId"].Bare is PropertyValue.TextValue jobId)
            {
                _retained[jobId.Value] = resource.RetainOnDelete;
            }
        }
    }
}
