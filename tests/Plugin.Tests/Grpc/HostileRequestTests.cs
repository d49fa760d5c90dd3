using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Testing;

namespace QingCloudMySqlStandby.Plugin.Tests.Grpc;

/// <summary>Whatever is sent, it gets a clear status, and the next call is served.</summary>
public sealed class HostileRequestTests
{
    private static readonly MessageLimits Small = new(MessageBytes: 100_000, TotalBytes: 150_000, Depth: 1000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_compressed_message_is_read()
    {
        var request = new Struct { Fields = { ["text"] = Value.ForString(new string('z', 50_000)) } };

        await ExpectAsync(StatusCode.Ok, Frame(1, Gzip(request.ToByteArray())), encoding: "gzip");
    }

    [Fact]
    public async Task A_message_may_be_uncompressed_although_an_encoding_is_named() =>
        await ExpectAsync(StatusCode.Ok, Frame(0, []), encoding: "gzip");

    [Fact]
    public async Task A_message_that_decompresses_beyond_the_limit_is_refused() =>
        await ExpectAsync(StatusCode.ResourceExhausted, Frame(1, Gzip(new byte[50_000_000])), encoding: "gzip");

    [Fact]
    public async Task A_message_that_is_no_gzip_is_malformed() =>
        await ExpectAsync(StatusCode.InvalidArgument, Frame(1, [1, 2, 3]), encoding: "gzip");

    [Theory]
    [InlineData(null, "InvalidArgument")]
    [InlineData("identity", "InvalidArgument")]
    [InlineData("snappy", "Unimplemented")]
    public async Task A_compression_that_is_not_known_is_refused(string? encoding, string code) =>
        await ExpectAsync(System.Enum.Parse<StatusCode>(code), Frame(1, []), encoding);

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1, 2 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0xFF, 0xFF })]
    public async Task A_malformed_body_is_an_invalid_argument(byte[] body) =>
        await ExpectAsync(StatusCode.InvalidArgument, body);

    [Fact]
    public async Task A_message_that_claims_to_be_larger_than_the_limit_is_refused_at_once() =>
        await ExpectAsync(StatusCode.ResourceExhausted, [0, 0xFF, 0xFF, 0xFF, 0xFF]);

    [Fact]
    public async Task A_message_of_four_hundred_megabytes_that_never_comes_takes_no_memory()
    {
        await using var server = await TestServer.StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await SendAsync(server, [0, 0x18, 0, 0, 0, 1, 2, 3], encoding: null);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(10_000, false)]
    [InlineData(1_000_000, false)]
    public async Task Objects_nest_deeply_but_not_without_end(int depth, bool isRead)
    {
        await using var server = await TestServer.StartAsync();

        var (status, message) = await SendAsync(server, Frame(0, Nested(depth)), encoding: null);

        Assert.Equal(isRead ? StatusCode.Ok : StatusCode.InvalidArgument, status);
        if (!isRead)
        {
            Assert.Contains("levels of nesting", message, StringComparison.Ordinal);
        }

        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
    }

    [Fact]
    public async Task Calls_share_a_bound_on_what_is_being_received_and_give_it_back()
    {
        await using var server = await TestServer.StartAsync(limits: Small);
        using var http = NewClient(server);
        using var slow = new SlowContent(Frame(0, new byte[90_000]), pauseAt: 80_000);
        var first = http.SendAsync(NewRequest(slow, encoding: null), Token);
        await slow.Paused.Task.WaitAsync(Token);

        StatusCode second;
        do
        {
            // The first call's bytes may still be on their way.
            (second, _) = await SendAsync(server, Frame(0, new Struct { Fields = { ["x"] = Value.ForString(new string('x', 80_000)) } }.ToByteArray()), encoding: null);
        }
        while (second == StatusCode.Ok);

        Assert.Equal(StatusCode.ResourceExhausted, second);
        slow.Release.SetResult();
        using var answer = await first;
        await ExpectOnAsync(server, StatusCode.Ok, Frame(0, new Struct { Fields = { ["x"] = Value.ForString(new string('x', 80_000)) } }.ToByteArray()));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_message_ends_that_call_only()
    {
        await using var server = await TestServer.StartAsync();
        using var http = NewClient(server);
        using var slow = new SlowContent(Frame(0, new byte[90_000]), pauseAt: 80_000);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = http.SendAsync(NewRequest(slow, encoding: null), leave.Token);
        await slow.Paused.Task.WaitAsync(Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("999999999S")]
    public async Task A_malformed_timeout_is_an_invalid_argument(string timeout)
    {
        await using var server = await TestServer.StartAsync();
        using var http = NewClient(server);
        using var request = NewRequest(new ByteArrayContent(Frame(0, [])), encoding: null);
        request.Headers.Add("grpc-timeout", timeout);

        using var response = await http.SendAsync(request, Token);

        Assert.Equal((StatusCode.InvalidArgument, "The grpc-timeout header is malformed."), await StatusOfAsync(response));
    }

    [Theory]
    [InlineData("GET", "application/grpc")]
    [InlineData("POST", "application/json")]
    public async Task What_is_not_grpc_is_refused_as_http(string method, string contentType)
    {
        await using var server = await TestServer.StartAsync();
        using var http = NewClient(server);
        using var request = NewRequest(new ByteArrayContent([]), encoding: null);
        request.Method = new HttpMethod(method);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(contentType);

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_refusal_without_messages_is_told_in_the_headers()
    {
        await using var server = await TestServer.StartAsync();
        using var http = NewClient(server);
        using var request = NewRequest(new ByteArrayContent(Frame(0, [])), encoding: null);
        request.RequestUri = new Uri("/", UriKind.Relative);

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("12", Assert.Single(response.Headers.GetValues("grpc-status")));
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\0\0\0\0 nothing of the kind")]
    [InlineData("x")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nand then garbage that is no frame")]
    public async Task A_connection_that_speaks_something_else_is_closed_alone(string greeting)
    {
        await using var server = await TestServer.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, Token);
        await socket.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(greeting), Token);

        await ReadToEndAsync(socket);

        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRI * HTTP/2")]
    public async Task A_connection_that_never_says_what_it_wants_is_closed(string greeting)
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestServer.StartAsync(time: clock);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, Token);
        await socket.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(greeting), Token);

        var end = ReadToEndAsync(socket);
        while (!end.IsCompleted)
        {
            // The server accepts the connection at a moment of its own.
            clock.Advance(ConnectionPreface.Limit);
            await Task.Yield();
        }

        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
    }

    [Fact]
    public async Task Connections_left_half_open_do_not_keep_others_out()
    {
        await using var server = await TestServer.StartAsync();
        var sockets = new List<TcpClient>();
        for (var i = 0; i < 100; i++)
        {
            var socket = new TcpClient();
            sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, Token);
        }

        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
        sockets.ForEach(socket => socket.Dispose());
    }

    private static async Task ReadToEndAsync(TcpClient socket)
    {
        try
        {
            var buffer = new byte[1024];
            while (await socket.GetStream().ReadAsync(buffer, Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed by a reset: as good an end as any.
        }
    }

    private static async Task ExpectAsync(StatusCode code, byte[] body, string? encoding = null)
    {
        await using var server = await TestServer.StartAsync(limits: Small);
        await ExpectOnAsync(server, code, body, encoding);
        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
    }

    private static async Task ExpectOnAsync(TestServer server, StatusCode code, byte[] body, string? encoding = null)
    {
        var (status, message) = await SendAsync(server, body, encoding);
        Assert.Equal(code, status);
        Assert.Equal(code == StatusCode.Ok, message.Length == 0);
    }

    private static async Task<(StatusCode Code, string Message)> SendAsync(TestServer server, byte[] body, string? encoding)
    {
        using var http = NewClient(server);
        using var response = await http.SendAsync(NewRequest(new ByteArrayContent(body), encoding), Token);
        return await StatusOfAsync(response);
    }

    private static async Task<(StatusCode Code, string Message)> StatusOfAsync(HttpResponseMessage response)
    {
        await response.Content.ReadAsByteArrayAsync(Token);
        var headers = response.Headers.Contains("grpc-status") ? response.Headers : response.TrailingHeaders;
        var code = Assert.Single(headers.GetValues("grpc-status"));
        var message = headers.TryGetValues("grpc-message", out var values) ? StatusText.Decode(values.Single()) : "";
        return ((StatusCode)int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), message);
    }

    private static HttpClient NewClient(TestServer server) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"),
    };

    private static HttpRequestMessage NewRequest(HttpContent content, string? encoding)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, TestServer.Echo.Path)
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        return request;
    }

    private static byte[] Frame(byte flag, byte[] message)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>Objects in objects, written by hand: each is a Struct with one field "a".</summary>
    private static byte[] Nested(int depth)
    {
        var prefixes = new Stack<byte[]>();
        var length = 0;
        for (var i = 0; i < depth; i++)
        {
            var inner = Field(5, length); // Value.struct_value
            var value = Field(2, inner.Length + length); // FieldsEntry.value
            byte[] key = [0x0A, 1, (byte)'a']; // FieldsEntry.key
            var entry = Field(1, key.Length + value.Length + inner.Length + length); // Struct.fields
            byte[] prefix = [.. entry, .. key, .. value, .. inner];
            prefixes.Push(prefix);
            length += prefix.Length;
        }

        return [.. prefixes.SelectMany(prefix => prefix)];
    }

    private static byte[] Field(int number, int length)
    {
        var bytes = new byte[1 + CodedOutputStream.ComputeLengthSize(length)];
        using var output = new CodedOutputStream(bytes);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
        return bytes;
    }

    private sealed class SlowContent(byte[] bytes, int pauseAt) : HttpContent
    {
        public TaskCompletionSource Paused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, pauseAt));
            await stream.FlushAsync();
            Paused.SetResult();
            await Release.Task;
            await stream.WriteAsync(bytes.AsMemory(pauseAt));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
