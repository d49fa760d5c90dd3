namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>One operation on one resource: how long it may take, and what it reports meanwhile.</summary>
internal sealed class Operation(
    Session session,
    string urn,
    TimeSpan limit,
    CancellationTokenSource timer,
    CancellationToken interrupted
) : IDisposable
{
    private readonly CancellationTokenSource _either = CancellationTokenSource.CreateLinkedTokenSource(
        timer.Token,
        interrupted
    );

    /// <summary>Cancelled when the user interrupts or the time is up.</summary>
    public CancellationToken Token => _either.Token;

    public DateTimeOffset Now => session.Time.GetUtcNow();

    /// <summary>QingCloud, whose calls show what they wait for on this operation's status line.</summary>
    public IQingCloud Cloud { get; } = session.Cloud.Reporting(line => session.Log.Status(urn, line));

    public Random Random => session.Random;

    /// <summary>Why the token was cancelled, as the beginning of a sentence.</summary>
    public string Interruption =>
        interrupted.IsCancellationRequested
            ? "The operation was cancelled"
            : $"The time limit of {Duration.Of(limit)} was reached (raise it with the customTimeouts option)";

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
                PluginErrorCode.Cancelled,
                $"{Interruption}; nothing was changed.{LastFailure(cancelled)}",
                cancelled
            );
        }
    }

    public void Show(string line) => session.Log.Status(urn, line);

    public void Warn(string message) => session.Log.Warning(urn, message);

    public void Dispose()
    {
        _either.Dispose();
        timer.Dispose();
    }
}
