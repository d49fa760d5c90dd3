using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Pacing;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>
/// Answers requests that come together with one run. They gather for a short while and, where a run is under way, until it has
/// ended: so the run that answers a request always begins after the request.
/// </summary>
internal sealed class Gathering<TRequest, TAnswer>(
    Func<IReadOnlyList<TRequest>, ReadTerms, CancellationToken, Task<Func<TRequest, TAnswer>>> run,
    TimeSpan patience,
    TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private readonly FifoGate _running = new();
    private Batch? _open;

    public async Task<TAnswer> AskAsync(TRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = Join(request);
        try
        {
            var answers = await batch.Answers.WaitAsync(cancellationToken);
            return answers(request);
        }
        catch (OperationCanceledException e)
        {
            throw batch.Terms.Cancelled(e, cancellationToken);
        }
        finally
        {
            Leave(batch);
        }
    }

    private Batch Join(TRequest request)
    {
        lock (_gate)
        {
            var isNew = _open is null;
            var batch = _open ??= new Batch(patience);
            batch.Add(request);
            if (isNew)
            {
                batch.Answers = RunAsync(batch);
            }

            return batch;
        }
    }

    private void Leave(Batch batch)
    {
        lock (_gate)
        {
            if (!batch.IsLeft())
            {
                return;
            }

            _open = _open == batch ? null : _open;
        }

        batch.Dispose();
    }

    private async Task<Func<TRequest, TAnswer>> RunAsync(Batch batch)
    {
        try
        {
            await Task.Delay(Window, time, batch.Abandoned);
            using var turn = await _running.EnterAsync(batch.Abandoned);
            return await run(Close(batch), batch.Terms, batch.Abandoned);
        }
        finally
        {
            Close(batch);
        }
    }

    private IReadOnlyList<TRequest> Close(Batch batch)
    {
        lock (_gate)
        {
            _open = _open == batch ? null : _open;
            return batch.Requests;
        }
    }

    /// <summary>Requests that one run answers. When every asker has gone, it is abandoned.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();
        private readonly List<TRequest> _requests = [];
        private int _askers;

        public Batch(TimeSpan patience)
        {
            Terms = new ReadTerms(patience);
            Abandoned = _abandoned.Token;
        }

        public IReadOnlyList<TRequest> Requests => _requests;

        public ReadTerms Terms { get; }

        public CancellationToken Abandoned { get; }

        public Task<Func<TRequest, TAnswer>> Answers { get; set; } = null!;

        public void Add(TRequest request)
        {
            _requests.Add(request);
            _askers++;
        }

        public bool IsLeft() => --_askers == 0;

        public void Dispose()
        {
            _abandoned.Cancel();
            _abandoned.Dispose();
        }
    }
}
