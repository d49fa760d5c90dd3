using Grpc.Core;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>What a failure carries beside its code and message.</summary>
internal static class StatusDetails
{
    public static Wire.ErrorResourceInitFailed? FindInitFailure(RpcException failure)
    {
        if (failure.Trailers.GetValueBytes("grpc-status-details-bin") is not { } bytes)
            return null;

        var details = Wire.Status.Parser.ParseFrom(bytes).Details;
        return details
            .FirstOrDefault(detail => detail.Is(Wire.ErrorResourceInitFailed.Descriptor))
            ?.Unpack<Wire.ErrorResourceInitFailed>();
    }
}
