namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>One run of the engine with one configuration: what its operations share.</summary>
/// <param name="Cloud">QingCloud.</param>
/// <param name="Log">The engine's log.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">Makes ids that no other call has.</param>
internal sealed record Session(IQingCloud Cloud, IEngineLog Log, TimeProvider Time, Random Random)
{
    public Incarnations Incarnations { get; } = new();

    public Operation Begin(string urn, TimeSpan limit, CancellationToken cancellationToken) =>
        new(urn, Log, limit, Time, cancellationToken);

    public Convergence Converge(Operation operation, Target target) =>
        new(CloudFor(operation), Random, operation, target);

    /// <summary>QingCloud, whose calls show what they wait for on the operation's status line.</summary>
    public IQingCloud CloudFor(Operation operation) => Cloud.Reporting(operation.Show);

    public string NewIncarnation()
    {
        Span<byte> token = stackalloc byte[8];
        Random.NextBytes(token);
        return Convert.ToHexStringLower(token);
    }
}
