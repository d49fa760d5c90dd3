namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>The plugins of one run.</summary>
internal sealed class PluginSet(Func<string, CancellationToken, Task<IPlugin>> start, RunLog log) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<IPlugin> _loaded = [];

    /// <summary>The plugins' processes.</summary>
    public IReadOnlyList<PluginHandle> Handles => [.. Loaded.Select(plugin => plugin.Handle).OfType<PluginHandle>()];

    private IPlugin[] Loaded
    {
        get
        {
            lock (_lock)
            {
                return [.. _loaded];
            }
        }
    }

    /// <summary>Starts a plugin.</summary>
    public async Task<IPlugin> LoadAsync(string package, CancellationToken cancellationToken)
    {
        var plugin = await start(package, cancellationToken);
        lock (_lock)
        {
            _loaded.Add(plugin);
        }

        return plugin;
    }

    public Task CancelAllAsync() => Task.WhenAll(Loaded.Select(plugin => plugin.CancelAsync()));

    public void KillAll()
    {
        foreach (var handle in Handles.Where(handle => handle.ExitCode is null))
            handle.Kill();
    }

    /// <summary>Ends all as a normal end of the engine does; reports what ended badly.</summary>
    public async Task EndAllAsync()
    {
        foreach (var problem in (await Task.WhenAll(Loaded.Select(plugin => plugin.EndAsync()))).OfType<string>())
            log.Error(null, problem);
    }

    /// <summary>Leaves all to themselves, as a sudden end of the engine does.</summary>
    public void AbandonAll()
    {
        foreach (var plugin in Loaded)
            plugin.Abandon();
    }

    public void Dispose()
    {
        foreach (var plugin in Loaded)
            plugin.Dispose();
    }
}
