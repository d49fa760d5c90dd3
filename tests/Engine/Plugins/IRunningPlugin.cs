namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin that the engine has started, in whatever form it runs.</summary>
internal interface IRunningPlugin : IDisposable
{
    PluginHandle Handle { get; }

    /// <summary>What it wrote beside its port; the real engine shows it only when a plugin ends badly.</summary>
    string Output { get; }

    /// <summary>Waits for the port that it tells on its first line.</summary>
    Task<int> ReadPortAsync(CancellationToken cancellationToken);

    /// <summary>Asks it to end, and kills it when it does not; true when it ended by itself with code 0.</summary>
    Task<bool> EndAsync();

    /// <summary>Closes the pipes, as the end of the engine's process would, and leaves the plugin to itself.</summary>
    void Abandon();
}
