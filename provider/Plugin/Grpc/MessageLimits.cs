namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>What a message may be at most. The engine is trusted; whoever else finds the port is not.</summary>
/// <param name="MessageBytes">The size of one message, before and after decompression; the engine's own limit is 400 MB.</param>
/// <param name="TotalBytes">The size of all the messages that are being received at once.</param>
/// <param name="Depth">
/// How deep messages may nest. An object in JSON takes three levels. Far above Protobuf's default of 100, far below what
/// the stack of a pool thread bears.
/// </param>
internal sealed record MessageLimits(int MessageBytes, long TotalBytes, int Depth)
{
    public static MessageLimits Default { get; } = new(400 * 1024 * 1024, 1024L * 1024 * 1024, 1000);
}
