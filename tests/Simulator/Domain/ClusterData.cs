namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A write and when it reached the cluster.</summary>
internal readonly record struct StoredWrite(int Number, DateTimeOffset ArrivedAt);

/// <summary>The writes that a cluster holds, in the order in which they reached it.</summary>
internal sealed class ClusterData
{
    private readonly List<StoredWrite> _writes = [];
    private readonly HashSet<int> _numbers = [];
    private int _revision;
    private (ClusterData Source, int Revision)? _complete;

    public IEnumerable<int> Numbers => _writes.Select(write => write.Number);

    public void Add(int number, DateTimeOffset at)
    {
        if (!_numbers.Add(number))
            return;

        _writes.Add(new StoredWrite(number, at));
        _revision++;
    }

    /// <summary>What a full copy does; null: the source cannot be read, and the data are gone.</summary>
    public void Replace(ClusterData? source, DateTimeOffset at)
    {
        List<int> copied = source is null ? [] : [.. source.Numbers];
        _writes.Clear();
        _numbers.Clear();
        _revision++;
        _complete = null;
        foreach (var number in copied)
            Add(number, at);
    }

    /// <summary>Receives the writes of a source that are older than the delay; true: there were some.</summary>
    public bool Receive(ClusterData source, DateTimeOffset at, TimeSpan delay)
    {
        if (HasAllOf(source))
            return false;

        var before = _revision;
        foreach (var write in Missing(source).Where(write => write.ArrivedAt + delay <= at).ToList())
            Add(write.Number, write.ArrivedAt + delay);

        return _revision != before;
    }

    /// <summary>Whether nothing of the source is missing here.</summary>
    public bool HasAllOf(ClusterData source)
    {
        if (_complete == (source, source._revision))
            return true;

        if (Missing(source).Any())
            return false;

        _complete = (source, source._revision);
        return true;
    }

    /// <summary>When the oldest write that is missing here reached the source; null: none is missing.</summary>
    public DateTimeOffset? OldestMissing(ClusterData source) =>
        HasAllOf(source) ? null : Missing(source).Min(write => write.ArrivedAt);

    private IEnumerable<StoredWrite> Missing(ClusterData source) =>
        source._writes.Where(write => !_numbers.Contains(write.Number));
}
