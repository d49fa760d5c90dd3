using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>One request to the API, whole: URL and parameters, secrets too, so that tests can look for them.</summary>
public sealed class Call
{
    internal Call(int number, DateTimeOffset at, ApiRequest request, Parameters parameters)
    {
        Number = number;
        At = at;
        Caller = request.Caller;
        Method = request.Method;
        Url = request.Url;
        Parameters = parameters;
        Action = parameters["action"] ?? "";
        Service = parameters["service"] ?? "";
        Cluster = parameters["cluster"] ?? "";
    }

    /// <summary>1 for the first call.</summary>
    public int Number { get; }

    /// <summary>When it came.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The label of the client that made it.</summary>
    public string Caller { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path and the query.</summary>
    public string Url { get; }

    /// <summary>What was sent in the query or in the form.</summary>
    public Parameters Parameters { get; }

    /// <summary>The action, empty where there is none, as in what follows.</summary>
    public string Action { get; }

    /// <summary>The custom service.</summary>
    public string Service { get; }

    /// <summary>The cluster whose service it is.</summary>
    public string Cluster { get; }

    /// <summary>The fault that the call met.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>The HTTP status of the answer; null while there is none.</summary>
    public int? Status { get; internal set; }

    /// <summary>What the API itself found, whatever became of the answer; null: the call was never processed.</summary>
    public int? RetCode { get; internal set; }

    /// <summary>What the API said of a call that it refused.</summary>
    public string? Message { get; internal set; }

    /// <summary>The job that the call made, whatever became of the answer.</summary>
    public string? JobId { get; internal set; }

    /// <summary>When the API processed the call; a slow network may bring it late.</summary>
    public DateTimeOffset? ProcessedAt { get; internal set; }
}
