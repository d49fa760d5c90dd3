using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>What the engine holds open as long as it lives.</summary>
internal static partial class StandardInput
{
    private const int WindowsStandardInput = -10;
    private const uint WindowsPipe = 3;

    /// <summary>Opens standard input if it is a pipe (or socket). The end of a terminal, a file or the null device says
    /// nothing about the engine: then this is null.</summary>
    public static Stream? OpenPipe() => Console.IsInputRedirected && IsPipe() ? Console.OpenStandardInput() : null;

    private static bool IsPipe()
    {
        if (OperatingSystem.IsWindows())
            return GetFileType(GetStdHandle(WindowsStandardInput)) == WindowsPipe;

        // Of what is no terminal, pipes and sockets are what cannot be read from another position.
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        return !input.CanSeek;
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetFileType(nint handle);
}
