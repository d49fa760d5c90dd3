namespace QingCloudMySqlStandby.Driver;

/// <summary>The provider instances of a run. Each is a process of its own.</summary>
internal sealed class Providers(Run run, Func<IEngineLog, Task<IPlugin>> start)
{
    /// <summary>The name of the instance for resources that name none.</summary>
    public const string Default = "default";

    private readonly Dictionary<string, Task<Provider>> _registered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<Provider>> _fromState = new(StringComparer.Ordinal);
    private readonly List<IPlugin> _started = [];
    private readonly Lock _lock = new();

    private IPlugin[] Started
    {
        get
        {
            lock (_lock)
            {
                return [.. _started];
            }
        }
    }

    /// <summary>The instance that the program has, registered once.</summary>
    public Task<Provider> RegisterAsync(string name, PropertyMap inputs)
    {
        lock (_lock)
        {
            return _registered.TryGetValue(name, out var known)
                ? known
                : _registered[name] = RegisterOnceAsync(name, inputs);
        }
    }

    /// <summary>The instance that manages a resource of the state: the program's, or else one with the configuration
    /// that the state has.</summary>
    public Task<Provider> EnsureAsync(string name)
    {
        lock (_lock)
        {
            return _registered.TryGetValue(name, out var registered) ? registered
                : _fromState.TryGetValue(name, out var known) ? known
                : _fromState[name] = ConfigureFromStateAsync(name);
        }
    }

    public Task CancelAllAsync() => Task.WhenAll(Started.Select(plugin => plugin.CancelAsync()));

    /// <summary>Ends all processes as a normal end of the engine does.</summary>
    public async Task EndAllAsync()
    {
        foreach (var problem in (await Task.WhenAll(Started.Select(plugin => plugin.EndAsync()))).OfType<string>())
            run.Report("", problem);
    }

    /// <summary>Leaves all processes to themselves.</summary>
    public void AbandonAll()
    {
        foreach (var plugin in Started)
            plugin.Abandon();
    }

    private async Task<Provider> StartAsync(string name)
    {
        run.ThrowIfStopping();
        var plugin = await start(run);
        lock (_lock)
        {
            _started.Add(plugin);
        }

        return new Provider(run, name, plugin);
    }

    private async Task<Provider> RegisterOnceAsync(string name, PropertyMap inputs)
    {
        var old = run.State.Providers.GetValueOrDefault(name);
        var provider = await StartAsync(name);
        var check = await provider.CheckConfigAsync(old ?? PropertyMap.Empty, inputs);
        if (check.Failures.Count > 0)
        {
            var reasons = check.Failures.Select(failure => $"{failure.Property}: {failure.Reason}");
            throw run.Stop("", string.Join('\n', reasons));
        }

        var isSame = old is not null && (await provider.DiffConfigAsync(old, check.Inputs)).Changes.Count == 0;
        if (isSame && _fromState.TryGetValue(name, out var known))
            return await known;

        var configuration = isSame ? old! : check.Inputs;
        await ConfigureAsync(provider, configuration);
        run.Change(state => state with { Providers = state.Providers.SetItem(name, configuration) });
        return provider;
    }

    private async Task<Provider> ConfigureFromStateAsync(string name)
    {
        var configuration =
            run.State.Providers.GetValueOrDefault(name)
            ?? throw run.Stop("", $"The state does not have the provider '{name}'.");
        var provider = await StartAsync(name);
        await ConfigureAsync(provider, configuration);
        return provider;
    }

    private async Task ConfigureAsync(Provider provider, PropertyMap configuration)
    {
        try
        {
            await provider.ConfigureAsync(configuration);
        }
        catch (PluginException failure) when (!run.IsDead)
        {
            throw run.Stop("", failure.Message);
        }
    }
}
