using Grpc.Core;
using Grpc.Net.Client;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Two engines that are attached to one plugin.</summary>
[Collection(nameof(Alone))]
public sealed class AttachedEnginesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_engine_gets_the_messages_about_its_own_calls(bool byHandshake)
    {
        IEngineLog log = null!;
        var provider = new FakeProvider
        {
            Create = async (request, _) =>
            {
                await Task.Yield();
                log.Info(request.Urn, $"about {request.Urn}");
                log.Status(request.Urn, $"status of {request.Urn}");
                return new CreateResult("id", request.Inputs);
            },
        };
        await using var plugin = await RunningPlugin.StartAsync(l => (log = l, provider).provider, stdin: null);
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        using var one = await AttachAsync(plugin, first, byHandshake);
        using var other = await AttachAsync(plugin, second, byHandshake);

        foreach (var round in Enumerable.Range(0, 20))
        {
            await Task.WhenAll(
                Client(one).CreateAsync(new() { Urn = $"one-{round}" }, cancellationToken: Token).ResponseAsync,
                Client(other).CreateAsync(new() { Urn = $"other-{round}" }, cancellationToken: Token).ResponseAsync
            );
        }

        Assert.Equal(40, first.Messages.Count());
        Assert.All(first.Messages, message => Assert.Contains(" one-", message, StringComparison.Ordinal));
        Assert.Equal(40, second.Messages.Count());
        Assert.All(second.Messages, message => Assert.Contains(" other-", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_call_says_about_the_resource_of_another_goes_to_the_others_engine()
    {
        IEngineLog log = null!;
        var waits = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var provider = new FakeProvider
        {
            Create = async (request, _) =>
            {
                if (request.Urn == "waits")
                {
                    waits.SetResult();
                    await goOn.Task;
                }
                else
                {
                    log.Status("waits", "its shared read is under way");
                }

                return new CreateResult("id", request.Inputs);
            },
        };
        await using var plugin = await RunningPlugin.StartAsync(l => (log = l, provider).provider, stdin: null);
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        using var one = await AttachAsync(plugin, first);
        using var other = await AttachAsync(plugin, second);
        var waiting = Client(one).CreateAsync(new() { Urn = "waits" }, cancellationToken: Token).ResponseAsync;
        await waits.Task.WaitAsync(Token);

        await Client(other).CreateAsync(new() { Urn = "shares" }, cancellationToken: Token);
        goOn.SetResult();
        await waiting;

        Assert.Equal(["its shared read is under way"], first.Messages);
        Assert.Empty(second.Messages);
    }

    [Fact]
    public async Task The_end_of_one_engine_cancels_none_of_the_others_calls()
    {
        var started = new CountdownEvent(2);
        var provider = new FakeProvider
        {
            Create = async (request, token) =>
            {
                started.Signal();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new PluginException(PluginErrorCode.Cancelled, request.Urn);
            },
        };
        await using var plugin = await RunningPlugin.StartAsync(provider);
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        using var one = await AttachAsync(plugin, first);
        using var other = await AttachAsync(plugin, second);
        var ends = Client(one).CreateAsync(new() { Urn = "ends" }, cancellationToken: Token).ResponseAsync;
        var goesOn = Client(other).CreateAsync(new() { Urn = "goes on" }, cancellationToken: Token).ResponseAsync;
        await Task.Run(() => started.Wait(Token), Token);

        await Client(one).CancelAsync(new(), cancellationToken: Token);

        Assert.Equal("ends", (await Assert.ThrowsAsync<RpcException>(() => ends)).Status.Detail);
        Assert.False(goesOn.IsCompleted);
        await Client(other).CancelAsync(new(), cancellationToken: Token);
        Assert.Equal("goes on", (await Assert.ThrowsAsync<RpcException>(() => goesOn)).Status.Detail);
    }

    [Fact]
    public async Task No_message_and_no_failure_shows_what_must_not_be_shown()
    {
        IEngineLog log = null!;
        var provider = new FakeProvider
        {
            Check = request => new CheckResult(request.News, [new CheckFailure("a", $"is {RunningPlugin.Secret}")]),
            Create = (request, _) =>
            {
                log.Warning(request.Urn, $"a {RunningPlugin.Secret}");
                throw new InvalidOperationException($"unexpected {RunningPlugin.Secret}");
            },
        };
        await using var engine = await FakeEngine.StartAsync();
        await using var plugin = await RunningPlugin.StartAsync(
            l => (log = l, provider).provider,
            stdin: null,
            engine.Address
        );

        var check = await plugin.Client.CheckAsync(new(), cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync
        );

        Assert.Equal("is ***", Assert.Single(check.Failures).Reason);
        Assert.Contains("unexpected ***", failure.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(["a ***"], engine.Messages);
    }

    private static Wire.ResourceProvider.ResourceProviderClient Client(GrpcChannel channel) => new(channel);

    private static async Task<GrpcChannel> AttachAsync(RunningPlugin plugin, FakeEngine engine, bool byHandshake = true)
    {
        var channel = LoopbackChannel.To($"127.0.0.1:{plugin.Port}");
        if (byHandshake)
            await Client(channel).HandshakeAsync(new() { EngineAddress = engine.Address }, cancellationToken: Token);
        else
            await Client(channel).AttachAsync(new() { Address = engine.Address }, cancellationToken: Token);

        return channel;
    }
}
