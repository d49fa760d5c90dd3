using System.Text.Json.Serialization;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Sdk.Tests.Upgrades;

/// <summary>A call that changed the cloud, as a version of the provider sent it.</summary>
internal sealed record RecordedCall(DateTimeOffset At, string Method, string Url, string Body, string? ContentType)
{
    [JsonIgnore]
    public ApiRequest Request => new(Method, Url, Body, ContentType);
}

/// <summary>Records the calls that change the cloud.</summary>
internal sealed class CallRecorder(HttpMessageHandler cloud, TimeProvider clock, List<RecordedCall> calls)
    : DelegatingHandler(cloud)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (body.Contains("action=RunClusterCustomService", StringComparison.Ordinal))
        {
            var contentType = request.Content?.Headers.ContentType?.ToString();
            var url = request.RequestUri!.PathAndQuery;
            calls.Add(new(clock.GetUtcNow(), request.Method.Method, url, body, contentType));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
