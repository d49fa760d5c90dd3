using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>The bytes of a message, grown as they come: the length that a sender claims reserves nothing.</summary>
internal sealed class ReceivedMessage(MessageLimits limits, ReceiveBudget budget) : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private long _taken;

    public long Length => _bytes.Length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length + bytes.Length > limits.MessageBytes)
        {
            throw TooLarge(limits);
        }

        budget.Take(bytes.Length);
        _taken += bytes.Length;
        _bytes.Write(bytes);
    }

    /// <summary>The bytes, from their beginning.</summary>
    public Stream Open()
    {
        _bytes.Position = 0;
        return _bytes;
    }

    public T Parse<T>()
        where T : class, IMessage<T>, new()
    {
        var message = new T();
        try
        {
            using var input = CodedInputStream.CreateWithLimits(Open(), limits.MessageBytes, limits.Depth);
            message.MergeFrom(input);
            return message;
        }
        catch (InvalidProtocolBufferException e)
        {
            // Its own words tell apart what is malformed and what is nested too deeply.
            throw new RpcException(
                StatusCode.InvalidArgument,
                $"The message is no valid {message.Descriptor.FullName} (nesting up to {limits.Depth} levels): {e.Message}",
                e);
        }
    }

    public void Dispose()
    {
        budget.Release(_taken);
        _taken = 0;
        _bytes.Dispose();
    }

    public static RpcException TooLarge(MessageLimits limits) =>
        new(StatusCode.ResourceExhausted, $"A message is larger than {limits.MessageBytes} bytes.");
}
