namespace QingCloudMySqlStandby.QingCloud;

/// <summary>Lets calls that change the same cluster through one after the other.</summary>
internal sealed class ClusterGates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FifoGate Gate, int Users)> _gates = new(StringComparer.Ordinal);

    public async Task<T> RunAsync<T>(string cluster, Func<Task<T>> body, CancellationToken cancellationToken)
    {
        var own = Join(cluster);
        try
        {
            using var turn = await own.EnterAsync(cancellationToken);
            return await body();
        }
        finally
        {
            Leave(cluster);
        }
    }

    private FifoGate Join(string cluster)
    {
        lock (_gate)
        {
            var (own, users) = _gates.TryGetValue(cluster, out var known) ? known : (new FifoGate(), 0);
            _gates[cluster] = (own, users + 1);
            return own;
        }
    }

    private void Leave(string cluster)
    {
        lock (_gate)
        {
            var (own, users) = _gates[cluster];
            _gates[cluster] = (own, users - 1);
            if (users == 1)
            {
                _gates.Remove(cluster);
            }
        }
    }
}
