using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>A link that a state file knew ends before it leaves the last state file, unless it was to be
/// retained.</summary>
internal sealed class Losses(TestEnvironment environment)
{
    private readonly Dictionary<string, LastKnown> _links = new(StringComparer.Ordinal);

    /// <summary>Notes that somebody takes a link out of the state by hand, whose job the state may not name.</summary>
    public void GiveUp(ResourceState resource)
    {
        var named = resource.Outputs["jobId"].Bare as PropertyValue.TextValue;
        foreach (var jobId in new[] { named?.Value, LinkOf(resource)?.JobId })
        {
            if (jobId is not null)
                _links[jobId] = new LastKnown(resource.Urn.Name, IsRetained: true);
        }
    }

    /// <summary>Checks the links that all stacks know between two commands.</summary>
    /// <param name="known">The links in the states.</param>
    /// <param name="retained">The names of the resources that programs declare to be retained.</param>
    public void Check(IReadOnlyList<ResourceState> known, IReadOnlySet<string> retained)
    {
        foreach (var cluster in environment.Cloud.Clusters)
        {
            if (environment.Cloud.Jobs.Any(job => job.ClusterId == cluster.Id && job.Action == "DeleteClusters"))
            {
                // A state may drop what was deleted, whatever the recycle bin gives back.
                _links.Remove(cluster.Link?.JobId ?? "");
            }

            if (
                cluster.Link is not { } link
                || !_links.TryGetValue(link.JobId, out var last)
                || known.Any(resource => resource.Id.EndsWith("/" + cluster.Id, StringComparison.Ordinal))
            )
            {
                continue;
            }

            // What a program came to declare afterwards under the same name says nothing of it.
            _links[link.JobId] = last = last with { IsRetained = last.IsRetained || retained.Contains(last.Name) };
            if (!last.IsRetained && !new ClusterPast(environment, cluster.Id).IsMisleading)
            {
                throw new ViolationException(
                    "no link is lost",
                    $"the link of job {link.JobId} on {cluster.Id} runs on, and no state knows it"
                );
            }
        }

        foreach (var resource in known)
        {
            var last = new LastKnown(resource.Urn.Name, resource.RetainOnDelete);
            if (resource.Outputs["jobId"].Bare is PropertyValue.TextValue jobId)
                _links[jobId.Value] = last;

            // A state that names another job of the cluster, or none, still decides what becomes of its link.
            if (LinkOf(resource) is { } link && _links.ContainsKey(link.JobId))
                _links[link.JobId] = last;
        }
    }

    private Simulator.Domain.Link? LinkOf(ResourceState resource) =>
        environment.Cloud.Cluster(resource.Id.Split('/')[^1])?.Link;

    /// <summary>A link that a state knew last.</summary>
    private sealed record LastKnown(string Name, bool IsRetained);
}
