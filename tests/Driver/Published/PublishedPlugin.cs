using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Driver.Published;

/// <summary>Runs stacks with the plugin's executable, a process for each provider instance, over Pulumi's
/// protocol.</summary>
/// <param name="executable">The path of <c>pulumi-resource-...</c>.</param>
/// <param name="environment">Changes of the processes' environment; null removes a variable.</param>
internal sealed class PublishedPlugin(string executable, IReadOnlyDictionary<string, string?>? environment = null)
    : IPluginHost
{
    private readonly List<PluginProcess> _processes = [];

    /// <summary>The processes of all runs, in the order in which they started.</summary>
    public IReadOnlyList<PluginProcess> Processes => _processes;

    public TimeProvider Clock => TimeProvider.System;

    public Func<IEngineLog, Task<IPlugin>> Begin(Stack stack, RunOptions options, Action die) => StartAsync;

    private async Task<IPlugin> StartAsync(IEngineLog log)
    {
        var engine = new LoopbackServer(TimeProvider.System, Wire.Engine.BindService(new EngineService(log)));
        await engine.StartAsync(CancellationToken.None);
        var process = PluginProcess.Start(executable, engine, environment ?? new Dictionary<string, string?>());
        lock (_processes)
        {
            _processes.Add(process);
        }

        await process.ConnectAsync();
        return process;
    }
}
