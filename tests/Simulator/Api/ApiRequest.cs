namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>A request as it came: nothing decoded, nothing normalised.</summary>
/// <param name="Url">The path and the query.</param>
public sealed record ApiRequest(string Method, string Url, string Body = "", string? ContentType = null)
{
    /// <summary>A label of the client that sent it, for the cloud's true history; nothing on the wire says it.</summary>
    public string Caller { get; init; } = "http";

    /// <summary>What is before the first question mark.</summary>
    public string Path => Url.Split('?', 2)[0];

    /// <summary>What is after it.</summary>
    public string Query => Url.Split('?', 2).ElementAtOrDefault(1) ?? "";
}
