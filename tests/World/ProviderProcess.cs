using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.World;

/// <summary>When a process dies: at its n-th call of the API, before the call leaves or after QingCloud has carried it out.</summary>
public sealed record Kill(int Call, bool After);

/// <summary>
/// A process of the provider that can be killed like one: from then on its clock stands still and none of its calls leaves or
/// is answered, so that whatever it was about to do never happens.
/// </summary>
public sealed class ProviderProcess : IDisposable
{
    private readonly MortalClock _clock;
    private readonly Wire _wire;
    private readonly SynchronizationContext _pump = SynchronizationContext.Current
        ?? throw new InvalidOperationException("processes run on simulated time");

    private readonly TaskCompletionSource _killed = new();

    internal ProviderProcess(TimeProvider clock, HttpMessageHandler network, Kill? kill)
    {
        _clock = new MortalClock(clock);
        _wire = new Wire(network, kill, KillNow);
    }

    /// <summary>The provider; <see cref="SimulatedWorld.StartProcessAsync"/> puts it in.</summary>
    public IProvider Provider { get; internal set; } = null!;

    /// <summary>Ends when the process dies.</summary>
    public Task Killed => _killed.Task;

    public bool IsDead { get; private set; }

    internal TimeProvider Clock => _clock;

    internal HttpMessageHandler Network => _wire;

    public void KillNow()
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
                    {
                        callback(timerState);
                    }
                },
                state,
                dueTime,
                period);

        public void Stop() => _stopped = true;
    }

    /// <summary>Counts the process's calls, and cuts them off when it dies.</summary>
    private sealed class Wire(HttpMessageHandler network, Kill? kill, Action killNow) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _network = new(network, disposeHandler: false);
        private readonly CancellationTokenSource _severed = new();
        private int _calls;

        public void Sever() => _severed.Cancel();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isLast = ++_calls == kill?.Call;
            if (isLast && !kill!.After)
            {
                killNow();
            }

            if (_severed.IsCancellationRequested)
            {
                return await Never();
            }

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
                if (isLast)
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
