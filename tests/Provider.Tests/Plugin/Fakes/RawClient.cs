using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;

namespace QingCloudMySqlStandby.Plugin.Fakes;

/// <summary>A client of a plugin that sends whatever a test wants, over HTTP/2 or over a bare connection.</summary>
internal sealed class RawClient(int port) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Calls Check with this body; gives the status and its message.</summary>
    public async Task<(StatusCode Code, string Message)> CallAsync(byte[] body, string? encoding = null)
    {
        using var request = NewRequest(new ByteArrayContent(body));
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);

        return await CallAsync(request);
    }

    /// <summary>Makes a call; gives the status and its message.</summary>
    public async Task<(StatusCode Code, string Message)> CallAsync(HttpRequestMessage request)
    {
        using var response = await SendAsync(request, Token);
        await response.Content.ReadAsByteArrayAsync(Token);
        var headers = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        var code = int.Parse(Assert.Single(headers.GetValues("grpc-status")), CultureInfo.InvariantCulture);
        var message = headers.TryGetValues("grpc-message", out var values) ? values.Single() : "";
        return ((StatusCode)code, Uri.UnescapeDataString(message));
    }

    /// <summary>Makes sure that a call on a connection of its own is answered.</summary>
    public static async Task ExpectServedAsync(int port)
    {
        using var client = new RawClient(port);
        Assert.Equal((StatusCode.OK, ""), await client.CallAsync([0, 0, 0, 0, 0]));
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    public static HttpRequestMessage NewRequest(HttpContent content, string method = "Check")
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return new HttpRequestMessage(HttpMethod.Post, $"/pulumirpc.ResourceProvider/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
    }

    /// <summary>Opens a bare connection and sends something.</summary>
    public static async Task<TcpClient> ConnectAsync(int port, ReadOnlyMemory<byte> greeting)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Token);
        await socket.GetStream().WriteAsync(greeting, Token);
        return socket;
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public static async Task ReadToEndAsync(TcpClient socket)
    {
        try
        {
            var buffer = new byte[1024];
            while (await socket.GetStream().ReadAsync(buffer, Token) > 0) { }
        }
        catch (IOException)
        {
            // Closed by a reset: as good an end as any.
        }
    }

    public void Dispose() => _http.Dispose();
}
