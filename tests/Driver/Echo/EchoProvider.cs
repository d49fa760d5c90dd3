using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace QingCloudMySqlStandby.Driver.Echo;

/// <summary>Gives back what it gets. Inputs named in <see cref="Wish"/> make it do something else.</summary>
internal sealed class EchoProvider(IEngineLog log) : IProvider
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private PropertyMap _configuration = PropertyMap.Empty;

    public string Version => "0.0.1-echo";
    public ReadOnlyMemory<byte> Schema { get; } = """{"name":"echo","description":"Grüße, 世界"}"""u8.ToArray();

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CheckAsync(request, cancellationToken);

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        DiffAsync(request, cancellationToken);

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        _configuration = request.Args;
        return Task.CompletedTask;
    }

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(
            new CheckResult(
                request.News,
                request.News.ContainsKey(Wish.Reject) ? [new CheckFailure(Wish.Reject, "was asked for")] : []
            )
        );

    /// <summary>Every property that differs changed; one whose name begins with "id" forces a replacement.</summary>
    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        var changes = request
            .NewInputs.Keys.Union(request.OldInputs.Keys, StringComparer.Ordinal)
            .Where(key => request.OldInputs[key] != request.NewInputs[key])
            .ToDictionary(
                key => key,
                key => new PropertyChange(
                    !request.OldInputs.ContainsKey(key) ? ChangeKind.Add
                        : request.NewInputs.ContainsKey(key) ? ChangeKind.Update
                        : ChangeKind.Delete,
                    key.StartsWith("id", StringComparison.Ordinal)
                )
            );
        return Task.FromResult(new DiffResult(changes, DeleteBeforeReplace: true));
    }

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        await Wish.GrantAsync(request.Inputs, request.Urn, log, Count, cancellationToken);
        var state = Wish.IsLarge(request.Inputs) is { } length
            ? PropertyMap.Empty.With("text", PropertyValue.Of(new string('y', length)))
            : request.Inputs;
        return new CreateResult(request.Preview ? "" : "echo-1", state);
    }

    public Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(request.Id == "gone" ? null : new ReadResult(request.Id, request.State, request.Inputs));

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        await Wish.GrantAsync(request.NewInputs, request.Urn, log, Count, cancellationToken);
        return new UpdateResult(
            request.NewInputs.With(
                "timeout",
                request.Timeout is { } timeout ? PropertyValue.Of(timeout.TotalSeconds) : PropertyValue.Null
            )
        );
    }

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
        Wish.GrantAsync(request.State, request.Urn, log, Count, cancellationToken);

    /// <summary>Answers what happened so far, and the configuration.</summary>
    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        request.Token == "echo:index:counts"
            ? Task.FromResult(
                new InvokeResult(
                    PropertyMap
                        .From(_counts.Select(count => KeyValuePair.Create(count.Key, PropertyValue.Of(count.Value))))
                        .With("configuration", PropertyValue.Of(_configuration)),
                    []
                )
            )
            : Task.FromResult(new InvokeResult(request.Args, []));

    public async IAsyncEnumerable<ListedResource> ListAsync(
        ListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < request.Limit; i++)
            yield return new ListedResource($"id-{i}", $"name {i}");

        await Wish.GrantAsync(request.Query, "", log, Count, cancellationToken);
        yield return new ListedResource("", "", "next");
    }

    private void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
