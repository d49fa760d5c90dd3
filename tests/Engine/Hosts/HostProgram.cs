using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.Program;
using QingCloudMySqlStandby.Engine.Protocol;
using QingCloudMySqlStandby.Plugin.Loopback;

namespace QingCloudMySqlStandby.Engine.Hosts;

/// <summary>Runs a program with a real Pulumi SDK as a process of its own, and serves it the resource
/// monitor.</summary>
internal sealed class HostProgram(
    Project project,
    StackConfig config,
    StackOptions options,
    bool dryRun,
    RunLog log,
    Func<bool> isStopping
) : IProgram
{
    /// <summary>What SDKs end with when they have logged their error themselves.</summary>
    private const int AlreadyLogged = 32;

    public async Task RunAsync(IResourceMonitor monitor, CancellationToken cancellationToken)
    {
        await using var server = new LoopbackServer(
            TimeProvider.System,
            Protocol.Engine.BindService(new EngineService(log, monitor.Stack)),
            ResourceMonitor.BindService(new MonitorService(monitor))
        );
        await server.StartAsync(cancellationToken);
        using var process = Start($"127.0.0.1:{server.Port}");
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        await process.WaitForExitAsync(CancellationToken.None);
        await server.StopAsync(new CancellationToken(canceled: true));
        cancellationToken.ThrowIfCancellationRequested();
        if (isStopping() || process.ExitCode == AlreadyLogged)
            throw new DeploymentFailedException();
        if (process.ExitCode != 0)
            throw new EngineException($"The program ended with code {process.ExitCode}.");
    }

    private Process Start(string address)
    {
        var command = HostCommand.Of(project, options, dryRun, address);
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            WorkingDirectory = project.Main,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment(address))
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new EngineException($"{command.File} did not start.");
        process.OutputDataReceived += (_, line) => Show(line.Data);
        process.ErrorDataReceived += (_, line) => Show(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private Dictionary<string, string> Environment(string address) =>
        new()
        {
            ["PULUMI_MONITOR"] = address,
            ["PULUMI_ENGINE"] = address,
            ["PULUMI_PROJECT"] = project.Name,
            ["PULUMI_STACK"] = options.Stack,
            ["PULUMI_ORGANIZATION"] = "organization",
            ["PULUMI_ROOT_DIRECTORY"] = project.Directory,
            ["PULUMI_DRY_RUN"] = dryRun ? "true" : "false",
            ["PULUMI_QUERY_MODE"] = "false",
            ["PULUMI_NODEJS_TYPESCRIPT"] = "true",
            ["PULUMI_PARALLEL"] = options.Parallel.ToString(CultureInfo.InvariantCulture),
            ["PULUMI_CONFIG"] = JsonSerializer.Serialize(
                config.Values.ToDictionary(entry => entry.Key, entry => entry.Value.Text)
            ),
            ["PULUMI_CONFIG_SECRET_KEYS"] = JsonSerializer.Serialize(
                config.Values.Where(entry => entry.Value.Secret).Select(entry => entry.Key)
            ),
        };

    private void Show(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            log.Add(new Diagnostic(DiagnosticSeverity.Info, null, line));
    }
}
