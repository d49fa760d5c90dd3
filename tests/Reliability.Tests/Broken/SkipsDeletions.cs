namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Leaves a link to the program where the program declares its cluster, by the same resource or by another:
/// whether that one goes on with the link it does not ask.</summary>
internal sealed class SkipsDeletions(bool ofOthers)
    : ProviderVariant(ofOthers ? "leaves links to other resources" : "leaves links to the resource itself")
{
    protected internal override IProvider Provider(IProvider provider, TestEnvironment environment) =>
        new Skipping(provider, ofOthers);

    private sealed class Skipping(IProvider provider, bool ofOthers) : DecoratedProvider(provider)
    {
        private readonly HashSet<(string Urn, string Id)> _declared = [];

        public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
        {
            _declared.Add((request.Urn, IdOf(request.News)));
            return base.CheckAsync(request, cancellationToken);
        }

        public override Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
            _declared.Any(other => other.Id == request.Id && (other.Urn != request.Urn) == ofOthers)
                ? Task.CompletedTask
                : base.DeleteAsync(request, cancellationToken);
    }
}
