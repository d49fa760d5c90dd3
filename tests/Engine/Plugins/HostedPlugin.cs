using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Hosting;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>
/// A provider in a plugin host of its own within the engine's process. All but the process is real: it tells a port, is called
/// over gRPC, is stopped as by a signal, and sees its standard input end when the engine dies.
/// </summary>
internal sealed class HostedPlugin : IRunningPlugin
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Pipe _stdin = new();
    private readonly FirstLine _stdout = new();
    private readonly StringWriter _stderr = new(CultureInfo.InvariantCulture);
    private readonly Task<int> _running;

    public HostedPlugin(string package, Func<IEngineLog, IProvider> create, string engineAddress)
    {
        _running = PluginHost.RunAsync(
            [engineAddress], create, _stdout, _stdin.Reader.AsStream(), TextWriter.Synchronized(_stderr), _stop.Token);
        Handle = new PluginHandle(
            package, null, () => _running.IsCompletedSuccessfully ? _running.Result : null, _stop.Cancel, _running.WaitAsync);
    }

    public PluginHandle Handle { get; }

    public string Output => _stderr.ToString();

    public async Task<int> ReadPortAsync(CancellationToken cancellationToken) =>
        int.Parse(await _stdout.Line.Task.WaitAsync(cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture);

    public async Task<bool> EndAsync()
    {
        await _stop.CancelAsync();
        var inTime = await Task.WhenAny(_running, Task.Delay(Patience)) == _running && await _running == 0;
        await _stdin.Writer.CompleteAsync();
        return inTime;
    }

    public void Abandon() => _stdin.Writer.Complete();

    public void Dispose()
    {
        if (_running.IsCompleted)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Keeps the first line that is written to it.</summary>
    private sealed class FirstLine : TextWriter
    {
        private readonly StringBuilder _text = new();

        public TaskCompletionSource<string> Line { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value == '\n')
            {
                Line.TrySetResult(_text.ToString());
            }
            else
            {
                _text.Append(value);
            }
        }
    }
}
