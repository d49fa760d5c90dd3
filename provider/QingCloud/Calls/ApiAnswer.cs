using System.Net;

namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>What came back over HTTP, before anything is made of it.</summary>
internal sealed class ApiAnswer(HttpStatusCode status, string body, DateTimeOffset? date)
{
    public HttpStatusCode Status { get; } = status;
    public string Body { get; } = body;

    /// <summary>The server's time, where the answer has it.</summary>
    public DateTimeOffset? Date { get; } = date;
}
