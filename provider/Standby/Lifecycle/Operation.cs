using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>One operation on one resource: who it is for, and how long it may take.</summary>
internal sealed class Operation : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _cancelled;

    public Operation(string urn, IEngineLog log, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Urn = urn;
        Log = log;
        Limit = limit;
        _cancelled = cancellationToken;
        _limit = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken);
    }

    public string Urn { get; }

    public IEngineLog Log { get; }

    public TimeSpan Limit { get; }

    /// <summary>Cancelled when the user interrupts or the time is up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Why the token was cancelled, as the beginning of a sentence.</summary>
    public string Interruption => _cancelled.IsCancellationRequested
        ? "The operation was cancelled"
        : $"The time limit of {Duration.Of(Limit)} was reached (raise it with the customTimeouts option)";

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
