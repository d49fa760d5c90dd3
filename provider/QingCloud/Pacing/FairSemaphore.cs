using System.Threading.Channels;

namespace QingCloudMySqlStandby.QingCloud.Pacing;

/// <summary>Lets one in at a time, or as many as it has places for, in the order of arrival. <see
/// cref="SemaphoreSlim"/> promises no order, and lets its waiters go on in the thread pool, where a simulated clock
/// does not wait for them.</summary>
internal sealed class FairSemaphore
{
    private readonly Channel<bool> _places = Channel.CreateUnbounded<bool>();

    public FairSemaphore(int places = 1)
    {
        for (var place = 0; place < places; place++)
            Leave();
    }

    /// <summary>Waits for a place; disposing the answer leaves it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.Reader.ReadAsync(cancellationToken);
        return new Place(this);
    }

    private void Leave() => _places.Writer.TryWrite(true);

    private sealed class Place(FairSemaphore semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Leave();
    }
}
