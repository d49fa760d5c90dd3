using System.Runtime.InteropServices;
using QingCloudMySqlStandby.Plugin.Service;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>Runs a provider as a Pulumi plugin. An executable's whole <c>Main</c>.</summary>
internal static class PluginHost
{
    /// <summary>Serves on this process's console until the engine is done with it: SIGINT, SIGTERM, or the end of
    /// standard input where that is a pipe. <paramref name="createProvider"/> is called when the first call needs the
    /// provider, and <paramref name="clean"/> takes out of each message what must not be shown.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Func<IEngineLog, IProvider> createProvider,
        Func<string, string> clean
    )
    {
        using var stop = new CancellationTokenSource();
        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        InterruptSignal.StopIgnoring();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

        // Plain streams: the writers of Console look at the terminal first, which delays the port.
        await using var stdout = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await using var stderr = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        return await RunAsync(
            args,
            createProvider,
            clean,
            stdout,
            StandardInput.OpenPipe(),
            TextWriter.Synchronized(stderr),
            stop.Token
        );
    }

    /// <summary>Serves until <paramref name="stop"/> is cancelled or <paramref name="stdin"/> ends.</summary>
    /// <param name="args">The command line: the engine's address, and flags.</param>
    /// <param name="createProvider">Makes the provider when the first call needs it.</param>
    /// <param name="clean">Takes out of a message what must not be shown.</param>
    /// <param name="stdout">Where the port goes.</param>
    /// <param name="stdin">What ends when the engine does, or null.</param>
    /// <param name="stderr">Where trouble goes that no call can report.</param>
    /// <param name="stop">Ends the plugin: running calls are cancelled and get to answer.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        Func<IEngineLog, IProvider> createProvider,
        Func<string, string> clean,
        TextWriter stdout,
        Stream? stdin,
        TextWriter stderr,
        CancellationToken stop
    )
    {
        using var engines = new AttachedEngines(stderr, TimeProvider.System, clean);
        var arguments = PluginArguments.Parse(args);
        if (arguments.ShowVersion)
        {
            await stdout.WriteLineAsync(createProvider(engines).Version);
            return 0;
        }

        engines.Attach(arguments.EngineAddress ?? "");
        await new PluginProcess(createProvider, engines, clean, stderr, TimeProvider.System).RunAsync(
            stdout,
            stdin,
            stop
        );
        return 0;
    }
}
