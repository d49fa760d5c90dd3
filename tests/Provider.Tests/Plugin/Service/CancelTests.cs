using System.Runtime.CompilerServices;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

[Collection(nameof(Alone))]
public sealed class CancelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_ends_every_running_operation_which_answers_its_partial_state()
    {
        var started = new CountdownEvent(5);
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider
            {
                Create = async (request, token) =>
                {
                    started.Signal();
                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw new ResourceInitException(
                        "z/cl-1",
                        request.Inputs,
                        request.Inputs,
                        ["Cancelled while the job ran."]
                    );
                },
            }
        );
        var calls = Enumerable
            .Range(0, 5)
            .Select(_ => plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync)
            .ToList();
        await Task.Run(() => started.Wait(Token), Token);

        await plugin.Client.CancelAsync(new(), cancellationToken: Token);

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal("Cancelled while the job ran.", error.Status.Detail);
            Assert.NotNull(error.Trailers.GetValueBytes("grpc-status-details-bin"));
        }
    }

    [Fact]
    public async Task An_operation_that_only_stops_is_cancelled()
    {
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(WaitingProvider(started));
        var call = plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync;
        await started.Task.WaitAsync(Token);

        await plugin.Client.CancelAsync(new(), cancellationToken: Token);

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
    }

    [Fact]
    public async Task Cancel_does_not_wait_for_operations_that_will_not_stop()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider
            {
                Create = async (request, token) =>
                {
                    token.Register(release.Task.Wait);
                    started.SetResult();
                    await release.Task;
                    return new CreateResult("id", request.Inputs);
                },
            }
        );
        var call = plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync;
        await started.Task.WaitAsync(Token);

        await plugin.Client.CancelAsync(new(), cancellationToken: Token);

        release.SetResult();
        Assert.Equal("id", (await call).Id);
    }

    [Fact]
    public async Task Operations_after_a_cancel_are_cancelled_before_they_begin()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        await plugin.Client.CancelAsync(new(), cancellationToken: Token);
        await plugin.Client.CancelAsync(new(), cancellationToken: Token);

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync
        );
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_new_engine_may_begin_operations_after_the_last_ones_Cancel()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());
        await plugin.Client.CancelAsync(new(), cancellationToken: Token);
        await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Client.DiffAsync(new(), cancellationToken: Token).ResponseAsync
        );

        await plugin.Client.AttachAsync(new() { Address = "127.0.0.1:1" }, cancellationToken: Token);

        await plugin.Client.DiffAsync(new(), cancellationToken: Token);
    }

    [Fact]
    public async Task Cancel_ends_a_list()
    {
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider { List = (_, token) => EndlessList(started, token) }
        );
        var list = CountAsync(plugin.Client.List(new(), cancellationToken: Token));
        await started.Task.WaitAsync(Token);

        await plugin.Client.CancelAsync(new(), cancellationToken: Token);

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => list)).StatusCode);
    }

    [Fact]
    public async Task A_call_that_its_client_cancels_ends_alone()
    {
        var cancelled = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider
            {
                Create = async (_, token) =>
                {
                    using var registration = token.Register(cancelled.SetResult);
                    started.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                    throw new InvalidOperationException("unreachable");
                },
            }
        );
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = plugin.Client.CreateAsync(new(), cancellationToken: client.Token).ResponseAsync;
        await started.Task.WaitAsync(Token);

        await client.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);
        await cancelled.Task.WaitAsync(Token);
        await plugin.Client.ReadAsync(new() { Id = "i" }, cancellationToken: Token);
    }

    [Fact]
    public async Task A_call_ends_on_the_plugins_side_when_its_deadline_passes()
    {
        var cancelled = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider
            {
                Create = async (_, token) =>
                {
                    using var registration = token.Register(cancelled.SetResult);
                    await Task.Delay(Timeout.Infinite, token);
                    throw new InvalidOperationException("unreachable");
                },
            }
        );

        // A client that does not watch the time itself.
        using var client = new RawClient(plugin.Port);
        using var request = RawClient.NewRequest(new ByteArrayContent([0, 0, 0, 0, 0]), "Create");
        request.Headers.Add("grpc-timeout", "100m");

        var (code, _) = await client.CallAsync(request);

        Assert.Equal(StatusCode.DeadlineExceeded, code);
        await cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_an_unexpected_error()
    {
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider { Create = (_, _) => throw new TaskCanceledException("an inner time limit") }
        );

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync
        );

        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.Contains("an inner time limit", error.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(AsyncServerStreamingCall<ListResponse> list)
    {
        using (list)
        {
            return await list.ResponseStream.ReadAllAsync(Token).CountAsync(Token);
        }
    }

    private static FakeProvider WaitingProvider(TaskCompletionSource started) =>
        new()
        {
            Create = async (_, token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("unreachable");
            },
        };

    private static async IAsyncEnumerable<ListedResource> EndlessList(
        TaskCompletionSource started,
        [EnumeratorCancellation] CancellationToken token
    )
    {
        yield return new ListedResource("a", "A");
        started.SetResult();
        await Task.Delay(Timeout.Infinite, token);
    }
}
