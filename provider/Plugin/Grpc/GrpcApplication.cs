using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>Serves each HTTP request as a gRPC call. Whatever goes wrong in one ends that one, with a status.</summary>
internal sealed class GrpcApplication(GrpcRoutes routes, MessageLimits limits, TimeProvider time)
    : IHttpApplication<HttpExchange>
{
    private readonly ReceiveBudget _budget = new(limits.TotalBytes);

    public HttpExchange CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

    public void DisposeContext(HttpExchange context, Exception? exception)
    {
        // It holds nothing of its own.
    }

    public async Task ProcessRequestAsync(HttpExchange context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !GrpcHeaders.IsGrpc(request.Headers.ContentType))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        using var deadline = new CallDeadline(request.Headers[GrpcHeaders.Timeout], time, context.Aborted);
        var call = new GrpcCall(context, limits, _budget, deadline.Token);
        End(context, call, await RunAsync(request.Path, call, deadline));
    }

    private async Task<RpcStatus> RunAsync(string path, GrpcCall call, CallDeadline deadline)
    {
        if (deadline.IsMalformed)
        {
            return new RpcStatus(StatusCode.InvalidArgument, "The grpc-timeout header is malformed.");
        }

        if (!routes.TryFind(path, out var handler))
        {
            return new RpcStatus(StatusCode.Unimplemented, $"There is no method '{path}'.");
        }

        try
        {
            await handler(call);
            return RpcStatus.Ok;
        }
        catch (RpcException e)
        {
            return e.Status;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new RpcStatus(StatusCode.DeadlineExceeded, "The call's deadline has passed.");
        }
        catch (OperationCanceledException)
        {
            return new RpcStatus(StatusCode.Cancelled, "The call was cancelled.");
        }
        catch (IOException) when (call.CancellationToken.IsCancellationRequested)
        {
            // The client went away in the middle of its request; nobody is left to read this status.
            return new RpcStatus(StatusCode.Cancelled, "The client went away.");
        }
        catch (BadHttpRequestException e)
        {
            return new RpcStatus(StatusCode.InvalidArgument, $"The request cannot be read: {e.Message}");
        }
        catch (Exception e)
        {
            return new RpcStatus(StatusCode.Unknown, $"{e.GetType().FullName}: {e.Message}");
        }
    }

    /// <summary>Tells the status: in the headers where no message was written (a "trailers-only" answer), or after the messages.</summary>
    private static void End(HttpExchange context, GrpcCall call, RpcStatus status)
    {
        if (context.Aborted.IsCancellationRequested)
        {
            return;
        }

        var trailers = context.Response.Headers;
        if (call.HasAnswered)
        {
            trailers = context.Trailers;
        }
        else
        {
            trailers.ContentType = GrpcHeaders.ContentType;
            trailers[GrpcHeaders.AcceptEncoding] = GrpcHeaders.SupportedEncodings;
        }

        trailers[GrpcHeaders.Status] = ((int)status.Code).ToString(CultureInfo.InvariantCulture);
        if (status.Message.Length > 0)
        {
            trailers[GrpcHeaders.Message] = StatusText.Encode(status.Message);
        }

        if (!status.Details.IsEmpty)
        {
            trailers[GrpcHeaders.StatusDetails] = StatusText.EncodeBinary(status.Details);
        }
    }
}
