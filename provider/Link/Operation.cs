namespace QingCloudMySqlStandby.Link;

/// <summary>One operation on one resource: how long it may take, and what it reports meanwhile.</summary>
internal sealed class Operation : IDisposable
{
    private readonly Session _session;
    private readonly string _urn;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _interrupted;
    private readonly CancellationTokenSource _workTimer;
    private readonly CancellationTokenSource _wholeTimer;
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _whole;

    /// <param name="session">What all operations share.</param>
    /// <param name="urn">The resource.</param>
    /// <param name="limit">How long the operation may take.</param>
    /// <param name="reserve">How much of that is kept for undoing what is half done.</param>
    /// <param name="interrupted">Cancelled when the user interrupts.</param>
    public Operation(Session session, string urn, TimeSpan limit, TimeSpan reserve, CancellationToken interrupted)
    {
        (_session, _urn, _limit, _interrupted) = (session, urn, limit, interrupted);
        _workTimer = new CancellationTokenSource(limit - reserve, session.Time);
        _wholeTimer = new CancellationTokenSource(limit, session.Time);
        _work = CancellationTokenSource.CreateLinkedTokenSource(_workTimer.Token, interrupted);
        _whole = CancellationTokenSource.CreateLinkedTokenSource(_wholeTimer.Token, interrupted);
        Cloud = session.Cloud.Reporting(line => session.Log.Status(urn, line));
    }

    /// <summary>Cancelled when the user interrupts, or when the time is up but for the reserve.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Cancelled when the user interrupts, or when all of the time is up.</summary>
    public CancellationToken WholeToken => _whole.Token;

    /// <summary>Whether the user interrupted: then nothing is undone, and the next run continues.</summary>
    public bool IsInterrupted => _interrupted.IsCancellationRequested;

    public DateTimeOffset Now => _session.Time.GetUtcNow();

    /// <summary>QingCloud, whose calls show what they wait for on this operation's status line.</summary>
    public IQingCloud Cloud { get; }

    public Random Random => _session.Random;

    public TimeProvider Time => _session.Time;

    /// <summary>Why the token was cancelled, as the beginning of a sentence.</summary>
    public string Interruption =>
        IsInterrupted
            ? "The operation was cancelled"
            : $"The time limit of {Duration.Of(_limit)} was reached (raise it with the customTimeouts option)";

    /// <summary>What failed last before the token was cancelled, as a sentence; empty where nothing did.</summary>
    public static string LastFailure(Exception cancelled) =>
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
            Debug($"failed: {error}");
            throw Failures.Translate(error);
        }
        catch (OperationCanceledException cancelled) when (Token.IsCancellationRequested)
        {
            throw new PluginException(
                PluginErrorCode.Cancelled,
                $"{Interruption}; nothing was changed.{LastFailure(cancelled)}",
                cancelled
            );
        }
    }

    public void Show(string line) => _session.Log.Status(_urn, line);

    public void Inform(string message) => _session.Log.Info(_urn, message);

    /// <inheritdoc cref="Session.Warn"/>
    public void Warn(WarningKind kind, string message) => _session.Warn(_urn, kind, message);

    public void Debug(string message) => _session.Log.Debug(_urn, message);

    public void Dispose()
    {
        _work.Dispose();
        _whole.Dispose();
        _workTimer.Dispose();
        _wholeTimer.Dispose();
    }
}
