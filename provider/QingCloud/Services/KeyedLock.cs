namespace QingCloudMySqlStandby.QingCloud.Services;

/// <summary>Lets those who use the same key in one after the other, in the order of arrival.</summary>
internal sealed class KeyedLock
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FairSemaphore Gate, int Users)> _gates = new(StringComparer.Ordinal);

    public async Task<T> RunAsync<T>(string key, Func<Task<T>> body, CancellationToken cancellationToken)
    {
        var own = Join(key);
        try
        {
            using var turn = await own.EnterAsync(cancellationToken);
            return await body();
        }
        finally
        {
            Leave(key);
        }
    }

    private FairSemaphore Join(string key)
    {
        lock (_gate)
        {
            var (own, users) = _gates.TryGetValue(key, out var known) ? known : (new FairSemaphore(), 0);
            _gates[key] = (own, users + 1);
            return own;
        }
    }

    private void Leave(string key)
    {
        lock (_gate)
        {
            var (own, users) = _gates[key];
            _gates[key] = (own, users - 1);
            if (users == 1)
                _gates.Remove(key);
        }
    }
}
