namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>Runs asynchronous code on one thread against a <see cref="ManualTimeProvider"/> that jumps to its next
/// timer whenever nothing is left to run: hours of waiting pass at once, and in the same order each time.</summary>
internal static class SimulatedTime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs <paramref name="body"/> to its end; rethrows what it throws.</summary>
    public static void Run(ManualTimeProvider clock, Func<Task> body)
    {
        var before = SynchronizationContext.Current;
        var pump = new Pump();
        SynchronizationContext.SetSynchronizationContext(pump);
        try
        {
            var task = body();
            while (!task.IsCompleted)
            {
                if (
                    !pump.RunOne(TimeSpan.Zero)
                    && !clock.AdvanceToNextTimer()
                    && !pump.RunOne(Patience)
                    && !task.IsCompleted
                )
                {
                    throw new TimeoutException("Nothing is left to happen, and the code under test still waits.");
                }
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class Pump : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_work)
            {
                _work.Enqueue((d, state));
                Monitor.Pulse(_work);
            }
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

        public bool RunOne(TimeSpan wait)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_work)
            {
                if (_work.Count == 0 && wait > TimeSpan.Zero)
                    Monitor.Wait(_work, wait);

                if (!_work.TryDequeue(out next))
                    return false;
            }

            next.Callback(next.State);
            return true;
        }
    }
}
