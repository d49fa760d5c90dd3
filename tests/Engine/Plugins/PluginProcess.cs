using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>A plugin's process: started with the engine's address, prints its port, is ended by SIGINT.</summary>
internal sealed class PluginProcess : IDisposable
{
    private const string Setsid = "/usr/bin/setsid";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PluginProcess(string package, Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data, isOutput: true);
        process.ErrorDataReceived += (_, line) => Take(line.Data, isOutput: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Handle = new PluginHandle(
            package,
            process.Id,
            () => process.HasExited ? process.ExitCode : null,
            process.Kill,
            process.WaitForExitAsync
        );
    }

    public PluginHandle Handle { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static PluginProcess Start(
        string package,
        string binary,
        string engineAddress,
        string directory,
        IReadOnlyDictionary<string, string?> environment
    )
    {
        // A process group of its own keeps a Ctrl-C at the terminal from the plugin: the engine cancels it first.
        var ownGroup = File.Exists(Setsid);
        var start = new ProcessStartInfo(
            ownGroup ? Setsid : binary,
            ownGroup ? [binary, engineAddress] : [engineAddress]
        )
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return new PluginProcess(
            package,
            Process.Start(start) ?? throw new EngineException($"The plugin {binary} did not start.")
        );
    }

    public async Task<int> ReadPortAsync(CancellationToken cancellationToken)
    {
        var line = await _firstLine.Task.WaitAsync(StartLimit, cancellationToken);
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new EngineException(
                $"The plugin's first line of output should be its port, but is '{line}'. " + $"{Output}"
            );
    }

    public async Task<bool> EndAsync()
    {
        if (!_process.HasExited && !Signals.InterruptGroup(_process.Id))
            Signals.InterruptProcess(_process.Id);

        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        return _process.ExitCode == 0;
    }

    public void Abandon() => _process.StandardInput.Close();

    public void Dispose()
    {
        if (_process.HasExited)
            _process.StandardInput.Dispose();
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
}
