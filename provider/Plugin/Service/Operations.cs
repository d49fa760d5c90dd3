using QingCloudMySqlStandby.Plugin.Log;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>The operations under way. All of them can be cancelled at once, and the ones that begin later with them.</summary>
internal sealed class Operations(EngineLog log) : IDisposable
{
    private readonly CancellationTokenSource _all = new();

    /// <summary>Cancels every operation, without waiting for any.</summary>
    public void CancelAll() => _ = _all.CancelAsync();

    /// <summary>Begins an operation of several steps.</summary>
    public Operation Begin(CancellationToken call) => new(log, call, _all.Token);

    /// <summary>Runs an operation of one step.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken call)
    {
        using var operation = Begin(call);
        return await operation.RunAsync(step);
    }

    public void Dispose() => _all.Dispose();
}
