using System.Net;
using System.Text;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>Serves an <see cref="HttpClient"/> in the same process: the same checks and faults, no sockets.</summary>
/// <param name="api">What it serves.</param>
/// <param name="caller">A label of the client, such as <c>dev/orders-dr#3</c>: the cloud's true history says by it who
/// did what.</param>
public sealed class SimulatorHandler(SimulatedApi api, string caller = "http") : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var received = await ReadAsync(request, cancellationToken) with { Caller = caller };
        var reply = await api.AnswerAsync(received, cancellationToken);
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
