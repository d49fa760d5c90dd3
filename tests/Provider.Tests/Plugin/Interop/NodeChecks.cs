using System.Diagnostics;
using System.Text.Json;
using QingCloudMySqlStandby.Plugin.Fakes;

namespace QingCloudMySqlStandby.Plugin.Interop;

/// <summary>Runs all of Pulumi's Node.js checks against one plugin process, once, and keeps their results. What it
/// needs from npm it installs from the lock file when it is missing.</summary>
public sealed class NodeChecks : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Why the checks cannot run here, or null.</summary>
    public string? SkipReason { get; private set; }

    /// <summary>What went wrong in each check; null where nothing did.</summary>
    public IReadOnlyDictionary<string, string?> Results { get; private set; } = new Dictionary<string, string?>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (FindOnPath("node") is not { } node || FindOnPath("npm") is not { } npm)
        {
            SkipReason = "node and npm are not on the PATH: the checks with Pulumi's own Node.js client cannot run.";
            return;
        }

        var folder = TestPlugin.Metadata("InteropFolder");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@pulumi", "pulumi")))
            await RunAsync(folder, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund");

        var json = await RunAsync(folder, node, Path.Combine("node", "run.cjs"), TestPlugin.File, TestPlugin.Argument);
        Results =
            JsonSerializer.Deserialize<Dictionary<string, string?>>(json)
            ?? throw new InvalidOperationException("The checks reported no results.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? FindOnPath(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{program}.exe", $"{program}.cmd"] : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            ) ?? throw new InvalidOperationException($"{program} did not start.");
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}.");
        }
    }
}
