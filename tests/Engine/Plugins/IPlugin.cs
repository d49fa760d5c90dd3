namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin that serves one provider resource.</summary>
internal interface IPlugin : IDisposable
{
    IProviderCalls Calls { get; }

    /// <summary>Its process, where it has one that this engine started.</summary>
    PluginHandle? Handle { get; }

    Task ConfigureAsync(Urn urn, PropertyMap inputs);

    /// <summary>Asks it to end what it does, and what comes later.</summary>
    Task CancelAsync();

    /// <summary>Ends it, once; says what was wrong with its end, or null.</summary>
    Task<string?> EndAsync();

    /// <summary>Leaves it to itself, as the engine's death does.</summary>
    void Abandon();
}
