using System.Globalization;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using QingCloudMySqlStandby.Plugin.Hosting;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Fakes;

/// <summary>A plugin that runs in this process, and a client of it.</summary>
internal sealed class RunningPlugin : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PortWriter _stdout = new();
    private readonly Task<int> _run;
    private GrpcChannel _channel = null!;

    private RunningPlugin(Func<IEngineLog, IProvider> create, Stream? stdin, string[] args) =>
        _run = PluginHost.RunAsync(args, create, Clean, _stdout, stdin, Stderr, _stop.Token);

    public Wire.ResourceProvider.ResourceProviderClient Client => new(_channel);
    public CallInvoker Invoker => _channel.CreateCallInvoker();
    public int Port { get; private set; }
    public StringWriter Stderr { get; } = new();

    /// <summary>What the plugin wrote to standard output.</summary>
    public string Output => _stdout.Text;

    /// <summary>The exit code, once the plugin has ended.</summary>
    public Task<int> Exit => _run;

    public static Task<RunningPlugin> StartAsync(IProvider provider, params string[] args) =>
        StartAsync(_ => provider, stdin: null, args);

    public static async Task<RunningPlugin> StartAsync(
        Func<IEngineLog, IProvider> create,
        Stream? stdin,
        params string[] args
    )
    {
        var plugin = new RunningPlugin(create, stdin, args);
        plugin.Port = await plugin._stdout.Port;
        plugin._channel = LoopbackChannel.To($"127.0.0.1:{plugin.Port}");
        return plugin;
    }

    /// <summary>The word that no message may have.</summary>
    public const string Secret = "hush";

    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _channel.Dispose();
        _stop.Dispose();
    }

    private static string Clean(string message) => message.Replace(Secret, "***", StringComparison.Ordinal);

    private sealed class PortWriter : TextWriter
    {
        private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly StringBuilder _text = new();

        public Task<int> Port => _port.Task;
        public string Text => _text.ToString();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            _text.Append(value);
            if (value == '\n')
            {
                _port.TrySetResult(
                    int.Parse(_text.ToString(), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)
                );
            }
        }
    }
}
