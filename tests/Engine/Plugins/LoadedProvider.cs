using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin that serves one provider resource: its process, where the engine started one, and its client.</summary>
internal sealed class LoadedProvider(string package, PluginProcess? process, GrpcClient grpc, ProviderClient client) : IDisposable
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(5);
    private Task<bool>? _cancelling;

    public string Package { get; } = package;

    public ProviderClient Client { get; } = client;

    public PluginHandle? Handle => process?.Handle;

    /// <summary>False while its configuration depends on something that a preview cannot know: it is not asked anything then.</summary>
    public bool IsConfigured { get; private set; }

    public async Task ConfigureAsync(Urn urn, PropertyMap inputs)
    {
        if (!PropertyValues.HasUnknowns(inputs))
        {
            await Client.ConfigureAsync(urn, inputs);
            IsConfigured = true;
        }
    }

    public Task CancelAsync() => _cancelling ??= Client.CancelAsync(CancelPatience);

    /// <summary>Ends the plugin; says what was wrong with its end, or null.</summary>
    public async Task<string?> EndAsync()
    {
        if (process is null)
        {
            return null;
        }

        // The real engine cancels before every normal close, whether it did so before or not.
        var hasAnswered = process.Handle.ExitCode is null && await Client.CancelAsync(CancelPatience);
        return await process.EndAsync() && hasAnswered
            ? null
            : $"The plugin of {Package} exited prematurely, with code {process.Handle.ExitCode}. It wrote: {process.Output}";
    }

    public void Abandon() => process?.Abandon();

    public void Dispose()
    {
        grpc.Dispose();
        process?.Dispose();
    }
}
