using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>Writes length-prefixed, uncompressed messages.</summary>
internal static class FrameWriter
{
    private const int PrefixLength = 5;

    public static void Write(IBufferWriter<byte> target, IMessage message)
    {
        WritePrefix(target, message.CalculateSize());
        message.WriteTo(target);
    }

    /// <summary>Writes a message that is encoded already, in parts.</summary>
    public static void Write(IBufferWriter<byte> target, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length = checked(length + part.Length);
        }

        WritePrefix(target, length);
        foreach (var part in parts)
        {
            target.Write(part.Span);
        }
    }

    private static void WritePrefix(IBufferWriter<byte> target, int length)
    {
        var prefix = target.GetSpan(PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], length);
        target.Advance(PrefixLength);
    }
}
