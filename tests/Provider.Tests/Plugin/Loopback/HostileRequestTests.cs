using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Performance;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Loopback;

/// <summary>Whatever message is sent, it gets a clear status, and the next call is served.</summary>
[Collection(nameof(Alone))]
public sealed class HostileRequestTests : IAsyncLifetime
{
    private RunningPlugin _plugin = null!;
    private RawClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _plugin = await RunningPlugin.StartAsync(new FakeProvider());
        _client = new RawClient(_plugin.Port);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal((StatusCode.OK, ""), await _client.CallAsync(Frame(0, [])));
        await RawClient.ExpectServedAsync(_plugin.Port);
        _client.Dispose();
        await _plugin.DisposeAsync();
    }

    [Fact]
    public async Task A_compressed_message_is_read()
    {
        var (code, _) = await _client.CallAsync(Frame(1, Gzip(CheckOf(new string('z', 50_000)))), "gzip");

        Assert.Equal(StatusCode.OK, code);
    }

    [Fact]
    public async Task A_message_that_decompresses_beyond_the_limit_is_refused()
    {
        var (code, message) = await _client.CallAsync(Frame(1, Gzip(new byte[50_000_000])), "gzip");

        Assert.Equal(StatusCode.ResourceExhausted, code);
        Assert.Contains("maximum", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "Incomplete message")]
    [InlineData("00", null, "Incomplete message")]
    [InlineData("0000000009 0102", null, "Incomplete message")]
    [InlineData("0200000000", null, "compressed flag")]
    [InlineData("0000000000 0000000000", null, "Additional data")]
    [InlineData("0000000002 FFFF", null, "InvalidProtocolBufferException")]
    [InlineData("0100000003 010203", "gzip", "InvalidDataException")]
    [InlineData("0100000000", null, "grpc-encoding")]
    [InlineData("0100000000", "identity", "grpc-encoding")]
    [InlineData("0100000000", "snappy", "Unsupported grpc-encoding")]
    public async Task A_malformed_body_is_refused_with_what_is_wrong(string body, string? encoding, string expected)
    {
        var bytes = Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal));

        var (code, message) = await _client.CallAsync(bytes, encoding);

        Assert.NotEqual(StatusCode.OK, code);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1000, true)]
    [InlineData(1, false)]
    public async Task Messages_are_read_up_to_their_limit(int beyond, bool isRead)
    {
        var (code, message) = await _client.CallAsync(
            Frame(0, CheckOf(new string('x', LoopbackServer.MaxMessageBytes + beyond)))
        );

        Assert.Equal(isRead ? StatusCode.OK : StatusCode.ResourceExhausted, code);
        Assert.Equal(isRead, message.Length == 0);
    }

    [Fact]
    public async Task A_message_that_claims_to_be_larger_than_the_limit_is_refused_at_once()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var (code, message) = await _client.CallAsync([0, 0x18, 0, 0, 0, 1, 2, 3]);

        Assert.Equal(StatusCode.ResourceExhausted, code);
        Assert.Contains("maximum", message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(40, false)]
    [InlineData(10_000, false)]
    [InlineData(500_000, false)]
    public async Task Objects_nest_deeply_but_not_without_end(int depth, bool isRead)
    {
        var (code, message) = await _client.CallAsync(Frame(0, Nested(depth)));

        Assert.Equal(isRead, code == StatusCode.OK);
        Assert.Equal(!isRead, message.Contains("levels of nesting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_message_ends_that_call_only()
    {
        using var halfway = new HalfContent(Frame(0, new byte[90_000]));
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = _client.SendAsync(RawClient.NewRequest(halfway), leave.Token);
        await halfway.Sent.Task.WaitAsync(Token);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task What_is_not_grpc_is_refused_as_http()
    {
        using var request = RawClient.NewRequest(new ByteArrayContent([]));
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await _client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static byte[] CheckOf(string text) =>
        new Wire.CheckRequest { News = new Struct { Fields = { ["x"] = Value.ForString(text) } } }.ToByteArray();

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

        return [.. Field(Wire.CheckRequest.NewsFieldNumber, length), .. prefixes.SelectMany(prefix => prefix)];
    }

    private static byte[] Field(int number, int length)
    {
        var bytes = new byte[1 + CodedOutputStream.ComputeLengthSize(length)];
        using var output = new CodedOutputStream(bytes);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
        return bytes;
    }

    /// <summary>Sends all but the last bytes and then nothing.</summary>
    private sealed class HalfContent(byte[] bytes) : HttpContent
    {
        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - 100));
            await stream.FlushAsync();
            Sent.SetResult();
            await new TaskCompletionSource().Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
