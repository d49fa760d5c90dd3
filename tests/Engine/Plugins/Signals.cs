using System.Runtime.InteropServices;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>Signals to other processes.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;

    /// <summary>Sends SIGINT to a process group, as the real engine does; false when there is none.</summary>
    public static bool InterruptGroup(int leader) => Kill(-leader, Interrupt) == 0;

    /// <summary>Sends SIGINT to a process; false when there is none.</summary>
    public static bool InterruptProcess(int id) => Kill(id, Interrupt) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int id, int signal);
}
