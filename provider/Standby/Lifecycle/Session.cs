using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>One run of the engine with one configuration: what its operations share.</summary>
/// <param name="Cloud">QingCloud.</param>
/// <param name="Log">The engine's log.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">Makes ids that no other call has.</param>
/// <param name="ProviderUrn">The URN of the provider instance; null where the engine does not say.</param>
internal sealed record Session(
    IQingCloud Cloud, IEngineLog Log, TimeProvider Time, Random Random, string? ProviderUrn)
{
    public Incarnations Incarnations { get; } = new();

    public Operation Begin(string urn, TimeSpan limit, CancellationToken cancellationToken) =>
        new(urn, Log, limit, Time, cancellationToken);

    /// <summary>The resource as its calls name it.</summary>
    public ResourceIdentity IdentityOf(string urn) => ResourceIdentity.Of(urn, ProviderUrn);

    public Convergence Converge(Operation operation, Target target) => new(Cloud, Random, operation, target);

    public string NewIncarnation()
    {
        Span<byte> token = stackalloc byte[8];
        Random.NextBytes(token);
        return Convert.ToHexStringLower(token);
    }
}
