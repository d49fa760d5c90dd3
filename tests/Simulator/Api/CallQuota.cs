using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>So many calls in a sliding window, for each access key.</summary>
internal sealed class CallQuota(int limit, TimeSpan window)
{
    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = new(StringComparer.Ordinal);

    public void Spend(string accessKeyId, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(accessKeyId, out var calls))
        {
            _calls.Add(accessKeyId, calls = new Queue<DateTimeOffset>());
        }

        while (calls.TryPeek(out var oldest) && now - oldest >= window)
        {
            calls.Dequeue();
        }

        if (calls.Count >= limit)
        {
            throw Refuse.TooManyCalls(limit, window);
        }

        calls.Enqueue(now);
    }
}
