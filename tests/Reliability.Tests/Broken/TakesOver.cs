namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Create takes a link over that another resource started, in one of the stacks.</summary>
internal sealed class TakesOver(string stack) : ProviderVariant($"takes links over in {stack}")
{
    protected internal override IProvider Provider(IProvider provider, TestEnvironment environment) =>
        new TakingOver(provider, stack);

    private sealed class TakingOver(IProvider provider, string stack) : DecoratedProvider(provider)
    {
        public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.CreateAsync(request, cancellationToken);
            }
            catch (PluginException refusal)
                when (!request.Preview
                    && request.Urn.StartsWith($"urn:pulumi:{stack}::", StringComparison.Ordinal)
                    && refusal.Message.Contains("that this resource did not start", StringComparison.Ordinal)
                )
            {
                return await TakeAsync(request, cancellationToken)
                    ?? throw new PluginException(refusal.Code, refusal.Message, refusal);
            }
        }

        private async Task<CreateResult?> TakeAsync(CreateRequest request, CancellationToken cancellationToken)
        {
            var id = IdOf(request.Inputs);
            var read = new ReadRequest(
                id,
                request.Urn,
                request.Type,
                PropertyMap.Empty,
                PropertyMap.Empty,
                Timeout: null
            );
            return await ReadAsync(read, cancellationToken) is { } link ? new CreateResult(id, link.State) : null;
        }
    }
}
