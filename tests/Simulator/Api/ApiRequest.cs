namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>A request as it came: nothing decoded, nothing normalised.</summary>
public sealed record ApiRequest(string Method, string Path, string Query, string Body = "", string? ContentType = null)
{
    public string Url => Query.Length == 0 ? Path : $"{Path}?{Query}";

    /// <summary>Takes a request target apart at its first question mark.</summary>
    public static ApiRequest FromTarget(string method, string target, string body = "", string? contentType = null)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0
            ? new ApiRequest(method, target, "", body, contentType)
            : new ApiRequest(method, target[..mark], target[(mark + 1)..], body, contentType);
    }
}
