namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>What the engine asks of whoever manages a resource.</summary>
internal interface IResourceCalls
{
    Task<CheckAnswer> CheckAsync(Urn urn, PropertyMap olds, PropertyMap news);

    Task<DiffAnswer> DiffAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges
    );

    Task<ResourceAnswer> CreateAsync(Urn urn, PropertyMap inputs, double timeout, bool preview);

    Task<ResourceAnswer> ReadAsync(Urn urn, string id, PropertyMap? inputs, PropertyMap? outputs, double timeout);

    Task<ResourceAnswer> UpdateAsync(
        Urn urn,
        State.ResourceState old,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges,
        double timeout,
        bool preview
    );

    Task DeleteAsync(State.ResourceState resource);
}

/// <summary>What the engine asks of a provider.</summary>
internal interface IProviderCalls : IResourceCalls
{
    Task<CheckAnswer> CheckConfigAsync(Urn urn, PropertyMap olds, PropertyMap news);

    Task<DiffAnswer> DiffConfigAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news
    );

    Task<(PropertyMap Return, IReadOnlyList<CheckFailure> Failures)> InvokeAsync(
        string token,
        PropertyMap arguments,
        bool preview
    );

    Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string token, PropertyMap query, long limit);
}
