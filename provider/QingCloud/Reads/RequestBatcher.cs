namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Answers requests that come together with one read. A batch stays open for a short while, then for as long
/// as the read of the batch before goes on and the account's call budget makes it wait: so the read always begins after
/// the request.</summary>
internal sealed class RequestBatcher<TRequest, TAnswer>(
    RetryingReads reads,
    Func<IReadOnlyList<TRequest>, CallProgress, CancellationToken, Task<TAnswer>> read,
    TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private readonly FairSemaphore _reading = new();
    private readonly CallProgress _progress = new(time);
    private Batch? _open;

    public async Task<TAnswer> AskAsync(TRequest request, ReadTerms terms, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = Join(request);
        try
        {
            return await _progress.WaitAsync(() => batch.Answer, terms, cancellationToken);
        }
        finally
        {
            if (Leave(batch))
                batch.Abandoned.Cancel();
        }
    }

    private Batch Join(TRequest request)
    {
        lock (_gate)
        {
            _open ??= new Batch(ReadAsync);
            _open.Requests.Add(request);
            _open.Askers++;
            return _open;
        }
    }

    /// <summary>Whether nobody is left who asked.</summary>
    private bool Leave(Batch batch)
    {
        lock (_gate)
        {
            batch.Askers--;
            _open = batch.Askers == 0 && _open == batch ? null : _open;
            return batch.Askers == 0;
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
