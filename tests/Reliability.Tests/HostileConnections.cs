using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>
/// What the whole plugin makes of connections that begin as HTTP/2 and go wrong after that; its messages are the matter of
/// tests/Plugin.Tests. Real sockets; nothing waits for a time to pass.
/// </summary>
public sealed class HostileConnections : IAsyncLifetime
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static readonly byte[] Settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly CancellationTokenSource _stop = new();
    private readonly Pipe _output = new();
    private Task<int> _plugin = null!;
    private int _port;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var stdout = new StreamWriter(_output.Writer.AsStream());
        stdout.AutoFlush = true;
        _plugin = PluginHost.RunAsync(
            [],
            log => new StandbyProvider(
                "0.1.0",
                () => "{}"u8.ToArray(),
                options => new QingCloudClient(options, _ => null, TimeProvider.System, new Random(1)),
                log,
                TimeProvider.System,
                new Random(1)),
            stdout,
            stdin: null,
            TextWriter.Null,
            _stop.Token);
        using var told = new StreamReader(_output.Reader.AsStream());
        _port = int.Parse((await told.ReadLineAsync(Token))!, System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Assert.Equal(0, await _plugin);
        _stop.Dispose();
    }

    [Theory]
    [InlineData("FF FF FF 00 00 00 00 00 01", "a frame of 16 MB")]
    [InlineData("00 00 05 00 00 00 00 00 01 00 00 00 00 00", "data on a stream that was never opened")]
    [InlineData("00 00 01 01 04 00 00 00 00 82", "headers on stream 0")]
    [InlineData("00 00 04 01 04 00 00 00 01 FF FF FF FF", "headers that no table holds")]
    [InlineData("00 00 01 01 04 00 00 00 02 82", "a stream with a server's number")]
    [InlineData("00 00 01 09 04 00 00 00 01 82", "a continuation of nothing")]
    [InlineData("00 00 05 04 00 00 00 00 00 00 00 00 00 00", "settings of a wrong length")]
    [InlineData("00 00 04 08 00 00 00 00 00 00 00 00 00", "a window grown by nothing")]
    [InlineData("00 00 03 06 00 00 00 00 00 00 00 00", "a ping of a wrong length")]
    [InlineData("00 00 04 03 00 00 00 00 01 00 00 00 00", "a reset of a stream that was never opened")]
    public async Task An_invalid_frame_closes_its_own_connection_only(string frame, string what)
    {
        Assert.NotEmpty(what);
        using var socket = await ConnectAsync();
        await socket.GetStream().WriteAsync(Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal)), Token);

        await ReadToEndAsync(socket);

        await ExpectServedAsync();
    }

    [Fact]
    public async Task A_client_that_sends_a_byte_at_a_time_and_never_ends_takes_no_memory_and_keeps_nobody_out()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var http = NewClient();
        var messages = new List<EndlessMessage>();
        var calls = new List<Task<HttpResponseMessage>>();
        for (var client = 0; client < 50; client++)
        {
            var message = new EndlessMessage();
            messages.Add(message);
            calls.Add(http.SendAsync(NewRequest(message), Token));
            await message.Begun;
        }

        await ExpectServedAsync();

        Assert.DoesNotContain(calls, call => call.IsCompletedSuccessfully);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 50_000_000);
        messages.ForEach(message => message.BreakOff());
        await ExpectServedAsync();
    }

    [Fact]
    public async Task Connections_that_are_begun_and_left_keep_nobody_out()
    {
        var sockets = new List<TcpClient>();
        for (var client = 0; client < 100; client++)
        {
            sockets.Add(await ConnectAsync());
        }

        await ExpectServedAsync();
        sockets.ForEach(socket => socket.Dispose());
        await ExpectServedAsync();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _port, Token);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Preface), Token);
        await socket.GetStream().WriteAsync(Settings, Token);
        return socket;
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

    private async Task ExpectServedAsync()
    {
        using var http = NewClient();
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        using var answer = await http.SendAsync(NewRequest(content), Token);
        await answer.Content.ReadAsByteArrayAsync(Token);
        var headers = answer.Headers.Contains("grpc-status") ? answer.Headers : answer.TrailingHeaders;
        Assert.Equal("0", Assert.Single(headers.GetValues("grpc-status")));
    }

    private HttpClient NewClient() => new() { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = Timeout.InfiniteTimeSpan };

    private static HttpRequestMessage NewRequest(HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return new HttpRequestMessage(HttpMethod.Post, "/pulumirpc.ResourceProvider/GetPluginInfo")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
    }

    /// <summary>A message that says it is 100 MB long, of which a few bytes come.</summary>
    private sealed class EndlessMessage : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void BreakOff() => _end.TrySetException(new IOException("the client leaves"));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in new byte[] { 0, 6, 0, 0, 0, 1, 2, 3 })
            {
                await stream.WriteAsync(new[] { part });
                await stream.FlushAsync();
            }

            _begun.TrySetResult();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
