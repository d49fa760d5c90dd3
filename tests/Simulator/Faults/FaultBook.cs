namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>The faults that are still to come. The oldest that fits a call befalls it.</summary>
public sealed class FaultBook
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Random _random;

    internal FaultBook(int seed) => _random = new Random(seed);

    /// <summary>The faults that are not used up.</summary>
    public IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Where(entry => !entry.UsedUp).Select(entry => entry.Fault)];
            }
        }
    }

    public void Add(params IEnumerable<Fault> faults)
    {
        lock (_gate)
        {
            _entries.AddRange(faults.Select(fault => new Entry(fault)));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    internal Fault? Take(FaultTarget target, FaultStage stage)
    {
        lock (_gate)
        {
            return _entries.Find(entry => Strikes(entry, target, stage))?.Use();
        }
    }

    private bool Strikes(Entry entry, FaultTarget target, FaultStage stage) =>
        !entry.UsedUp
        && FaultStages.Of(entry.Fault.Kind) == stage
        && target.Fits(entry.Fault)
        && !entry.Skips()
        && (entry.Fault.Probability >= 1 || _random.NextDouble() < entry.Fault.Probability);

    private sealed class Entry(Fault fault)
    {
        private int _used;
        private int _skipped;

        public Fault Fault => fault;

        public bool UsedUp => fault.Times is { } times && _used >= times;

        public bool Skips()
        {
            if (_skipped >= fault.Skip)
            {
                return false;
            }

            _skipped++;
            return true;
        }

        public Fault Use()
        {
            _used++;
            return fault;
        }
    }
}

/// <summary>The call that a fault may befall.</summary>
internal sealed record FaultTarget(string Method, string Action, string Service)
{
    public bool Fits(Fault fault) =>
        (fault.Action is null || fault.Action == Action)
        && (fault.Service is null || fault.Service == Service)
        && (fault.Kind != FaultKind.RefusePost || Method == "POST");
}

/// <summary>Which part of a call a fault changes; one fault of each stage can befall the same call.</summary>
internal enum FaultStage
{
    Clock,
    Delay,
    Answer,
}

internal static class FaultStages
{
    public static FaultStage Of(FaultKind kind) => kind switch
    {
        FaultKind.Skew => FaultStage.Clock,
        FaultKind.Slow or FaultKind.Silent => FaultStage.Delay,
        _ => FaultStage.Answer,
    };
}
