using System.Runtime.CompilerServices;
using QingCloudMySqlStandby.Plugin.Grpc;
using QingCloudMySqlStandby.Plugin.Protocol;
using QingCloudMySqlStandby.Plugin.Tests.Fakes;

namespace QingCloudMySqlStandby.Plugin.Tests.Service;

public sealed class CancelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_ends_every_running_operation_which_answers_its_partial_state()
    {
        var started = new CountdownEvent(5);
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider
        {
            Create = async (request, token) =>
            {
                started.Signal();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new ResourceInitException("z/cl-1", request.Inputs, request.Inputs, ["Cancelled while the job ran."]);
            },
        });
        var calls = Enumerable.Range(0, 5)
            .Select(_ => plugin.Client.CallAsync(ProviderMethods.Create, new(), Token)).ToList();
        await Task.Run(() => started.Wait(Token), Token);

        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<RpcException>(() => call);
            Assert.Equal("Cancelled while the job ran.", error.Status.Message);
            Assert.False(error.Status.Details.IsEmpty);
        }
    }

    [Fact]
    public async Task An_operation_that_only_stops_is_cancelled()
    {
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(WaitingProvider(started));
        var call = plugin.Client.CallAsync(ProviderMethods.Create, new(), Token);
        await started.Task.WaitAsync(Token);

        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call)).Status.Code);
    }

    [Fact]
    public async Task Cancel_does_not_wait_for_operations_that_will_not_stop()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider
        {
            Create = async (request, token) =>
            {
                token.Register(release.Task.Wait);
                started.SetResult();
                await release.Task;
                return new CreateResult("id", request.Inputs);
            },
        });
        var call = plugin.Client.CallAsync(ProviderMethods.Create, new(), Token);
        await started.Task.WaitAsync(Token);

        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);

        release.SetResult();
        Assert.Equal("id", (await call).Id);
    }

    [Fact]
    public async Task Operations_after_a_cancel_are_cancelled_before_they_begin()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);
        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);

        var error = await Assert.ThrowsAsync<RpcException>(() => plugin.Client.CallAsync(ProviderMethods.Create, new(), Token));
        Assert.Equal(StatusCode.Cancelled, error.Status.Code);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_new_engine_may_begin_operations_after_the_last_ones_Cancel()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());
        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);
        await Assert.ThrowsAsync<RpcException>(() => plugin.Client.CallAsync(ProviderMethods.Diff, new(), Token));

        await plugin.Client.CallAsync(ProviderMethods.Attach, new() { Address = "127.0.0.1:1" }, Token);

        await plugin.Client.CallAsync(ProviderMethods.Diff, new(), Token);
    }

    [Fact]
    public async Task Cancel_ends_a_list()
    {
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider { List = (_, token) => EndlessList(started, token) });
        var list = plugin.Client.StreamAsync(ProviderMethods.List, new(), Token).CountAsync(Token).AsTask();
        await started.Task.WaitAsync(Token);

        await plugin.Client.CallAsync(ProviderMethods.Cancel, new(), Token);

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => list)).Status.Code);
    }

    [Fact]
    public async Task A_call_that_its_client_cancels_ends_alone()
    {
        var cancelled = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider
        {
            Create = async (_, token) =>
            {
                using var registration = token.Register(cancelled.SetResult);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("unreachable");
            },
        });
        using var client = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = plugin.Client.CallAsync(ProviderMethods.Create, new(), client.Token);
        await started.Task.WaitAsync(Token);

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await cancelled.Task.WaitAsync(Token);
        await plugin.Client.CallAsync(ProviderMethods.Read, new() { Id = "i" }, Token);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_an_unexpected_error()
    {
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider { Create = (_, _) => throw new TaskCanceledException("an inner time limit") });

        var error = await Assert.ThrowsAsync<RpcException>(() => plugin.Client.CallAsync(ProviderMethods.Create, new(), Token));

        Assert.Equal(StatusCode.Unknown, error.Status.Code);
        Assert.Contains("an inner time limit", error.Status.Message, StringComparison.Ordinal);
    }

    private static FakeProvider WaitingProvider(TaskCompletionSource started) => new()
    {
        Create = async (_, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("unreachable");
        },
    };

    private static async IAsyncEnumerable<ListedResource> EndlessList(
        TaskCompletionSource started, [EnumeratorCancellation] CancellationToken token)
    {
        yield return new ListedResource("a", "A");
        started.SetResult();
        await Task.Delay(Timeout.Infinite, token);
    }
}
