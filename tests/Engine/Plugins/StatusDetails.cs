using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Plugin.Protocol;
using Status = QingCloudMySqlStandby.Plugin.Protocol.Status;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>What a status carries beside its code and message.</summary>
internal static class StatusDetails
{
    public static ErrorResourceInitFailed? FindInitFailure(RpcStatus status)
    {
        if (status.Details.IsEmpty)
        {
            return null;
        }

        var details = Status.Parser.ParseFrom(status.Details.Span).Details;
        return details.FirstOrDefault(detail => detail.Is(ErrorResourceInitFailed.Descriptor))?.Unpack<ErrorResourceInitFailed>();
    }
}
