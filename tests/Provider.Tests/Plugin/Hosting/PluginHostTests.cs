using System.IO.Pipes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Hosting;
using QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Hosting;

[Collection(nameof(Alone))]
public sealed class PluginHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_port_is_all_that_standard_output_gets()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());
        await plugin.Client.HandshakeAsync(new(), cancellationToken: Token);
        await plugin.StopAsync();

        Assert.Equal(0, await plugin.Exit);
        Assert.Matches(@"^\d+\n\z", plugin.Output);
        Assert.Empty(plugin.Stderr.ToString());
    }

    [Fact]
    public async Task The_provider_is_made_once_and_only_when_it_is_needed()
    {
        var made = 0;
        await using var plugin = await RunningPlugin.StartAsync(_ => (made++, new FakeProvider()).Item2, stdin: null);

        await plugin.Client.HandshakeAsync(new(), cancellationToken: Token);
        Assert.Equal(0, made);

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => plugin.Client.CheckAsync(new(), cancellationToken: Token).ResponseAsync)
        );
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task The_end_of_standard_input_ends_the_plugin_and_its_operations()
    {
        using var engine = new AnonymousPipeServerStream(PipeDirection.Out);
        using var stdin = new AnonymousPipeClientStream(PipeDirection.In, engine.ClientSafePipeHandle);
        var started = new TaskCompletionSource();
        var provider = new FakeProvider
        {
            Create = async (request, token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new ResourceInitException("id", request.Inputs, request.Inputs, ["ended"]);
            },
        };
        await using var plugin = await RunningPlugin.StartAsync(_ => provider, stdin);
        var call = plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync;
        await started.Task.WaitAsync(Token);
        await engine.WriteAsync("ignored"u8.ToArray(), Token);

        await engine.DisposeAsync();

        Assert.Equal("ended", (await Assert.ThrowsAsync<RpcException>(() => call)).Status.Detail);
        Assert.Equal(0, await plugin.Exit.WaitAsync(Token));
    }

    [Fact]
    public async Task Standard_input_that_breaks_has_ended()
    {
        await using var plugin = await RunningPlugin.StartAsync(_ => new FakeProvider(), new BrokenStream());

        Assert.Equal(0, await plugin.Exit.WaitAsync(Token));
        Assert.Contains("torn", plugin.Stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_output_that_nobody_reads_leaves_the_end_to_standard_input()
    {
        var stderr = new StringWriter();

        var exit = await PluginHost.RunAsync(
            [],
            _ => new FakeProvider(),
            message => message,
            new BrokenWriter(),
            new MemoryStream(),
            stderr,
            Token
        );

        Assert.Equal(0, exit);
        Assert.Contains("torn", stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_lets_running_operations_answer()
    {
        var started = new TaskCompletionSource();
        await using var plugin = await RunningPlugin.StartAsync(
            new FakeProvider
            {
                Create = async (request, token) =>
                {
                    started.SetResult();
                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw new ResourceInitException("id", request.Inputs, request.Inputs, ["half done"]);
                },
            }
        );
        var call = plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync;
        await started.Task.WaitAsync(Token);

        await plugin.StopAsync();

        Assert.Equal("half done", (await Assert.ThrowsAsync<RpcException>(() => call)).Status.Detail);
        Assert.Equal(0, await plugin.Exit);
    }

    [Fact]
    public async Task A_plugin_stopped_before_it_began_prints_its_port_and_ends_well()
    {
        var stdout = new StringWriter();

        var exit = await PluginHost.RunAsync(
            [],
            _ => new FakeProvider(),
            message => message,
            stdout,
            stdin: null,
            TextWriter.Null,
            new CancellationToken(canceled: true)
        );

        Assert.Equal(0, exit);
        Assert.Matches(@"^\d+\n\z", stdout.ToString());
    }

    [Fact]
    public async Task A_person_may_ask_for_the_version()
    {
        var stdout = new StringWriter();

        Assert.Equal(
            0,
            await PluginHost.RunAsync(
                ["--version"],
                Logging,
                message => message,
                stdout,
                stdin: null,
                TextWriter.Null,
                Token
            )
        );

        Assert.Equal("1.2.3\n", stdout.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("--logflow --logtostderr -v=9 127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("--tracing http://localhost:9411/api 127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("--tracing tcp://127.0.0.1:9999 [::1]:5000 --x 1", "[::1]:5000")]
    [InlineData("127.0.0.1:5000 10.0.0.1:1", "127.0.0.1:5000")]
    [InlineData("--flag value", null)]
    [InlineData("127.0.0.1:99999", null)]
    [InlineData("", null)]
    public void The_engines_address_is_found_among_flags(string commandLine, string? address)
    {
        Assert.Equal(new PluginArguments(address, ShowVersion: false), PluginArguments.Parse(commandLine.Split(' ')));
    }

    private static FakeProvider Logging(IEngineLog log)
    {
        log.Status("urn", "nobody hears this");
        log.Info("urn", "nor this");
        log.Warning("urn", "nor this");
        return new FakeProvider();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("torn");

        public override int Read(Span<byte> buffer) => throw new IOException("torn");
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override Task WriteAsync(string? value) => throw new IOException("torn");
    }
}
