using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Performance;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Loopback;

/// <summary>What the plugin makes of connections that go wrong; wrong messages are the matter of HostileRequestTests.
/// Real sockets; nothing waits for a time to pass.</summary>
[Collection(nameof(Alone))]
public sealed class HostileConnections : IAsyncLifetime
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static readonly byte[] Begun = [.. Encoding.ASCII.GetBytes(Preface), 0, 0, 0, 4, 0, 0, 0, 0, 0];

    private RunningPlugin _plugin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _plugin = await RunningPlugin.StartAsync(
            new FakeProvider
            {
                Create = async (_, token) =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    throw new InvalidOperationException("unreachable");
                },
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _plugin.DisposeAsync();
        Assert.Equal(0, await _plugin.Exit);
        Assert.Empty(_plugin.Stderr.ToString());
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
        byte[] bytes = [.. Begun, .. Convert.FromHexString(frame.Replace(" ", "", StringComparison.Ordinal))];
        using var socket = await RawClient.ConnectAsync(_plugin.Port, bytes);

        await RawClient.ReadToEndAsync(socket);

        await RawClient.ExpectServedAsync(_plugin.Port);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("\0\0\0\0 nothing of the kind, and long enough")]
    [InlineData(Preface + "and then garbage that is no frame")]
    public async Task A_connection_that_speaks_something_else_is_closed_alone(string greeting)
    {
        using var socket = await RawClient.ConnectAsync(_plugin.Port, Encoding.Latin1.GetBytes(greeting));

        await RawClient.ReadToEndAsync(socket);

        await RawClient.ExpectServedAsync(_plugin.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("PRI * HTTP/2")]
    public async Task A_connection_that_never_says_what_it_wants_is_closed(string greeting)
    {
        var clock = new ManualTimeProvider();
        await using var server = new LoopbackServer(clock, Wire.ResourceProvider.BindService(new Checking()));
        await server.StartAsync(Token);
        using var socket = await RawClient.ConnectAsync(server.Port, Encoding.Latin1.GetBytes(greeting));

        var end = RawClient.ReadToEndAsync(socket);
        while (!end.IsCompleted)
        {
            // The server accepts the connection at a moment of its own.
            clock.Advance(ConnectionPreface.Limit);
            await Task.Yield();
        }

        await RawClient.ExpectServedAsync(server.Port);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connections_that_are_begun_and_left_keep_nobody_out(bool speak)
    {
        var sockets = new List<TcpClient>();
        for (var client = 0; client < 100; client++)
            sockets.Add(await RawClient.ConnectAsync(_plugin.Port, speak ? Begun : []));

        await RawClient.ExpectServedAsync(_plugin.Port);
        sockets.ForEach(socket => socket.Dispose());
        await RawClient.ExpectServedAsync(_plugin.Port);
    }

    [Fact]
    public async Task A_client_that_sends_a_byte_at_a_time_and_never_ends_takes_no_memory_and_keeps_nobody_out()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var client = new RawClient(_plugin.Port);
        var messages = new List<EndlessMessage>();
        var calls = new List<Task<HttpResponseMessage>>();
        for (var call = 0; call < 50; call++)
        {
            var message = new EndlessMessage();
            messages.Add(message);
            calls.Add(client.SendAsync(RawClient.NewRequest(message), Token));
            await message.Begun;
        }

        await RawClient.ExpectServedAsync(_plugin.Port);

        Assert.DoesNotContain(calls, call => call.IsCompletedSuccessfully);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 50_000_000);
        messages.ForEach(message => message.BreakOff());
        await RawClient.ExpectServedAsync(_plugin.Port);
    }

    [Fact]
    public async Task Thousands_of_calls_that_are_begun_and_reset_end_and_keep_nobody_out()
    {
        for (var round = 0; round < 5; round++)
        {
            using var reset = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var calls = Enumerable
                .Range(0, 1000)
                .Select(_ => _plugin.Client.CreateAsync(new(), cancellationToken: reset.Token).ResponseAsync)
                .ToList();

            await reset.CancelAsync();

            foreach (var call in calls)
                await Assert.ThrowsAsync<RpcException>(() => call);
        }

        await RawClient.ExpectServedAsync(_plugin.Port);
    }

    private sealed class Checking : Wire.ResourceProvider.ResourceProviderBase
    {
        public override Task<Wire.CheckResponse> Check(Wire.CheckRequest request, ServerCallContext context) =>
            Task.FromResult(new Wire.CheckResponse { Inputs = new Struct() });
    }

    /// <summary>A message that says it is 15 MB long, of which a few bytes come.</summary>
    private sealed class EndlessMessage : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void BreakOff() => _end.TrySetException(new IOException("the client leaves"));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in new byte[] { 0, 0, 0xF0, 0, 0, 1, 2, 3 })
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
