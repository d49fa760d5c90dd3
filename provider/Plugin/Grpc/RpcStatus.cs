namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>How a call ended.</summary>
/// <param name="Code">The code.</param>
/// <param name="Message">What happened, for a person to read.</param>
/// <param name="Details">An encoded google.rpc.Status, or nothing.</param>
internal sealed record RpcStatus(StatusCode Code, string Message, ReadOnlyMemory<byte> Details = default)
{
    public static RpcStatus Ok { get; } = new(StatusCode.Ok, "");
}

/// <summary>A call that ended with another status than OK.</summary>
internal sealed class RpcException(RpcStatus status, Exception? innerException = null)
    : Exception(status.Message, innerException)
{
    public RpcException(StatusCode code, string message, Exception? innerException = null)
        : this(new RpcStatus(code, message), innerException)
    {
    }

    public RpcStatus Status { get; } = status;
}
