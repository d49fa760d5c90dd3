namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The calls that came, the oldest first.</summary>
public sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly Queue<Call> _kept = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly int _limit;
    private int _total;

    internal CallLog(int limit) => _limit = limit;

    /// <summary>How many came.</summary>
    public int Total => Locked(() => _total);

    /// <summary>The last of them, as many as the log keeps.</summary>
    public IReadOnlyList<Call> Kept => Locked(() => _kept.ToArray());

    /// <summary>How many came of each action.</summary>
    public IReadOnlyDictionary<string, int> CountsByAction => Locked(() => new Dictionary<string, int>(_counts));

    /// <summary>How many came of an action.</summary>
    public int Count(string action) => CountsByAction.GetValueOrDefault(action);

    /// <summary>Those of an action that are kept.</summary>
    public IReadOnlyList<Call> Of(string action) => Kept.Where(call => call.Action == action).ToList();

    /// <summary>Forgets them all; the next call has the number 1.</summary>
    public void Clear() =>
        Locked(() =>
        {
            _kept.Clear();
            _counts.Clear();
            return _total = 0;
        });

    internal Call Add(DateTimeOffset at, ApiRequest request, Parameters parameters) =>
        Locked(() =>
        {
            var call = new Call(++_total, at, request, parameters);
            _counts[call.Action] = _counts.GetValueOrDefault(call.Action) + 1;
            _kept.Enqueue(call);
            if (_kept.Count > _limit)
                _kept.Dequeue();

            return call;
        });

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }
}
