namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Answers requests that come together with one read. A batch stays open for a short while, then for as long
/// as the read of the batch before goes on and the account's call budget makes it wait: so the read always begins after
/// the request.</summary>
internal sealed class RequestBatcher<TRequest, TAnswer>(
    RetryingReads reads,
    Func<IReadOnlyList<TRequest>, CallProgress, CancellationToken, Task<TAnswer>> read,
    TimeProvider time
)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private readonly FairSemaphore _reading = new();
    private readonly CallProgress _progress = new(time);
    private Batch? _open;

    public async Task<TAnswer> AskAsync(TRequest request, ReadTerms terms, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Batch batch;
        lock (_gate)
        {
            batch = _open ??= new Batch(ReadAsync);
            batch.Requests.Add(request);
            batch.Askers++;
        }

        try
        {
            return await _progress.WaitAsync(() => batch.Answer, terms, cancellationToken);
        }
        finally
        {
            bool isAbandoned;
            lock (_gate)
            {
                isAbandoned = --batch.Askers == 0;
                _open = isAbandoned && _open == batch ? null : _open;
            }

            if (isAbandoned)
                batch.Abandoned.Cancel();
        }
    }

    private async Task<TAnswer> ReadAsync(Batch batch)
    {
        var abandoned = batch.Abandoned.Token;
        await Task.Delay(Window, time, abandoned);
        using var turn = await _reading.EnterAsync(abandoned);
        await reads.TakeTurnAsync(_progress, abandoned);
        lock (_gate)
            _open = _open == batch ? null : _open;

        return await read(batch.Requests, _progress, abandoned);
    }

    private sealed class Batch
    {
        public Batch(Func<Batch, Task<TAnswer>> read) => Answer = read(this);

        public Task<TAnswer> Answer { get; }
        public CancellationTokenSource Abandoned { get; } = new();
        public List<TRequest> Requests { get; } = [];
        public int Askers { get; set; }
    }
}
