using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin that serves one provider resource: the plugin itself, where the engine started one, and its client.</summary>
internal sealed class LoadedProvider(string package, IRunningPlugin? plugin, ProviderChannel channel) : IDisposable
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(5);
    private Task<bool>? _cancelling;

    public string Package { get; } = package;

    public ProviderClient Client { get; } = new(channel);

    public PluginHandle? Handle => plugin?.Handle;

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

    public Task CancelAsync() => _cancelling ??= channel.CancelAsync(CancelPatience);

    /// <summary>Ends the plugin; says what was wrong with its end, or null.</summary>
    public async Task<string?> EndAsync()
    {
        // The real engine cancels before every normal close, whether it did so before or not, and plugins that it attached to too.
        var hasAnswered = plugin?.Handle.ExitCode is null && await channel.CancelAsync(CancelPatience);
        return plugin is null || (await plugin.EndAsync() && hasAnswered)
            ? null
            : $"The plugin of {Package} exited prematurely, with code {plugin.Handle.ExitCode}. It wrote: {plugin.Output}";
    }

    public void Abandon() => plugin?.Abandon();

    public void Dispose()
    {
        channel.Dispose();
        plugin?.Dispose();
    }
}
