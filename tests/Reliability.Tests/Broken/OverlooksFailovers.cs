using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Does not see what ends a link.</summary>
internal sealed class OverlooksFailovers() : ProviderVariant("overlooks failovers")
{
    protected internal override IQingCloud Cloud(IQingCloud cloud) => new Blind(cloud);

    private sealed class Blind(IQingCloud cloud) : DecoratedCloud(cloud)
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
            return history with
            {
                Jobs = [.. history.Jobs.Where(job => job.Request?.Service == ServiceNames.StartStandby)],
            };
        }
    }
}
