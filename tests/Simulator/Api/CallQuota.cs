using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>So many calls in a sliding window of an hour, for each access key.</summary>
internal sealed class CallQuota(int limit)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3600);
    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = new(StringComparer.Ordinal);

    public void Spend(string accessKeyId, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(accessKeyId, out var calls))
            _calls.Add(accessKeyId, calls = new Queue<DateTimeOffset>());

        while (calls.TryPeek(out var oldest) && now - oldest >= Window)
            calls.Dequeue();

        Refuse.Unless(calls.Count < limit, () => Refuse.TooManyCalls(limit, Window));
        calls.Enqueue(now);
    }
}
