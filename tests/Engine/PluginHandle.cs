namespace QingCloudMySqlStandby.Engine;

/// <summary>A plugin that a run started, for tests that interfere with it.</summary>
internal sealed class PluginHandle
{
    private readonly Func<int?> _exitCode;
    private readonly Action _kill;
    private readonly Func<CancellationToken, Task> _wait;

    internal PluginHandle(
        string package,
        int? processId,
        Func<int?> exitCode,
        Action kill,
        Func<CancellationToken, Task> wait
    )
    {
        (_exitCode, _kill, _wait) = (exitCode, kill, wait);
        Package = package;
        ProcessId = processId;
    }

    /// <summary>The package it serves.</summary>
    public string Package { get; }

    /// <summary>Its process id; null for one that is hosted in the engine's process.</summary>
    public int? ProcessId { get; }

    /// <summary>Its exit code; null while it runs. A signal shows as 128 and its number.</summary>
    public int? ExitCode => _exitCode();

    /// <summary>Kills it at once (SIGKILL). A hosted one is asked to stop instead.</summary>
    public void Kill() => _kill();

    /// <summary>Waits for its end.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _wait(cancellationToken);
}
