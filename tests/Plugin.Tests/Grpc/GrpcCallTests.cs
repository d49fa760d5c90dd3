using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Plugin.Tests.Grpc;

public sealed class GrpcCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_answered_with_its_message()
    {
        await using var server = await TestServer.StartAsync();
        var request = StructOf("name", "Grüße, 世界");

        Assert.Equal(request, await server.Client.CallAsync(TestServer.Echo, request, Token));
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Empty((await server.Client.CallAsync(TestServer.Echo, new Struct(), Token)).Fields);
    }

    [Fact]
    public async Task An_encoded_answer_is_read_like_any_other()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal("hi", (await server.Client.CallAsync(TestServer.Encoded, new Struct(), Token)).Value);
    }

    [Fact]
    public async Task Hundreds_of_calls_run_at_once()
    {
        await using var server = await TestServer.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            i => server.Client.CallAsync(TestServer.Echo, StructOf("i", $"{i}"), Token)));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), answers.Select(a => a.Fields["i"].StringValue));
    }

    [Fact]
    public async Task A_message_of_tens_of_megabytes_passes_both_ways()
    {
        await using var server = await TestServer.StartAsync();
        var text = new string('x', 48 * 1024 * 1024);

        var answer = await server.Client.CallAsync(TestServer.Echo, StructOf("text", text), Token);

        Assert.Equal(text.Length, answer.Fields["text"].StringValue.Length);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData(" blanks at both ends ")]
    [InlineData("100 % sure\r\nsecond line\tGrüße 世界 😀 %41")]
    [InlineData("")]
    public async Task A_status_message_arrives_as_it_was_written(string message)
    {
        await using var server = await TestServer.StartAsync(_ => new RpcException(StatusCode.FailedPrecondition, message));

        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client.CallAsync(TestServer.Fail, new Struct(), Token));

        Assert.Equal((StatusCode.FailedPrecondition, message), (error.Status.Code, error.Status.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20_000)]
    public async Task Status_details_arrive_byte_for_byte(int length)
    {
        var details = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        await using var server = await TestServer.StartAsync(
            _ => new RpcException(new RpcStatus(StatusCode.Unknown, "partly", details)));

        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client.CallAsync(TestServer.Fail, new Struct(), Token));

        Assert.Equal(details, error.Status.Details.ToArray());
    }

    [Fact]
    public async Task An_unexpected_exception_ends_its_call_only()
    {
        await using var server = await TestServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client.CallAsync(TestServer.Fail, new Struct(), Token));

        Assert.Equal((StatusCode.Unknown, "System.InvalidOperationException: broken"), (error.Status.Code, error.Status.Message));
        await server.Client.CallAsync(TestServer.Echo, new Struct(), Token);
    }

    [Fact]
    public async Task An_unknown_method_is_unimplemented()
    {
        await using var server = await TestServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client.CallAsync(TestServer.Missing, new Struct(), Token));

        Assert.Equal(StatusCode.Unimplemented, error.Status.Code);
    }

    [Fact]
    public async Task A_stream_gives_its_messages_in_order()
    {
        await using var server = await TestServer.StartAsync();

        var values = await CollectAsync(server, StructOf("count", 1000));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), values);
    }

    [Fact]
    public async Task An_empty_stream_ends_well()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Empty(await CollectAsync(server, StructOf("count", 0)));
    }

    [Fact]
    public async Task A_stream_that_fails_gives_what_it_had_and_then_its_status()
    {
        await using var server = await TestServer.StartAsync();
        var request = StructOf("count", 3);
        request.Fields["fail"] = Value.ForString("no more");
        var values = new List<string>();

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var value in server.Client.StreamAsync(TestServer.Count, request, Token))
            {
                values.Add(value.Value);
            }
        });

        Assert.Equal(["0", "1", "2"], values);
        Assert.Equal((StatusCode.Aborted, "no more"), (error.Status.Code, error.Status.Message));
    }

    [Fact]
    public async Task A_stream_left_early_is_cancelled_on_the_server()
    {
        await using var server = await TestServer.StartAsync();
        var request = StructOf("count", 1);
        request.Fields["wait"] = Value.ForBool(true);

        await foreach (var _ in server.Client.StreamAsync(TestServer.Count, request, Token))
        {
            break;
        }

        await server.Cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_client_that_cancels_cancels_the_call_on_the_server()
    {
        await using var server = await TestServer.StartAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = server.Client.CallAsync(TestServer.Wait, new Struct(), cancel.Token);
        await server.Waiting.Task.WaitAsync(Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await server.Cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_deadline_that_passes_ends_the_call_on_the_server()
    {
        await using var server = await TestServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.CallAsync(TestServer.Wait, new Struct(), Token, TimeSpan.FromMilliseconds(1)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.Status.Code);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        var server = await TestServer.StartAsync();
        var port = server.Port;
        await server.DisposeAsync();
        using var client = new GrpcClient($"127.0.0.1:{port}");

        var error = await Assert.ThrowsAsync<RpcException>(() => client.CallAsync(TestServer.Echo, new Struct(), Token));

        Assert.Equal(StatusCode.Unavailable, error.Status.Code);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_a_call_is_unavailable()
    {
        var server = await TestServer.StartAsync();
        using var client = new GrpcClient($"127.0.0.1:{server.Port}");
        var call = client.CallAsync(TestServer.Wait, new Struct(), Token);
        await server.Waiting.Task.WaitAsync(Token);

        await server.DisposeAsync();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call)).Status.Code);
    }

    private static Struct StructOf(string key, string value) => new() { Fields = { [key] = Value.ForString(value) } };

    private static Struct StructOf(string key, double value) => new() { Fields = { [key] = Value.ForNumber(value) } };

    private static async Task<List<string>> CollectAsync(TestServer server, Struct request)
    {
        var values = new List<string>();
        await foreach (var value in server.Client.StreamAsync(TestServer.Count, request, Token))
        {
            values.Add(value.Value);
        }

        return values;
    }
}
