using QingCloudMySqlStandby.Engine.InProcess;

namespace QingCloudMySqlStandby.Environments;

/// <summary>A process of the provider that can be killed like one: from then on its clock stands still and none of its
/// calls leaves or is answered, so that whatever it was about to do never happens.</summary>
internal sealed class ProviderProcess : IInProcessPlugin, IDisposable
{
    private readonly MortalClock _clock;
    private readonly Wire _wire;
    private readonly SynchronizationContext _pump =
        SynchronizationContext.Current ?? throw new InvalidOperationException("Processes run on simulated time.");

    private readonly TaskCompletionSource _killed = new();

    internal ProviderProcess(
        TimeProvider clock,
        HttpMessageHandler network,
        Func<Kill?> nextCall,
        Action<ProviderProcess> die
    )
    {
        _clock = new MortalClock(clock);
        _wire = new Wire(network, nextCall, () => die(this));
    }

    /// <summary>The provider; the group of processes puts it in.</summary>
    public IProvider Provider { get; internal set; } = null!;

    /// <summary>Ends when the process dies.</summary>
    public Task Killed => _killed.Task;

    public bool IsDead { get; private set; }

    internal TimeProvider Clock => _clock;
    internal HttpMessageHandler Network => _wire;

    public void Kill()
    {
        _clock.Stop();
        _wire.Sever();
        IsDead = true;

        // On the thread of simulated time, and not within the dying process's own call.
        _pump.Post(_ => _killed.TrySetResult(), null);
    }

    public void Dispose() => _wire.Dispose();

    /// <summary>A process's view of the clock: its timers fire only while it lives.</summary>
    private sealed class MortalClock(TimeProvider clock) : TimeProvider
    {
        private bool _stopped;

        public override long TimestampFrequency => clock.TimestampFrequency;
        public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(
                timerState =>
                {
                    if (!_stopped)
                        callback(timerState);
                },
                state,
                dueTime,
                period
            );

        public void Stop() => _stopped = true;
    }

    /// <summary>Lets the process's calls out, and cuts them off when it dies.</summary>
    private sealed class Wire(HttpMessageHandler network, Func<Kill?> nextCall, Action killNow) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _network = new(network, disposeHandler: false);
        private readonly CancellationTokenSource _severed = new();

        public void Sever() => _severed.Cancel();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var kill = nextCall();
            if (kill is { After: false })
                killNow();

            if (_severed.IsCancellationRequested)
                return await Never();

            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _severed.Token);
                return await _network.SendAsync(request, either.Token);
            }
            catch (OperationCanceledException) when (_severed.IsCancellationRequested)
            {
                return await Never();
            }
            finally
            {
                if (kill is not null)
                {
                    killNow();
                    await Never();
                }
            }
        }

        protected override void Dispose(bool disposing)
        {
            _network.Dispose();
            _severed.Dispose();
            base.Dispose(disposing);
        }

        private static Task<HttpResponseMessage> Never() => new TaskCompletionSource<HttpResponseMessage>().Task;
    }
}
