using QingCloudMySqlStandby.Engine.Program;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Starts plugins as processes.</summary>
internal sealed class PluginLoader(
    StackOptions options,
    Project project,
    string engineAddress,
    RunLog log,
    CancellationToken abandoned
)
{
    public async Task<IPlugin> LoadAsync(string package, CancellationToken cancellationToken)
    {
        var process = PluginProcess.Start(
            package,
            FindBinary(package),
            engineAddress,
            project.Directory,
            options.PluginEnvironment
        );
        var port = await ReadPortAsync(package, process, cancellationToken);
        var channel = new ProviderChannel(port, log, abandoned);
        var client = new ProviderClient(channel);
        await client.HandshakeAsync(engineAddress, project.Directory);
        return new LoadedProvider(package, process, channel, client);
    }

    private static async Task<int> ReadPortAsync(
        string package,
        PluginProcess plugin,
        CancellationToken cancellationToken
    )
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
        if (
            !options.PluginPaths.TryGetValue(package, out var path)
            && !project.PluginPaths.TryGetValue(package, out path)
        )
        {
            throw new EngineException(
                $"There is no plugin for {package}: name its directory in the program's plugins.providers, or with "
                    + $"--plugin {package}=PATH."
            );
        }

        var binary = Directory.Exists(path) ? Path.Combine(path, $"pulumi-resource-{package}") : path;
        return File.Exists(binary)
            ? Path.GetFullPath(binary)
            : throw new EngineException("There is no plugin " + $"{binary}.");
    }
}
