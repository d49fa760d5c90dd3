namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin that is called over gRPC: its process and its client.</summary>
internal sealed class LoadedProvider(
    string package,
    PluginProcess process,
    ProviderChannel channel,
    ProviderClient client
) : IPlugin
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(5);
    private Task? _cancelling;
    private Task<string?>? _ending;

    public IProviderCalls Calls => client;
    public PluginHandle? Handle => process.Handle;

    public Task ConfigureAsync(Urn urn, PropertyMap inputs) => client.ConfigureAsync(urn, inputs);

    public Task CancelAsync() => _cancelling ??= channel.CancelAsync(CancelPatience);

    public Task<string?> EndAsync() => _ending ??= EndOnceAsync();

    public void Abandon() => process.Abandon();

    public void Dispose()
    {
        channel.Dispose();
        process.Dispose();
    }

    private async Task<string?> EndOnceAsync()
    {
        // The real engine cancels before every normal close, whether it did so before or not.
        var hasAnswered = process.Handle.ExitCode is null && await channel.CancelAsync(CancelPatience);
        return await process.EndAsync() && hasAnswered
            ? null
            : $"The plugin of {package} exited prematurely, with code {process.Handle.ExitCode}. It wrote: "
                + $"{process.Output}";
    }
}
