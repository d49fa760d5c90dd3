using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>Writes a reply to a connection, faults of the connection included.</summary>
internal static class ReplyWriter
{
    private const int ChunkSize = 1 << 16;

    public static async Task WriteAsync(Reply reply, HttpContext context)
    {
        if (reply.Delivery == Delivery.Nothing)
        {
            context.Abort();
            return;
        }

        WriteHead(reply, context.Response);
        var body = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.ContentLength = reply.Delivery == Delivery.Padded ? reply.Length : body.Length;
        await WriteBodyAsync(reply, body, context);
    }

    private static void WriteHead(Reply reply, HttpResponse response)
    {
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.Headers.Date = reply.Date.ToString("R", CultureInfo.InvariantCulture);
        if (reply.Location is { } location)
            response.Headers.Location = location;
    }

    private static async Task WriteBodyAsync(Reply reply, byte[] body, HttpContext context)
    {
        if (reply.Delivery == Delivery.Padded)
        {
            await using var padded = new ReplyStream(body, reply.Length, cut: false);
            await padded.CopyToAsync(context.Response.Body, ChunkSize, context.RequestAborted);
            return;
        }

        // Less than the announced length makes Kestrel close the connection once it has sent what there is.
        var sent = reply.Delivery == Delivery.Half ? body.Length / 2 : body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, sent), context.RequestAborted);
    }
}
