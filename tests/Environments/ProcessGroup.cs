namespace QingCloudMySqlStandby.Environments;

/// <summary>When a run dies: at the n-th call of the API that its processes make, before the call leaves or after
/// QingCloud has carried it out. With the plugin alone, the engine lives on.</summary>
internal sealed record Kill(int Call, bool After)
{
    public bool PluginOnly { get; init; }
}

/// <summary>The provider's processes of one run: one for each provider instance.</summary>
internal sealed class ProcessGroup(TestEnvironment environment, Kill? kill = null, ProviderVariant? variant = null)
{
    private readonly List<ProviderProcess> _processes = [];
    private int _calls;

    /// <summary>Called when the whole run dies.</summary>
    public Action Died { get; init; } = () => { };

    public ProviderProcess Start()
    {
        var process = new ProviderProcess(environment.Clock, environment.NetworkOf(variant), NextCall, Die);
        process.Provider = environment.NewProvider(process, variant);
        _processes.Add(process);
        return process;
    }

    /// <summary>The kill that the next call of the API brings.</summary>
    private Kill? NextCall() => ++_calls == kill?.Call ? kill : null;

    private void Die(ProviderProcess process)
    {
        if (kill is { PluginOnly: true })
        {
            process.Kill();
            return;
        }

        _processes.ForEach(each => each.Kill());
        Died();
    }
}
