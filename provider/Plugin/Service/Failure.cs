using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Reports a call's failure to the engine, and by its code whether anything may have happened.</summary>
internal static class Failure
{
    /// <summary>The trailer whose bytes are a google.rpc.Status.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>Does something, and words its failure for the engine.</summary>
    public static T Guard<T>(Func<T> something, Func<string, string> clean)
    {
        try
        {
            return something();
        }
        catch (Exception e)
        {
            throw Of(e, clean);
        }
    }

    /// <summary>The failure of a call by an exception, in words that <paramref name="clean"/> has passed.</summary>
    public static RpcException Of(Exception exception, Func<string, string> clean) =>
        exception switch
        {
            RpcException rpc => rpc,
            PluginException plugin => New((StatusCode)plugin.Code, clean(plugin.Message), []),
            ResourceInitException init => New(
                StatusCode.Unknown,
                clean(init.Message),
                new() { { DetailsTrailer, DetailsOf(init, clean) } }
            ),
            _ => New(
                StatusCode.Unknown,
                "The provider met an error that it did not expect. Please report it to the provider's authors, with what "
                    + $"led to it: {exception.GetType().FullName}: {clean(exception.Message)}",
                []
            ),
        };

    private static RpcException New(StatusCode code, string message, Metadata trailers) =>
        new(new Status(code, message), trailers, message);

    private static byte[] DetailsOf(ResourceInitException init, Func<string, string> clean)
    {
        var detail = new Wire.ErrorResourceInitFailed
        {
            Id = init.Id,
            Properties = StructWriter.Write(init.State),
            Inputs = StructWriter.Write(init.Inputs),

            // The next run reads the resource first: what was under way has gone on meanwhile.
            RefreshBeforeUpdate = true,
            Reasons = { init.Reasons.Select(clean) },
        };
        return new Wire.Status
        {
            Code = (int)StatusCode.Unknown,
            Message = clean(init.Message),
            Details = { Any.Pack(detail) },
        }.ToByteArray();
    }
}
