using System.Diagnostics;

namespace QingCloudMySqlStandby.Engine;

/// <summary>A plugin process, for tests that interfere with it.</summary>
public sealed class PluginHandle
{
    private readonly Process _process;

    internal PluginHandle(string package, Process process)
    {
        Package = package;
        _process = process;
        ProcessId = process.Id;
    }

    /// <summary>The package it serves.</summary>
    public string Package { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId { get; }

    /// <summary>Its exit code; null while it runs. A signal shows as 128 and its number.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Kills it at once (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);
}
