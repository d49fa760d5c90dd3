using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>
/// An HTTP request and its response as Kestrel has them. An <see cref="HttpContext"/> around them would load, before the first
/// answer, much that a gRPC call does not use.
/// </summary>
internal sealed class HttpExchange(IFeatureCollection features)
{
    public IHttpRequestFeature Request => features.GetRequiredFeature<IHttpRequestFeature>();

    public IHttpResponseFeature Response => features.GetRequiredFeature<IHttpResponseFeature>();

    /// <summary>Where the response's body goes.</summary>
    public PipeWriter Output => features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;

    /// <summary>The headers after the response's body.</summary>
    public IHeaderDictionary Trailers => features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;

    /// <summary>Cancelled when the client resets the request or its connection ends.</summary>
    public CancellationToken Aborted => features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
}
