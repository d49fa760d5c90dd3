namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>The faults that are still to come. A call meets the oldest that fits it.</summary>
public sealed class FaultBook
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Random _random;

    internal FaultBook(int seed) => _random = new Random(seed);

    /// <summary>The faults that are not used up.</summary>
    public IReadOnlyList<Fault> Pending => Locked(() => _entries.ConvertAll(entry => entry.Fault));

    /// <summary>Removes all faults.</summary>
    public void Clear() => Locked(() => _entries.RemoveAll(_ => true));

    internal void Add(Fault fault) =>
        Locked(() =>
        {
            _entries.Add(new Entry(fault));
            return fault;
        });

    internal Fault? Take(FaultStage stage, string method, string action, string service) =>
        Locked(() =>
        {
            var entry = _entries.Find(entry =>
                entry.Fault.Stage == stage && entry.Fault.Fits(method, action, service) && entry.Strikes(_random)
            );
            if (entry is { UsedUp: true })
                _entries.Remove(entry);

            return entry?.Fault;
        });

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }

    private sealed class Entry(Fault fault)
    {
        private int _used;
        private int _skipped;

        public Fault Fault => fault;
        public bool UsedUp => _used >= fault.Times;

        public bool Strikes(Random random)
        {
            var skips = _skipped < fault.Skip;
            var strikes = !skips && !UsedUp && (fault.Probability >= 1 || random.NextDouble() < fault.Probability);
            _skipped += skips ? 1 : 0;
            _used += strikes ? 1 : 0;
            return strikes;
        }
    }
}
