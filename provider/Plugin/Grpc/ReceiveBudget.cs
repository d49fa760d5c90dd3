namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>Bounds the memory that messages take while they are being received, over all calls.</summary>
internal sealed class ReceiveBudget(long totalBytes)
{
    private long _taken;

    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= totalBytes)
        {
            return;
        }

        Release(bytes);
        throw new RpcException(
            StatusCode.ResourceExhausted, $"The messages being received take more than {totalBytes} bytes together.");
    }

    public void Release(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
