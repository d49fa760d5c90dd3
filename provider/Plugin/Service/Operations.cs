using QingCloudMySqlStandby.Plugin.Log;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>The operations under way. All of them can be cancelled at once, and the ones that begin later with them.</summary>
internal sealed class Operations(EngineLog log) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _all = new();

    /// <summary>Cancels every operation, without waiting for any.</summary>
    public void CancelAll()
    {
        lock (_lock)
        {
            _ = _all.CancelAsync();
        }
    }

    /// <summary>
    /// A new engine has come: operations may begin again. A plugin that an engine attached to outlives that engine's Cancel.
    /// </summary>
    public void Renew()
    {
        lock (_lock)
        {
            // The old source may still be telling its operations, so that it is left to the garbage collector.
            _all = _all.IsCancellationRequested ? new CancellationTokenSource() : _all;
        }
    }

    /// <summary>Begins an operation of several steps.</summary>
    public Operation Begin(CancellationToken call)
    {
        lock (_lock)
        {
            return new Operation(log, call, _all.Token);
        }
    }

    /// <summary>Runs an operation of one step.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken call)
    {
        using var operation = Begin(call);
        return await operation.RunAsync(step);
    }

    public void Dispose() => _all.Dispose();
}
