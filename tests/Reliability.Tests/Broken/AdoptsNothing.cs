using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Sees no past where no state file knows of one: a Create starts whatever there is.</summary>
internal sealed class AdoptsNothing() : ProviderVariant("adopts nothing")
{
    protected internal override IQingCloud Cloud(IQingCloud cloud) => new Forgetful(cloud);

    private sealed class Forgetful(IQingCloud cloud) : DecoratedCloud(cloud)
    {
        public override async Task<JobHistory> ReadHistoryAsync(
            string zone,
            string clusterId,
            DateTimeOffset? since,
            Freshness freshness,
            CancellationToken cancellationToken
        )
        {
            var history = await base.ReadHistoryAsync(zone, clusterId, since, freshness, cancellationToken);
            return since is null ? history with { Jobs = [] } : history;
        }

        public override Task<SourceTab?> FindSourceTabAsync(
            string zone,
            Cluster cluster,
            string role,
            CancellationToken cancellationToken
        ) => Task.FromResult<SourceTab?>(null);
    }
}
