namespace QingCloudMySqlStandby.QingCloud.Pacing;

/// <summary>Lets one in at a time, or as many as it has places for, in the order of arrival.</summary>
internal sealed class FifoGate(int places = 1)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = places;

    /// <summary>Waits for one's turn; disposing the pass ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Queue() is { } turn)
        {
            await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            await turn.Task;
        }

        return new Pass(this);
    }

    private TaskCompletionSource? Queue()
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    private sealed class Pass(FifoGate gate) : IDisposable
    {
        private FifoGate? _open = gate;

        public void Dispose() => Interlocked.Exchange(ref _open, null)?.Leave();
    }
}
