namespace QingCloudMySqlStandby.Plugin.Fakes;

/// <summary>A provider whose answers a test sets, and which keeps the requests it got.</summary>
internal sealed class FakeProvider : IProvider
{
    public string Version { get; init; } = "1.2.3";
    public ReadOnlyMemory<byte> Schema { get; init; } = """{"name":"fake"}"""u8.ToArray();
    public List<object> Requests { get; } = [];
    public Func<CheckRequest, CheckResult> Check { get; set; } = request => new CheckResult(request.News, []);
    public Func<DiffRequest, DiffResult> Diff { get; set; } = _ => DiffResult.None;

    public Func<CreateRequest, CancellationToken, Task<CreateResult>> Create { get; set; } =
        (request, _) => Task.FromResult(new CreateResult("id-1", request.Inputs));

    public Func<ReadRequest, ReadResult?> Read { get; set; } =
        request => new ReadResult(request.Id, request.State, request.Inputs);

    public Func<InvokeRequest, InvokeResult> Invoke { get; set; } = request => new InvokeResult(request.Args, []);

    public Func<ListRequest, CancellationToken, IAsyncEnumerable<ListedResource>> List { get; set; } =
        (_, _) => AsyncEnumerable.Empty<ListedResource>();

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => Check(request));

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => Diff(request));

    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => true);

    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => Check(request));

    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => Diff(request));

    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        return Create(request, cancellationToken);
    }

    public Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => Read(request));

    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => new UpdateResult(request.NewInputs));

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Answer(request, () => true);

    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        Answer(request, () => Invoke(request));

    public IAsyncEnumerable<ListedResource> ListAsync(ListRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return List(request, cancellationToken);
    }

    private Task<T> Answer<T>(object request, Func<T> answer)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        return Task.FromResult(answer());
    }
}
