using QingCloudMySqlStandby.Engine.Plugins;

namespace QingCloudMySqlStandby.Engine.InProcess;

/// <summary>A provider in the engine's own process, called without gRPC.</summary>
internal sealed class InProcessPlugin : IPlugin
{
    private readonly InProcessCalls _calls;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly IInProcessPlugin _plugin;
    private int? _exitCode;

    public InProcessPlugin(string package, IInProcessPlugin plugin, RunLog log, CancellationToken abandoned)
    {
        _plugin = plugin;
        _calls = new InProcessCalls(plugin, log, _cancelled.Token, abandoned);
        Handle = new PluginHandle(package, null, () => _exitCode, plugin.Kill, plugin.Killed.WaitAsync);
    }

    public IProviderCalls Calls => _calls;
    public PluginHandle Handle { get; }

    public Task ConfigureAsync(Urn urn, PropertyMap inputs) => _calls.ConfigureAsync(urn, inputs);

    public Task CancelAsync()
    {
        // On this thread, which may be that of simulated time: cancelling another plugin may have led to the run's end.
        if (_exitCode is null)
            _cancelled.Cancel();

        return Task.CompletedTask;
    }

    public Task<string?> EndAsync()
    {
        _cancelled.Cancel();
        Abandon();
        return Task.FromResult<string?>(null);
    }

    public void Abandon()
    {
        _exitCode = 0;
        _plugin.Kill();
    }

    public void Dispose() => _cancelled.Dispose();
}
