using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Log;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Log;

[Collection(nameof(Alone))]
public sealed class EngineLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_arrive_in_their_order_before_the_operations_answer()
    {
        await using var engine = await FakeEngine.StartAsync();
        IEngineLog log = null!;
        var provider = new FakeProvider
        {
            Create = (_, _) =>
            {
                foreach (var i in Enumerable.Range(0, 200))
                    log.Info("urn", $"{i}");

                return Task.FromResult(new CreateResult("id", PropertyMap.Empty));
            },
        };
        await using var plugin = await RunningPlugin.StartAsync(
            l => (log = l, provider).provider,
            stdin: null,
            engine.Address
        );

        await plugin.Client.CreateAsync(new(), cancellationToken: Token);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), engine.Messages);
    }

    [Fact]
    public async Task Each_kind_of_message_has_its_severity()
    {
        await using var engine = await FakeEngine.StartAsync();
        using var log = new EngineLog(TextWriter.Null, new ManualTimeProvider());
        log.Connect(engine.Address);

        log.Status("u1", "a");
        log.Info("u2", "b");
        log.Warning("u3", "c");
        await log.FlushAsync();

        Assert.Equal(
            [
                new LogRequest
                {
                    Severity = LogSeverity.Info,
                    Urn = "u1",
                    Message = "a",
                    Ephemeral = true,
                },
                new LogRequest
                {
                    Severity = LogSeverity.Info,
                    Urn = "u2",
                    Message = "b",
                },
                new LogRequest
                {
                    Severity = LogSeverity.Warning,
                    Urn = "u3",
                    Message = "c",
                },
            ],
            engine.Logged
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_engine_that_attaches_later_gets_the_log(bool byHandshake)
    {
        await using var engine = await FakeEngine.StartAsync();
        IEngineLog log = null!;
        await using var plugin = await RunningPlugin.StartAsync(l => (log = l, new FakeProvider()).Item2, stdin: null);
        await plugin.Client.GetPluginInfoAsync(new(), cancellationToken: Token);
        log.Info("urn", "nobody is there");

        if (byHandshake)
            await plugin.Client.HandshakeAsync(new() { EngineAddress = engine.Address }, cancellationToken: Token);
        else
            await plugin.Client.AttachAsync(new() { Address = engine.Address }, cancellationToken: Token);

        log.Info("urn", "somebody is there");
        await plugin.Client.CheckAsync(new(), cancellationToken: Token);
        Assert.Equal(["somebody is there"], engine.Messages);
    }

    [Fact]
    public async Task A_new_engine_takes_the_place_of_the_old_one()
    {
        await using var first = await FakeEngine.StartAsync();
        await using var second = await FakeEngine.StartAsync();
        using var log = new EngineLog(TextWriter.Null, new ManualTimeProvider());
        log.Connect(first.Address);
        log.Info("urn", "1");
        await log.FlushAsync();

        log.Connect(second.Address);
        log.Connect("");
        log.Info("urn", "2");
        await log.FlushAsync();

        Assert.Equal(["1"], first.Messages);
        Assert.Equal(["2"], second.Messages);
    }

    [Theory]
    [InlineData("127.0.0.1:1")]
    [InlineData("this is no address")]
    public async Task An_engine_that_cannot_be_reached_costs_one_line_on_stderr(string address)
    {
        var stderr = new StringWriter();
        using var log = new EngineLog(stderr, TimeProvider.System);
        log.Connect(address);

        foreach (var i in Enumerable.Range(0, 3))
        {
            log.Info("urn", $"{i}");
            await log.FlushAsync();
        }

        var line = Assert.Single(stderr.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(address, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_holds_an_operation_up_for_two_seconds_at_most()
    {
        var received = new TaskCompletionSource();
        await using var engine = await FakeEngine.StartAsync(
            (_, token) =>
            {
                received.TrySetResult();
                return Task.Delay(Timeout.Infinite, token);
            }
        );
        var clock = new ManualTimeProvider();
        using var log = new EngineLog(TextWriter.Null, clock);
        log.Connect(engine.Address);
        log.Info("urn", "one");
        log.Info("urn", "two");
        var flush = log.FlushAsync();
        await received.Task.WaitAsync(Token);
        Assert.False(flush.IsCompleted);

        clock.Advance(EngineLog.SendLimit);

        await flush.WaitAsync(Token);
        await log.FlushAsync().WaitAsync(Token);
    }

    [Fact]
    public async Task A_full_queue_keeps_what_matters()
    {
        var received = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var engine = await FakeEngine.StartAsync(
            (_, _) =>
            {
                received.TrySetResult();
                return goOn.Task;
            }
        );
        using var log = new EngineLog(TextWriter.Null, new ManualTimeProvider());
        log.Connect(engine.Address);
        log.Info("urn", "first");
        await received.Task.WaitAsync(Token);

        foreach (var i in Enumerable.Range(0, EngineLog.Capacity))
            log.Info("urn", $"{i}");

        log.Status("urn", "a status line");
        log.Warning("urn", "a warning");
        goOn.SetResult();
        await log.FlushAsync();

        Assert.Equal(
            ["first", .. Enumerable.Range(1, EngineLog.Capacity - 1).Select(i => $"{i}"), "a warning"],
            engine.Messages
        );
    }

    [Fact]
    public async Task A_closed_log_takes_nothing_more()
    {
        await using var engine = await FakeEngine.StartAsync();
        var log = new EngineLog(TextWriter.Null, TimeProvider.System);
        log.Connect(engine.Address);
        log.Dispose();

        log.Info("urn", "too late");

        await log.FlushAsync();
        Assert.Empty(engine.Logged);
    }
}
