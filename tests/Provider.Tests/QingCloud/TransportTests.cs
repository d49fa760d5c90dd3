using System.Net;
using System.Net.Sockets;
using System.Text;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.QingCloud.Network;
using QingCloudMySqlStandby.QingCloud.Sanitizing;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>Real sockets against a loopback server that behaves badly.</summary>
public sealed class TransportTests
{
    private const string Password = "p@ss W0rd";

    private static readonly ProxySettings NoProxy = new(_ => null);

    // Held here: what waits for a task that nobody holds may be collected, and its connection with it.
    private static readonly TaskCompletionSource Never = new();

    [Fact]
    public async Task An_answer_of_a_gigabyte_is_cut_off()
    {
        using var server = new LoopbackServer(async stream =>
        {
            await Write(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n{\"a\":\"");
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)'x');
            for (var i = 0; i < 16 * 1024; i++)
                await stream.WriteAsync(chunk);
        });
        var before = GC.GetTotalAllocatedBytes();

        var failure = await FailsAsync(server);

        Assert.Contains("buffer size: 16777216", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.MayHaveActed);
        Assert.True(server.BytesWritten < 64 * 1024 * 1024, "the server could go on writing");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 256 * 1024 * 1024);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var server = new LoopbackServer(stream =>
            Write(stream, "HTTP/1.1 302 Found\r\nLocation: /iaas/\r\nContent-Length: 0\r\n\r\n")
        );
        using var client = Client(server);

        var failure = await Assert.ThrowsAsync<QingCloudException>(() =>
            client.FindJobAsync("sh1a", "j-1", TestContext.Current.CancellationToken)
        );

        Assert.Contains("redirect", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        var clock = new ManualTimeProvider();
        using var server = new LoopbackServer(_ =>
        {
            clock.Advance(ApiTransport.CallTimeout);
            return Never.Task;
        });

        var failure = await FailsAsync(server, clock: clock);

        Assert.Matches($"no whole answer came within {ApiTransport.CallTimeout.TotalSeconds} " + "s", failure.Message);
        Assert.True(failure.MayHaveActed && failure.IsTransient);
    }

    [Fact]
    public async Task A_slow_drip_is_given_up()
    {
        var clock = new ManualTimeProvider();
        using var server = new LoopbackServer(async stream =>
        {
            await Write(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (true)
            {
                await Write(stream, "{");
                clock.Advance(TimeSpan.FromSeconds(1));
            }
        });

        var failure = await FailsAsync(server, clock: clock);

        Assert.Contains("no whole answer came", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.MayHaveActed);
    }

    [Theory]
    [InlineData(RequestMethod.Post)]
    [InlineData(RequestMethod.Get)]
    public async Task A_connection_cut_after_sending_is_not_sent_again_behind_our_back(RequestMethod method)
    {
        using var server = new LoopbackServer(_ => Task.CompletedTask);

        var failure = await FailsAsync(server, method: method);

        Assert.True(failure.MayHaveActed);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_refused_connection_certainly_did_nothing()
    {
        var server = new LoopbackServer(_ => Task.CompletedTask);
        server.Dispose();

        var failure = await FailsAsync(server);

        Assert.True(failure.IsTransient);
        Assert.False(failure.MayHaveActed);
        Assert.Contains("no connection could be made", failure.Message, StringComparison.Ordinal);
        Assert.Contains("`endpoint`", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_certainly_did_nothing()
    {
        var failure = await FailsAsync(new Uri("https://no-such-host.invalid/iaas/"), RequestMethod.Post);

        Assert.False(failure.MayHaveActed);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_failed_TLS_handshake_certainly_did_nothing()
    {
        using var server = new LoopbackServer(stream => Write(stream, "this is no TLS\r\n\r\n"), readsRequest: false);
        var https = new UriBuilder(server.Address) { Scheme = "https" }.Uri;

        var failure = await FailsAsync(https, RequestMethod.Post);

        Assert.False(failure.MayHaveActed);
        Assert.Contains("TLS", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_POST_keeps_parameters_out_of_the_URL_and_a_GET_puts_them_there()
    {
        const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"ret_code\":0}";
        using var server = new LoopbackServer(stream => Write(stream, Ok));

        await SendAsync(server.Address, RequestMethod.Post);
        var post = server.LastRequest;
        await SendAsync(server.Address, RequestMethod.Get);

        Assert.StartsWith("POST /iaas/ HTTP/1.1", post, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/x-www-form-urlencoded", post, StringComparison.Ordinal);
        Assert.EndsWith("service_params=p%40ss%20W0rd&signature=abc%2B", post, StringComparison.Ordinal);
        Assert.StartsWith(
            "GET /iaas/?service_params=p%40ss%20W0rd&signature=abc%2B " + "HTTP/1.1",
            server.LastRequest,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_whole_call_works_over_sockets()
    {
        const string Body = """
            {"ret_code":0,
             "job_set":[{"job_id":"j-1","status":"successful","create_time":"2026-01-01T00:00:00Z"}]}
            """;
        using var server = new LoopbackServer(stream =>
            Write(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}")
        );
        using var client = Client(server);

        var job = await client.FindJobAsync("sh1a", "j-1", TestContext.Current.CancellationToken);

        Assert.Equal(JobStatus.Successful, job!.Status);
    }

    private static QingCloudClient Client(LoopbackServer server) =>
        new(Rig.Options with { Endpoint = server.Address }, _ => null, TimeProvider.System, new Random(1));

    private static Task<QingCloudException> FailsAsync(
        LoopbackServer server,
        RequestMethod method = RequestMethod.Post,
        TimeProvider? clock = null
    ) => FailsAsync(server.Address, method, clock);

    private static async Task<QingCloudException> FailsAsync(
        Uri address,
        RequestMethod method,
        TimeProvider? clock = null
    )
    {
        var failure = await Assert.ThrowsAsync<QingCloudException>(() => SendAsync(address, method, clock));
        Assert.DoesNotContain("W0rd", failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    private static async Task<ApiAnswer> SendAsync(Uri address, RequestMethod method, TimeProvider? clock = null)
    {
        using var transport = new ApiTransport(
            new HttpMessageInvoker(ApiTransport.OpenSockets(NoProxy, TimeProvider.System)),
            NoProxy,
            method,
            Rig.Options.MaxAnswerBytes,
            clock ?? TimeProvider.System
        );
        var call = new ApiCall("RunClusterCustomService", "sh1a", "test") { IsChange = true };
        Sanitizer.Remember(Password);
        var signed = new SignedCall("service_params=p%40ss%20W0rd&signature=abc%2B", new SecretText("abc+"));
        return await transport.SendAsync(call, signed, address, TestContext.Current.CancellationToken);
    }

    private static async Task Write(Stream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>Reads a request, lets the test misbehave, closes the connection.</summary>
    private sealed class LoopbackServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<Stream, Task> _behave;
        private readonly bool _readsRequest;
        private long _bytesWritten;

        public LoopbackServer(Func<Stream, Task> behave, bool readsRequest = true)
        {
            (_behave, _readsRequest) = (behave, readsRequest);
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/iaas/");
            _ = ServeAsync();
        }

        public Uri Address { get; }
        public int Requests { get; private set; }
        public string LastRequest { get; private set; } = "";
        public long BytesWritten => Interlocked.Read(ref _bytesWritten);

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                    _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient connection)
        {
            using (connection)
            {
                try
                {
                    var stream = connection.GetStream();
                    LastRequest = _readsRequest ? await ReadRequestAsync(stream) : "";
                    Requests++;
                    await _behave(new CountingStream(stream, count => Interlocked.Add(ref _bytesWritten, count)));
                }
                catch (IOException)
                {
                    // The client went away, as it should.
                }
            }
        }

        private static async Task<string> ReadRequestAsync(NetworkStream stream)
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            while (true)
            {
                var read = await stream.ReadAsync(buffer);
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
                var request = text.ToString();
                var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (read == 0 || (head >= 0 && request.Length - head - 4 >= ContentLength(request)))
                    return request;
            }
        }

        private static int ContentLength(string request)
        {
            const string Name = "Content-Length: ";
            var at = request.IndexOf(Name, StringComparison.Ordinal);
            return at < 0
                ? 0
                : int.Parse(
                    request[(at + Name.Length)..].Split('\r')[0],
                    System.Globalization.CultureInfo.InvariantCulture
                );
        }
    }

    private sealed class CountingStream(Stream inner, Action<int> count) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count1) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await inner.WriteAsync(buffer, cancellationToken);
            count(buffer.Length);
        }
    }
}
