using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Driver.Published;

/// <summary>A process of the plugin's executable: started with the engine's address, prints its port, is cancelled and
/// then interrupted in the end.</summary>
internal sealed partial class PluginProcess : IPlugin
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly LoopbackServer _engine;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GrpcChannel? _channel;

    private PluginProcess(Process process, LoopbackServer engine)
    {
        (_process, _engine) = (process, engine);
        process.OutputDataReceived += (_, line) => Take(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Take(line.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Died = process.WaitForExitAsync();
    }

    public IProvider Provider => new GrpcProvider(Client);
    public CancellationToken Cancelled => CancellationToken.None;
    public Task Died { get; }

    /// <summary>The code with which it ended; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    private Wire.ResourceProvider.ResourceProviderClient Client =>
        new(_channel ?? throw new InvalidOperationException("The plugin is not connected."));

    public static PluginProcess Start(
        string executable,
        LoopbackServer engine,
        IReadOnlyDictionary<string, string?> environment
    )
    {
        // A process group of its own, where there is setsid: a Ctrl-C at the terminal reaches the engine alone.
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{engine.Port}");
        var hasSetsid = File.Exists("/usr/bin/setsid");
        var start = new ProcessStartInfo(
            hasSetsid ? "/usr/bin/setsid" : executable,
            hasSetsid ? [executable, address] : [address]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return new PluginProcess(
            Process.Start(start) ?? throw new DriverException($"The plugin {executable} did not start."),
            engine
        );
    }

    /// <summary>Reads the port, connects, and shakes hands.</summary>
    public async Task ConnectAsync()
    {
        var line = await _firstLine.Task.WaitAsync(TimeSpan.FromSeconds(30));
        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new DriverException($"The plugin's first line should be its port, but is '{line}'. {_output}");

        _channel = LoopbackChannel.To($"127.0.0.1:{port}");
        await Client.HandshakeAsync(
            new Wire.ProviderHandshakeRequest
            {
                EngineAddress = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_engine.Port}"),
                ConfigureWithUrn = true,
                SupportsViews = true,
                SupportsRefreshBeforeUpdate = true,
                InvokeWithPreview = true,
            }
        );
        await Client.GetPluginInfoAsync(new Empty());
    }

    public async Task CancelAsync()
    {
        if (!_process.HasExited)
            await Client.CancelAsync(new Empty(), deadline: DateTime.UtcNow + Patience);
    }

    public async Task<string?> EndAsync()
    {
        if (!_process.HasExited)
        {
            await CancelAsync();
            Signal(_process.Id, Interrupt);
        }

        await Task.WhenAny(Died, Task.Delay(Patience));
        var isLate = !_process.HasExited;
        Kill();
        await Died;
        await DisposeAsync();
        return isLate || _process.ExitCode != 0
            ? $"The plugin exited prematurely, with code {_process.ExitCode}. It wrote: {_output}"
            : null;
    }

    public void Abandon() => _process.StandardInput.Close();

    /// <summary>Kills it as kill -9 does.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    private async Task DisposeAsync()
    {
        _channel?.Dispose();
        await _engine.DisposeAsync();
    }

    private void Take(string? line, bool isOutput)
    {
        if (isOutput && _firstLine.TrySetResult(line))
            return;

        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int id, int signal);
}
