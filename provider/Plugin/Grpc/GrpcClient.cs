using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>
/// A gRPC client for a server on this machine: HTTP/2 without TLS, connected at the first call. A call that fails throws an
/// <see cref="RpcException"/>, or an <see cref="OperationCanceledException"/> where its token was cancelled.
/// </summary>
internal sealed class GrpcClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly MessageLimits _limits = MessageLimits.Default;
    private readonly ReceiveBudget _budget = new(MessageLimits.Default.TotalBytes);

    /// <summary>Makes a client for <c>host:port</c>.</summary>
    public GrpcClient(string address)
    {
        _http = new HttpClient(NewHandler())
        {
            BaseAddress = new Uri($"http://{address}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Calls a method that answers with one message.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        CancellationToken cancellationToken,
        TimeSpan? timeout = null)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        TResponse? answer = null;
        await foreach (var message in StreamAsync(method, request, cancellationToken, timeout))
        {
            answer = answer is null
                ? message
                : throw new RpcException(StatusCode.Internal, $"{method.Path} answered with more than one message.");
        }

        return answer ?? throw new RpcException(StatusCode.Internal, $"{method.Path} answered without a message.");
    }

    /// <summary>Calls a method that answers with a stream of messages.</summary>
    public async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        TimeSpan? timeout = null)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var message = NewRequest(method, request, timeout);
        using var response = await GuardAsync(
            method.Path, () => _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken));
        await using var body = await GuardAsync(method.Path, () => response.Content.ReadAsStreamAsync(cancellationToken));
        ThrowUnlessOk(method.Path, response, response.Headers, isTrailer: false);
        var frames = new FrameReader(body, FirstOf(response.Headers, GrpcHeaders.Encoding), _limits, _budget);
        while (true)
        {
            using var received = await GuardAsync(
                method.Path, async () => await frames.ReadAsync(cancellationToken));
            if (received is null)
            {
                break;
            }

            yield return received.Parse<TResponse>();
        }

        ThrowUnlessOk(method.Path, response, response.TrailingHeaders, isTrailer: true);
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler() => new()
    {
        // The machine's proxy settings are for the world outside; the server is on this machine.
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
    };

    private static HttpRequestMessage NewRequest<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? timeout)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var frame = new ArrayBufferWriter<byte>();
        FrameWriter.Write(frame, request);
        var message = new HttpRequestMessage(HttpMethod.Post, method.Path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(frame.WrittenMemory),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);
        message.Headers.TE.ParseAdd("trailers");
        message.Headers.Add(GrpcHeaders.AcceptEncoding, GrpcHeaders.SupportedEncodings);
        if (timeout is { } limit)
        {
            message.Headers.Add(GrpcHeaders.Timeout, GrpcTimeout.Format(limit));
        }

        return message;
    }

    /// <summary>Gives failures of the connection a gRPC status.</summary>
    private static async Task<T> GuardAsync<T>(string path, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new RpcException(StatusCode.Unavailable, $"{path}: {e.Message}", e);
        }
    }

    private static void ThrowUnlessOk(string path, HttpResponseMessage response, HttpHeaders headers, bool isTrailer)
    {
        if (FirstOf(headers, GrpcHeaders.Status) is { } text)
        {
            var status = ReadStatus(text, headers);
            if (status.Code != StatusCode.Ok)
            {
                throw new RpcException(status);
            }
        }
        else if (isTrailer && FirstOf(response.Headers, GrpcHeaders.Status) is null)
        {
            throw new RpcException(
                StatusCode.Unknown, $"{path} ended without a status (HTTP status {(int)response.StatusCode}).");
        }
    }

    private static RpcStatus ReadStatus(string text, HttpHeaders headers)
    {
        var code = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= (int)StatusCode.Unauthenticated
                ? (StatusCode)number
                : StatusCode.Unknown;
        var message = StatusText.Decode(FirstOf(headers, GrpcHeaders.Message) ?? "");
        var details = FirstOf(headers, GrpcHeaders.StatusDetails) is { } bytes ? StatusText.DecodeBinary(bytes) : default;
        return new RpcStatus(code, message, details);
    }

    private static string? FirstOf(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;
}
