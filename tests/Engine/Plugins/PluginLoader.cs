using QingCloudMySqlStandby.Engine.Program;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Starts plugins, or attaches to those that run already, and ends them all.</summary>
internal sealed class PluginLoader(StackOptions options, Project project, string engineAddress, RunLog log, CancellationToken abandoned)
{
    private readonly Lock _lock = new();
    private readonly List<LoadedProvider> _loaded = [];

    public IReadOnlyList<PluginHandle> Handles => [.. Loaded.Select(provider => provider.Handle).OfType<PluginHandle>()];

    private LoadedProvider[] Loaded
    {
        get
        {
            lock (_lock)
            {
                return [.. _loaded];
            }
        }
    }

    public async Task<LoadedProvider> LoadAsync(string package, CancellationToken cancellationToken)
    {
        var plugin = options.AttachedPlugins.TryGetValue(package, out var port) ? null : Start(package);
        port = plugin is null ? port : await ReadPortAsync(package, plugin, cancellationToken);
        var provider = new LoadedProvider(package, plugin, new ProviderChannel(port, log, abandoned));
        lock (_lock)
        {
            _loaded.Add(provider);
        }

        await provider.Client.HandshakeAsync(engineAddress, plugin is null ? null : project.Directory, attach: plugin is null);
        return provider;
    }

    public Task CancelAllAsync() => Task.WhenAll(Loaded.Select(provider => provider.CancelAsync()));

    public void KillAll()
    {
        foreach (var handle in Handles.Where(handle => handle.ExitCode is null))
        {
            handle.Kill();
        }
    }

    /// <summary>Ends all plugins as a normal end of the engine does.</summary>
    public async Task EndAllAsync()
    {
        foreach (var problem in await Task.WhenAll(Loaded.Select(provider => provider.EndAsync())))
        {
            if (problem is not null)
            {
                log.Error(null, problem);
            }
        }

        DisposeAll();
    }

    /// <summary>Leaves all plugins to themselves, as a sudden end of the engine does.</summary>
    public void AbandonAll()
    {
        foreach (var provider in Loaded)
        {
            provider.Abandon();
        }

        DisposeAll();
    }

    private void DisposeAll()
    {
        foreach (var provider in Loaded)
        {
            provider.Dispose();
        }
    }

    private IRunningPlugin Start(string package) => options.HostedPlugins.TryGetValue(package, out var create)
        ? new HostedPlugin(package, create, engineAddress)
        : PluginProcess.Start(package, FindBinary(package), engineAddress, project.Directory, options.PluginEnvironment);

    private static async Task<int> ReadPortAsync(string package, IRunningPlugin plugin, CancellationToken cancellationToken)
    {
        try
        {
            return await plugin.ReadPortAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is EngineException or TimeoutException)
        {
            await plugin.EndAsync();
            throw new EngineException($"The plugin of {package} did not start: {exception.Message}", exception);
        }
    }

    private string FindBinary(string package)
    {
        if (!options.PluginPaths.TryGetValue(package, out var path) && !project.PluginPaths.TryGetValue(package, out path))
        {
            throw new EngineException(
                $"There is no plugin for {package}: name its directory in the program's plugins.providers, or with --plugin {package}=PATH.");
        }

        var binary = Directory.Exists(path) ? Path.Combine(path, $"pulumi-resource-{package}") : path;
        return File.Exists(binary) ? Path.GetFullPath(binary) : throw new EngineException($"There is no plugin {binary}.");
    }
}
