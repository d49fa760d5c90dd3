using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>One request to the API, whole: the URL and every parameter, secrets too, so that tests can look for them.</summary>
public sealed class Call
{
    internal Call(int number, DateTimeOffset at, ApiRequest request, Parameters parameters)
    {
        Number = number;
        At = at;
        Method = request.Method;
        Url = request.Url;
        Parameters = parameters;
        PasswordInUrl = request.Query.Contains("password", StringComparison.OrdinalIgnoreCase);
    }

    public int Number { get; }

    public DateTimeOffset At { get; }

    public string Method { get; }

    public string Url { get; }

    public Parameters Parameters { get; }

    public string Action => Parameters["action"] ?? "";

    public string Service => Parameters["service"] ?? "";

    public string Cluster => Parameters["cluster"] ?? "";

    public bool PasswordInUrl { get; }

    /// <summary>The fault that befell the call.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>The HTTP status of the answer; null while there is none.</summary>
    public int? Status { get; internal set; }

    /// <summary>What the API itself found, whatever became of the answer; null: the call was never processed.</summary>
    public int? RetCode { get; internal set; }

    public string? Message { get; internal set; }

    /// <summary>The job that the call made, whatever became of the answer.</summary>
    public string? JobId { get; internal set; }

    /// <summary>When the API processed the call; a slow network may bring it late.</summary>
    public DateTimeOffset? ProcessedAt { get; internal set; }
}

/// <summary>The calls that came, the oldest first.</summary>
public sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly Queue<Call> _kept = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly int _limit;
    private int _total;

    internal CallLog(int limit) => _limit = limit;

    public int Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    public IReadOnlyList<Call> Kept
    {
        get
        {
            lock (_gate)
            {
                return [.. _kept];
            }
        }
    }

    public IReadOnlyDictionary<string, int> CountsByAction
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_counts);
            }
        }
    }

    public int Count(string action) => CountsByAction.GetValueOrDefault(action);

    public IReadOnlyList<Call> Of(string action) => Kept.Where(call => call.Action == action).ToList();

    public void Clear()
    {
        lock (_gate)
        {
            _kept.Clear();
            _counts.Clear();
            _total = 0;
        }
    }

    internal Call Add(DateTimeOffset at, ApiRequest request, Parameters parameters)
    {
        lock (_gate)
        {
            var call = new Call(++_total, at, request, parameters);
            _counts[call.Action] = _counts.GetValueOrDefault(call.Action) + 1;
            _kept.Enqueue(call);
            if (_kept.Count > _limit)
            {
                _kept.Dequeue();
            }

            return call;
        }
    }
}
