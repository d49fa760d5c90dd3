namespace QingCloudMySqlStandby.Plugin;

/// <summary>What a provider does, in Pulumi's terms. The plugin host calls it from many threads at once. Each token is
/// cancelled when the engine cancels the call, when it asks every operation to end (<c>Cancel</c>), or when the process
/// must stop: the provider then answers at once, with a <see cref="ResourceInitException"/> where something has
/// begun.</summary>
internal interface IProvider
{
    /// <summary>The provider's version, as SemVer.</summary>
    string Version { get; }

    /// <summary>The package schema, UTF-8 JSON.</summary>
    ReadOnlyMemory<byte> Schema { get; }

    /// <summary>Validates the provider's configuration and fills in its defaults.</summary>
    Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares two provider configurations.</summary>
    Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Takes the configuration; it may hold unknowns in a preview.</summary>
    Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken);

    /// <summary>Validates a resource's inputs and fills in their defaults.</summary>
    Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares a resource's state with new inputs.</summary>
    Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Creates a resource, or says what creating it would give.</summary>
    Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a resource; null when it does not exist.</summary>
    Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Updates a resource in place, or says what that would give.</summary>
    Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a resource; succeeds when it is gone already.</summary>
    Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a function.</summary>
    Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken);

    /// <summary>Finds existing resources of a type.</summary>
    IAsyncEnumerable<ListedResource> ListAsync(ListRequest request, CancellationToken cancellationToken);
}
