using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>Reads length-prefixed messages from a body.</summary>
internal sealed class FrameReader(Stream body, string? encoding, MessageLimits limits, ReceiveBudget budget)
{
    private const int PrefixLength = 5;
    private const int ChunkLength = 64 * 1024;

    /// <summary>Reads the next message; null at the end.</summary>
    public async ValueTask<ReceivedMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        var read = await body.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        if (read < PrefixLength)
        {
            throw Malformed("it ends within a message's prefix");
        }

        var isCompressed = ReadFlag(prefix[0]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (length > limits.MessageBytes)
        {
            throw ReceivedMessage.TooLarge(limits);
        }

        var message = await ReceiveAsync(length, cancellationToken);
        return isCompressed ? Decompress(message) : message;
    }

    private static RpcException Malformed(string why, Exception? inner = null) =>
        new(StatusCode.InvalidArgument, $"The body is malformed: {why}.", inner);

    private bool ReadFlag(byte flag) => flag switch
    {
        0 => false,
        1 when string.Equals(encoding, "gzip", StringComparison.Ordinal) => true,
        1 when encoding is null or "identity" => throw Malformed("a message is compressed, and no grpc-encoding says how"),
        1 => throw new RpcException(
            StatusCode.Unimplemented, $"The encoding '{encoding}' is not supported; these are: {GrpcHeaders.SupportedEncodings}."),
        _ => throw Malformed($"a message begins with {flag}, not with 0 or 1"),
    };

    private async ValueTask<ReceivedMessage> ReceiveAsync(long length, CancellationToken cancellationToken)
    {
        var message = new ReceivedMessage(limits, budget);
        var chunk = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, ChunkLength));
        try
        {
            while (message.Length < length)
            {
                var wanted = (int)Math.Min(length - message.Length, chunk.Length);
                var read = await body.ReadAsync(chunk.AsMemory(0, wanted), cancellationToken);
                if (read == 0)
                {
                    throw Malformed($"it ends after {message.Length} of a message's {length} bytes");
                }

                message.Append(chunk.AsSpan(0, read));
            }

            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk, clearArray: true);
        }
    }

    private ReceivedMessage Decompress(ReceivedMessage compressed)
    {
        using var source = compressed;
        var message = new ReceivedMessage(limits, budget);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            using var gzip = new GZipStream(source.Open(), CompressionMode.Decompress);
            for (var read = gzip.Read(chunk); read > 0; read = gzip.Read(chunk))
            {
                message.Append(chunk.AsSpan(0, read));
            }

            return message;
        }
        catch (InvalidDataException e)
        {
            message.Dispose();
            throw Malformed("a message is not valid gzip", e);
        }
        catch
        {
            message.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk, clearArray: true);
        }
    }
}
