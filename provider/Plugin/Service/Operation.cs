using QingCloudMySqlStandby.Plugin.Log;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>One operation, which ends when its call or all operations are cancelled.</summary>
internal sealed class Operation(EngineLog log, CancellationToken call, CancellationToken all) : IDisposable
{
    private readonly CancellationTokenSource _either = CancellationTokenSource.CreateLinkedTokenSource(call, all);

    /// <summary>
    /// Runs a step and words its failure for the engine. What the step logged reaches the engine before its answer does.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step)
    {
        _either.Token.ThrowIfCancellationRequested();
        try
        {
            return await step(_either.Token);
        }
        catch (OperationCanceledException) when (_either.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            throw Failure.Of(e);
        }
        finally
        {
            await log.FlushAsync();
        }
    }

    public void Dispose() => _either.Dispose();
}
