namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>One operation on one resource: who it is for, how long it may take, and what it reports
/// meanwhile.</summary>
internal sealed class Operation : IDisposable
{
    private readonly IEngineLog _log;
    private readonly string _urn;
    private readonly TimeSpan _most;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _cancelled;

    public Operation(string urn, IEngineLog log, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        (_urn, _log, _most, _time, _cancelled) = (urn, log, limit, time, cancellationToken);
        _limit = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellationToken);
    }

    /// <summary>Cancelled when the user interrupts or the time is up.</summary>
    public CancellationToken Token => _either.Token;

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Why the token was cancelled, as the beginning of a sentence.</summary>
    public string Interruption => _cancelled.IsCancellationRequested
        ? "The operation was cancelled"
        : $"The time limit of {Schema.Duration.Of(_most)} was reached (raise it with the customTimeouts option)";

    /// <summary>What failed last before the token was cancelled, as a sentence; empty where nothing did.</summary>
    public static string LastFailure(OperationCanceledException cancelled) =>
        cancelled.InnerException is QingCloudException error ? $" The last call failed: {error.Message}" : "";

    /// <summary>Runs the operation, and turns the API client's failures into the plugin's.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (QingCloudException error)
        {
            throw Failures.Translate(error);
        }
        catch (OperationCanceledException cancelled) when (Token.IsCancellationRequested)
        {
            throw new PluginException(
                PluginErrorCode.Cancelled, $"{Interruption}; nothing was changed.{LastFailure(cancelled)}", cancelled);
        }
    }

    /// <summary>Shows a status line.</summary>
    public void Show(string line) => _log.Status(_urn, line);

    public void Warn(string message) => _log.Warning(_urn, message);

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
