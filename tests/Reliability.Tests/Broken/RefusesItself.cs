namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Create refuses whatever link the cluster has, the resource's own too.</summary>
internal sealed class RefusesItself() : ProviderVariant("refuses its own link")
{
    protected internal override IProvider Provider(IProvider provider, TestEnvironment environment) =>
        new Refusing(provider, environment);

    private sealed class Refusing(IProvider provider, TestEnvironment environment) : DecoratedProvider(provider)
    {
        public override Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
            !request.Preview && environment.Cloud.Cluster(TextOf(request.Inputs, "clusterId")) is { Link: not null }
                ? throw new PluginException(PluginErrorCode.FailedPrecondition, "The cluster has a link already.")
                : base.CreateAsync(request, cancellationToken);
    }
}
