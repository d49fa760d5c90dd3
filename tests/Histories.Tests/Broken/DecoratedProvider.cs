namespace QingCloudMySqlStandby.Histories.Broken;

/// <summary>A provider that passes everything on, for one that changes a part of it.</summary>
internal abstract class DecoratedProvider(IProvider provider) : IProvider
{
    public string Version => provider.Version;
    public ReadOnlyMemory<byte> Schema => provider.Schema;

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        provider.CheckConfigAsync(request, cancellationToken);

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        provider.DiffConfigAsync(request, cancellationToken);

    public virtual Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        provider.ConfigureAsync(request, cancellationToken);

    public virtual Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        provider.CheckAsync(request, cancellationToken);

    public virtual Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        provider.DiffAsync(request, cancellationToken);

    public virtual Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
        provider.CreateAsync(request, cancellationToken);

    public virtual Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        provider.ReadAsync(request, cancellationToken);

    public virtual Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        provider.UpdateAsync(request, cancellationToken);

    public virtual Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
        provider.DeleteAsync(request, cancellationToken);

    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        provider.InvokeAsync(request, cancellationToken);

    public IAsyncEnumerable<ListedResource> ListAsync(ListRequest request, CancellationToken cancellationToken) =>
        provider.ListAsync(request, cancellationToken);
}
