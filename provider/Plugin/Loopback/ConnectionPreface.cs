using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace QingCloudMySqlStandby.Plugin.Loopback;

/// <summary>Lets a connection through once it has begun as HTTP/2 does. Kestrel would hold one that says nothing, or
/// something else, for as long as an idle engine's.</summary>
internal static class ConnectionPreface
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static ReadOnlySpan<byte> Expected => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static async Task CheckAsync(ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        if (await HasPrefaceAsync(connection.Transport.Input, time))
            await next(connection);
    }

    private static async Task<bool> HasPrefaceAsync(PipeReader input, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            var read = await input.ReadAtLeastAsync(Expected.Length, limit.Token);
            var isExpected = new SequenceReader<byte>(read.Buffer).IsNext(Expected);

            // It stays unread, for Kestrel to read again.
            input.AdvanceTo(read.Buffer.Start);
            return isExpected;
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException)
        {
            return false;
        }
    }
}
