using System.Collections.Concurrent;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>Manages provider resources as providers manage other resources: each is a plugin of its own, loaded by
/// Check, and configured by Create, Update or when it stayed the same. What only the state knows is loaded when a step
/// needs it.</summary>
internal sealed class ProviderRegistry(Run run) : IResourceCalls
{
    private const string Version = "version";

    private readonly ConcurrentDictionary<ProviderReference, IPlugin> _configured = new();
    private readonly ConcurrentDictionary<Urn, IPlugin> _checked = new();
    private readonly ConcurrentDictionary<Urn, Urn> _formerNames = new();

    public static bool IsDefault(Urn urn) =>
        Urn.IsProviderType(urn.Type) && urn.Name.StartsWith("default", StringComparison.Ordinal);

    public static ProviderReference ReferenceTo(ResourceState provider) =>
        new(provider.Urn, provider.Id.Length > 0 ? provider.Id : ProviderReference.UnknownId);

    /// <summary>Whoever manages a resource.</summary>
    public IResourceCalls ManagerOf(ResourceState resource) =>
        resource.IsProvider ? this : Get(resource.ProviderReference!.Value);

    public IProviderCalls Get(ProviderReference reference) =>
        _configured.TryGetValue(reference, out var plugin)
            ? plugin.Calls
            : throw run.Stop(null, $"The provider '{reference}' is not known.");

    public bool Has(ProviderReference reference) => _configured.ContainsKey(reference);

    /// <summary>Loads the provider of a resource of the old state, with the configuration it had, unless it is
    /// there.</summary>
    public async Task EnsureAsync(string? provider)
    {
        if (provider is null || ProviderReference.Parse(provider) is var reference && Has(reference))
            return;

        var resource =
            run.Checkpoint.Find(reference)
            ?? throw run.Stop(null, "The state does not have the provider " + $"'{reference}'.");
        await ConfigureAsync(await LoadAsync(reference.Urn), resource.State, replacesOther: false);
    }

    public void RegisterFormerName(Urn urn, Urn former) => _formerNames[urn] = former;

    public async Task<CheckAnswer> CheckAsync(Urn urn, PropertyMap olds, PropertyMap news)
    {
        var plugin = await LoadAsync(urn);
        var check = await plugin.Calls.CheckConfigAsync(urn, olds, news);
        if (check.Failures.Count > 0)
        {
            await plugin.EndAsync();
            return check;
        }

        _checked[urn] = plugin;
        return news.ContainsKey(Version) ? check with { Inputs = check.Inputs.With(Version, news[Version]) } : check;
    }

    public async Task<DiffAnswer> DiffAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges
    )
    {
        var plugin = _checked.GetValueOrDefault(urn) ?? _configured[new ProviderReference(urn, id)];
        var diff = await plugin.Calls.DiffConfigAsync(urn, id, oldInputs, oldOutputs, news);
        if (diff.Replaces)
        {
            // The Check of the replacement loads another one.
            await plugin.EndAsync();
        }

        return diff;
    }

    public async Task<ResourceAnswer> CreateAsync(Urn urn, PropertyMap inputs, double timeout, bool preview)
    {
        var plugin = _checked.TryRemove(urn, out var loaded) ? loaded : await LoadAsync(urn);
        var id = preview ? ProviderReference.UnknownId : run.NewProviderId();
        return await ConfigureAsync(
            plugin,
            new ResourceState(urn, true, inputs, inputs) { Id = id },
            replacesOther: false
        );
    }

    public async Task<ResourceAnswer> UpdateAsync(
        Urn urn,
        ResourceState old,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges,
        double timeout,
        bool preview
    ) => await ConfigureAsync(TakeChecked(urn), old with { Urn = urn, Inputs = news }, replacesOther: true);

    /// <summary>Configures a provider that stayed the same, as the last run left it.</summary>
    public async Task SameAsync(ResourceState provider)
    {
        if (!Has(ReferenceTo(provider)))
        {
            var plugin = _checked.TryRemove(provider.Urn, out var loaded) ? loaded : await LoadAsync(provider.Urn);
            await ConfigureAsync(plugin, provider, replacesOther: false);
        }
    }

    public async Task DeleteAsync(ResourceState resource)
    {
        if (_configured.TryRemove(ReferenceTo(resource), out var plugin))
            await plugin.EndAsync();
    }

    public Task<ResourceAnswer> ReadAsync(
        Urn urn,
        string id,
        PropertyMap? inputs,
        PropertyMap? outputs,
        double timeout
    ) => throw new ProviderFailure("Providers are not read.", isUnknown: false, new NotSupportedException());

    private Task<IPlugin> LoadAsync(Urn urn) => run.Plugins.LoadAsync(Urn.PackageOf(urn.Type), run.Abandoned);

    private IPlugin TakeChecked(Urn urn) =>
        _checked.TryRemove(urn, out var plugin)
            ? plugin
            : throw new InvalidOperationException($"{urn} was not checked.");

    private async Task<ResourceAnswer> ConfigureAsync(IPlugin plugin, ResourceState provider, bool replacesOther)
    {
        var reference = ReferenceTo(provider);
        if (PropertyValues.HasUnknowns(provider.Inputs))
            plugin = new UnconfiguredPlugin(run.Log, plugin);
        else
            await plugin.ConfigureAsync(provider.Urn, provider.Inputs);

        if (replacesOther && _configured.TryRemove(reference, out var other))
            await other.EndAsync();

        if (!_configured.TryAdd(reference, plugin))
            await plugin.EndAsync();

        if (_formerNames.TryGetValue(provider.Urn, out var former))
            _configured[reference with { Urn = former }] = plugin;

        return new ResourceAnswer(provider.Id, provider.Inputs, null, false, null);
    }
}
