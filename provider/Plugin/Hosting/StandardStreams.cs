using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>
/// The process's standard streams, opened as plain files where the engine waits for them: those of <see cref="Console"/> look at
/// the terminal and its encoding first.
/// </summary>
internal static partial class StandardStreams
{
    private const int WindowsStandardInput = -10;
    private const uint WindowsPipe = 3;

    /// <summary>Standard error. It is opened when something is written, which is seldom.</summary>
    public static TextWriter Error { get; } = new ConsoleError();

    /// <summary>
    /// Opens standard input if it is a pipe (or socket), which the engine holds open as long as it lives. The end of a terminal, a
    /// file or the null device says nothing about the engine: then this is null.
    /// </summary>
    public static Stream? OpenInputPipe()
    {
        if (!Console.IsInputRedirected)
        {
            return null;
        }

        if (OperatingSystem.IsWindows())
        {
            return GetFileType(GetStdHandle(WindowsStandardInput)) == WindowsPipe ? Console.OpenStandardInput() : null;
        }

        // Of what is no terminal, pipes and sockets are what cannot be read from another position.
        var input = Open(0, FileAccess.Read);
        return input.CanSeek ? null : input;
    }

    /// <summary>Opens standard output.</summary>
    public static TextWriter OpenOutput() => new StreamWriter(OpenOutputPipe() ?? Console.OpenStandardOutput()) { AutoFlush = true };

    /// <summary>Where it can be positioned, it is a file that others may write to as well: a stream would write over what they wrote.</summary>
    private static FileStream? OpenOutputPipe() =>
        !OperatingSystem.IsWindows() && Open(1, FileAccess.Write) is { CanSeek: false } output ? output : null;

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetFileType(nint handle);

    private sealed class ConsoleError : TextWriter
    {
        public override Encoding Encoding => Console.Error.Encoding;

        public override void Write(char value) => Console.Error.Write(value);

        public override void Write(string? value) => Console.Error.Write(value);

        public override void WriteLine(string? value) => Console.Error.WriteLine(value);
    }
}
