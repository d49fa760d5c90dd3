using System.Net;
using System.Text;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>Serves an <see cref="HttpClient"/> in the same process: the same checks and faults, no sockets.</summary>
public sealed class SimulatorHandler(SimulatedApi api) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var reply = await api.AnswerAsync(await ReadAsync(request, cancellationToken), cancellationToken);
        return reply.Delivery == Delivery.Nothing
            ? throw new HttpRequestException(
                HttpRequestError.ResponseEnded,
                "The response ended prematurely.",
                new IOException("It was cut.")
            )
            : Respond(reply, request);
    }

    private static async Task<ApiRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var contentType = request.Content?.Headers.ContentType?.ToString();
        return new ApiRequest(request.Method.Method, request.RequestUri!.PathAndQuery, body, contentType);
    }

    private static HttpResponseMessage Respond(Reply reply, HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            Content = ContentOf(reply),
            RequestMessage = request,
        };
        response.Headers.Date = reply.Date;
        response.Content.Headers.TryAddWithoutValidation("Content-Type", reply.ContentType);
        if (reply.Location is { } location)
            response.Headers.TryAddWithoutValidation("Location", location);

        return response;
    }

    private static HttpContent ContentOf(Reply reply)
    {
        var body = Encoding.UTF8.GetBytes(reply.Body);
        return reply.Delivery switch
        {
            Delivery.Half => new StreamContent(new ReplyStream(body, body.Length / 2, cut: true)),
            Delivery.Padded => new StreamContent(new ReplyStream(body, reply.Length, cut: false)),
            _ => new ByteArrayContent(body),
        };
    }
}
