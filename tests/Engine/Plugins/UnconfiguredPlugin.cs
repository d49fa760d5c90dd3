using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin whose configuration a preview cannot know yet: it is not asked for anything, and nothing is known
/// of its resources.</summary>
internal sealed class UnconfiguredPlugin(RunLog log, IPlugin plugin) : IPlugin, IProviderCalls
{
    public IProviderCalls Calls => this;

    public Task ConfigureAsync(Urn urn, PropertyMap inputs) => plugin.ConfigureAsync(urn, inputs);

    public PluginHandle? Handle => plugin.Handle;

    public Task CancelAsync() => plugin.CancelAsync();

    public Task<string?> EndAsync() => plugin.EndAsync();

    public void Abandon() => plugin.Abandon();

    public void Dispose() => plugin.Dispose();

    public Task<CheckAnswer> CheckAsync(Urn urn, PropertyMap olds, PropertyMap news) =>
        Task.FromResult(new CheckAnswer(news, []));

    public Task<DiffAnswer> DiffAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges
    )
    {
        log.Warning(
            urn,
            "The provider's configuration is not known in this preview, so what will change is not " + "either."
        );
        return Task.FromResult(DiffAnswer.None with { Verdict = DiffVerdict.Some });
    }

    public Task<ResourceAnswer> CreateAsync(Urn urn, PropertyMap inputs, double timeout, bool preview) =>
        NothingKnown("");

    public Task<ResourceAnswer> UpdateAsync(
        Urn urn,
        ResourceState old,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges,
        double timeout,
        bool preview
    ) => NothingKnown(old.Id);

    public Task<ResourceAnswer> ReadAsync(
        Urn urn,
        string id,
        PropertyMap? inputs,
        PropertyMap? outputs,
        double timeout
    ) => NothingKnown("");

    public Task DeleteAsync(ResourceState resource) => throw NotInPreviews();

    public Task<CheckAnswer> CheckConfigAsync(Urn urn, PropertyMap olds, PropertyMap news) =>
        plugin.Calls.CheckConfigAsync(urn, olds, news);

    public Task<DiffAnswer> DiffConfigAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news
    ) => plugin.Calls.DiffConfigAsync(urn, id, oldInputs, oldOutputs, news);

    public Task<(PropertyMap Return, IReadOnlyList<CheckFailure> Failures)> InvokeAsync(
        string token,
        PropertyMap arguments,
        bool preview
    ) => throw NotInPreviews();

    public Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string token, PropertyMap query, long limit) =>
        throw NotInPreviews();

    private static Task<ResourceAnswer> NothingKnown(string id) =>
        Task.FromResult(new ResourceAnswer(id, PropertyMap.Empty, null, false, null));

    private static ProviderFailure NotInPreviews() =>
        new(
            "The provider's configuration is not known in this " + "preview.",
            isUnknown: false,
            new NotSupportedException()
        );
}
