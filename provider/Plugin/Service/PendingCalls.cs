namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>The provider's calls under way. All can be cancelled at once, and those that begin later with
/// them.</summary>
internal sealed class PendingCalls : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _all = new();

    /// <summary>Whether they were cancelled, and no new engine has come since.</summary>
    public bool AreCancelled
    {
        get
        {
            lock (_lock)
                return _all.IsCancellationRequested;
        }
    }

    /// <summary>Cancels every call, without waiting for any.</summary>
    public void CancelAll()
    {
        lock (_lock)
            _ = _all.CancelAsync();
    }

    /// <summary>A new engine has come: calls may begin again. A plugin that an engine attached to outlives that
    /// engine's Cancel.</summary>
    public void Renew()
    {
        // The old source may still be notifying its calls, so that it is left to the garbage collector.
        lock (_lock)
            _all = _all.IsCancellationRequested ? new CancellationTokenSource() : _all;
    }

    /// <summary>Begins a call, which ends when <paramref name="call"/> or all calls are cancelled.</summary>
    public CancellationTokenSource Begin(CancellationToken call)
    {
        lock (_lock)
            return CancellationTokenSource.CreateLinkedTokenSource(call, _all.Token);
    }

    public void Dispose() => _all.Dispose();
}
