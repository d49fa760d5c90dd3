using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>One call on the server's side: its messages, and the token that ends with it.</summary>
internal sealed class GrpcCall(
    HttpExchange http, MessageLimits limits, ReceiveBudget budget, CancellationToken cancellationToken)
{
    /// <summary>Cancelled when the client resets the call, its connection ends or its deadline passes.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Whether an answer has begun, so that a status can only follow it.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Reads the one message of a request.</summary>
    public async Task<T> ReadRequestAsync<T>()
        where T : class, IMessage<T>, new()
    {
        var encoding = http.Request.Headers[GrpcHeaders.Encoding];
        var frames = new FrameReader(
            http.Request.Body, encoding.Count == 0 ? null : encoding.ToString(), limits, budget);
        using var message = await frames.ReadAsync(CancellationToken)
            ?? throw new RpcException(StatusCode.InvalidArgument, "The call holds no message.");
        var request = message.Parse<T>();
        using var second = await frames.ReadAsync(CancellationToken);
        return second is null
            ? request
            : throw new RpcException(StatusCode.InvalidArgument, "The call holds more than one message.");
    }

    /// <summary>Writes a message; it may leave with the status that follows.</summary>
    public void Write(IMessage message)
    {
        BeginAnswer();
        FrameWriter.Write(http.Output, message);
    }

    /// <summary>Writes a message that is encoded already, in parts.</summary>
    public void WriteEncoded(params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        BeginAnswer();
        FrameWriter.Write(http.Output, parts);
    }

    /// <summary>Sends what was written, at the pace that the client reads it.</summary>
    public async Task FlushAsync() => await http.Output.FlushAsync(CancellationToken);

    private void BeginAnswer()
    {
        if (!HasAnswered)
        {
            HasAnswered = true;
            http.Response.Headers.ContentType = GrpcHeaders.ContentType;
        }
    }
}
