using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Create consents by itself to a new start: a run that forces a replacement undoes a failover.</summary>
internal sealed partial class ConsentsItself() : ProviderVariant("consents by itself")
{
    protected internal override IProvider Provider(IProvider provider, TestEnvironment environment) =>
        new Consenting(provider);

    private sealed partial class Consenting(IProvider provider) : DecoratedProvider(provider)
    {
        public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.CreateAsync(request, cancellationToken);
            }
            catch (PluginException refusal) when (RelinkAfter().Match(refusal.Message) is { Success: true } asked)
            {
                var inputs = request.Inputs.With("relinkAfter", PropertyValue.Of(asked.Groups["job"].Value));
                return await base.CreateAsync(request with { Inputs = inputs }, cancellationToken);
            }
        }

        [GeneratedRegex("relinkAfter: (?<job>j-[0-9a-z]+)", RegexOptions.ExplicitCapture)]
        private static partial Regex RelinkAfter();
    }
}
