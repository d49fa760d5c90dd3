using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Does not know what a stop was for, once the process that made it is gone; nor learns it from an interrupted
/// one.</summary>
internal sealed class ForgetsRestarts(bool killedOnly)
    : ProviderVariant(killedOnly ? "forgets restarts when it is killed" : "forgets restarts when it is interrupted")
{
    protected internal override IProvider Provider(IProvider provider, TestEnvironment environment) =>
        killedOnly ? provider : new Forgetting(provider);

    protected internal override IQingCloud Cloud(IQingCloud cloud) => new Forgetful(cloud);

    private sealed class Forgetting(IProvider provider) : DecoratedProvider(provider)
    {
        public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.UpdateAsync(request, cancellationToken);
            }
            catch (ResourceInitException partial)
            {
                throw new ResourceInitException(request.Id, request.OldState, request.NewInputs, [partial.Message]);
            }
        }
    }

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
            return history with { Jobs = [.. history.Jobs.Select(Nameless)] };
        }

        private static Job Nameless(Job job) =>
            job.Request is not { Service: ServiceNames.StopStandby } request
                ? job
                : job with
                {
                    Request = request with { Sender = request.Sender with { RequestId = null } },
                };
    }
}
