namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>A process of the provider on simulated time, in the test's own process. It can be killed: from then on its
/// clock stands still and none of its calls leaves or is answered, so that whatever it was about to do never
/// happens.</summary>
internal sealed class ProviderProcess : IPlugin, IDisposable
{
    private readonly MortalClock _clock;
    private readonly Wire _wire;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly TaskCompletionSource _died = new();
    private readonly SynchronizationContext _pump =
        SynchronizationContext.Current ?? throw new InvalidOperationException("Processes run on simulated time.");

    /// <param name="clock">The clock of all processes.</param>
    /// <param name="network">The way to QingCloud's API.</param>
    /// <param name="nextCall">Gives the kill that the next call of the API brings.</param>
    /// <param name="die">Kills what that kill names.</param>
    /// <param name="provide">Makes the provider, with this process's clock and network.</param>
    internal ProviderProcess(
        TimeProvider clock,
        HttpMessageHandler network,
        Func<Kill?> nextCall,
        Action<ProviderProcess> die,
        Func<ProviderProcess, IProvider> provide
    )
    {
        _clock = new MortalClock(clock);
        _wire = new Wire(network, nextCall, () => die(this));
        Provider = provide(this);
    }

    public IProvider Provider { get; }
    public CancellationToken Cancelled => _cancelled.Token;
    public Task Died => _died.Task;
    public bool IsDead { get; private set; }

    /// <summary>The clock as this process sees it.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>This process's way to the API.</summary>
    public HttpMessageHandler Network => _wire;

    public Task CancelAsync()
    {
        // On this thread, which is that of simulated time.
        if (!IsDead)
            _cancelled.Cancel();

        return Task.CompletedTask;
    }

    public async Task<string?> EndAsync()
    {
        await CancelAsync();
        Kill();
        return null;
    }

    /// <summary>The pipe of standard input has ended: the process dies with the engine.</summary>
    public void Abandon() => Kill();

    /// <summary>Kills it as kill -9 does.</summary>
    public void Kill()
    {
        _clock.Stop();
        _wire.Sever();
        IsDead = true;

        // Not within the dying process's own call.
        _pump.Post(_ => _died.TrySetResult(), null);
    }

    public void Dispose()
    {
        _wire.Dispose();
        _cancelled.Dispose();
    }

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
