using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>
/// Lets a connection through once it has begun as HTTP/2 does. Kestrel would hold one that says nothing, or something else,
/// for as long as an idle engine's.
/// </summary>
internal static class ConnectionPreface
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static ReadOnlySpan<byte> Expected => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static async Task CheckAsync(ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        if (await HasPrefaceAsync(connection.Transport.Input, time))
        {
            await next(connection);
        }
    }

    private static async Task<bool> HasPrefaceAsync(PipeReader input, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(limit.Token);
                var isWhole = read.Buffer.Length >= Expected.Length;
                var isExpected = IsExpected(read.Buffer);

                // What is whole stays unread and unexamined, for Kestrel to read again.
                input.AdvanceTo(read.Buffer.Start, isWhole ? read.Buffer.Start : read.Buffer.End);
                if (isWhole || !isExpected || read.IsCompleted)
                {
                    return isWhole && isExpected;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException)
        {
            return false;
        }
    }

    private static bool IsExpected(ReadOnlySequence<byte> read)
    {
        Span<byte> begin = stackalloc byte[(int)Math.Min(read.Length, Expected.Length)];
        read.Slice(0, begin.Length).CopyTo(begin);
        return Expected.StartsWith(begin);
    }
}
