using System.Runtime.InteropServices;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>What a shell starts in the background ignores SIGINT, and so do its children, this process among them; .NET
/// leaves an ignored signal ignored. The engine ends its plugins by that very signal, however it was started
/// itself.</summary>
internal static partial class InterruptSignal
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    /// <summary>Lets SIGINT arrive; to be called before a handler is registered.</summary>
    public static void StopIgnoring()
    {
        if (!OperatingSystem.IsWindows())
            Signal(Interrupt, Default);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int number, nint handler);
}
