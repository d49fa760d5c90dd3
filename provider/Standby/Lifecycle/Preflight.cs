using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>The look at the cloud that a preview takes: it reads only, and only where there are credentials to read with.</summary>
internal sealed class Preflight(IQingCloud cloud, TimeProvider time, bool enabled)
{
    /// <summary>
    /// A tab tells of a link that is older than the job history; reading one for each of a hundred resources would cost a hundred
    /// calls. Create reads it in any case.
    /// </summary>
    private const int MostTabs = 5;

    private readonly LiveLink _links = new(cloud, MostTabs);

    /// <summary>An operation that the jobs do not tell of is under way, such as a change of the cluster's nodes.</summary>
    public static void RequireIdle(Cluster cluster)
    {
        if (cluster.TransitionStatus.Length > 0)
        {
            throw Refusal.InTransition(cluster);
        }
    }

    /// <summary>Looks at the standby; null when the preview goes without a look.</summary>
    /// <exception cref="PluginException">The cluster does not exist, or QingCloud refused the look.</exception>
    public async Task<LiveStandby?> LookAsync(
        string urn, StandbyInputs inputs, KnownLink? known, IEngineLog log, CancellationToken cancellationToken)
    {
        if (!enabled || !await cloud.HasCredentialsAsync(cancellationToken))
        {
            return null;
        }

        using var operation = new Operation(urn, log, TimeLimits.Read, time, cancellationToken);
        return await Failures.TranslateAsync(
            operation,
            async () => await _links.LookAsync(inputs.Id, inputs.Role, known, Freshness.Recent, operation.Token)
                ?? throw Refusal.NoCluster(inputs.Id));
    }
}
