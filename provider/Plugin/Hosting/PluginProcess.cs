using System.Globalization;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Service;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>The plugin from its start to its end: listen, say on which port, serve, and at the end let the running
/// calls answer. Nothing is read, built or connected before a call needs it, so that the engine does not wait for the
/// start.</summary>
internal sealed class PluginProcess(
    Func<IEngineLog, IProvider> createProvider,
    AttachedEngines engines,
    Func<string, string> clean,
    TextWriter stderr,
    TimeProvider time
)
{
    /// <summary>The engine kills a plugin five seconds after it asked it to end; Kestrel takes up to one to break
    /// connections off.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2.5);

    /// <summary>Serves until <paramref name="stop"/> is cancelled or standard input ends.</summary>
    public async Task RunAsync(TextWriter stdout, Stream? stdin, CancellationToken stop)
    {
        var service = new ProviderService(new(() => createProvider(engines)), engines, clean);
        await using var server = new LoopbackServer(time, Wire.ResourceProvider.BindService(service));
        await server.StartAsync(CancellationToken.None);
        await WritePortAsync(stdout, server.Port);
        await EndOfEngineAsync(stdin, stop);

        engines.CancelAll();
        using var limit = new CancellationTokenSource(DrainLimit, time);
        await server.StopAsync(limit.Token);
        if (limit.IsCancellationRequested)
            await stderr.WriteLineAsync("Some calls did not answer in time after they were cancelled.");
    }

    /// <summary>The engine reads the first line as the port; it ends with a line feed on every system.</summary>
    private async Task WritePortAsync(TextWriter stdout, int port)
    {
        try
        {
            await stdout.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{port}\n"));
            await stdout.FlushAsync(CancellationToken.None);
        }
        catch (IOException e)
        {
            // An engine that is gone is seen by the end of standard input.
            await stderr.WriteLineAsync($"Standard output broke: {e.Message}");
        }
    }

    private async Task EndOfEngineAsync(Stream? stdin, CancellationToken stop)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(end.SetResult);
        await (stdin is null ? end.Task : await Task.WhenAny(end.Task, ReadToEndAsync(stdin)));
    }

    /// <summary>Reads and forgets. Reading standard input blocks its thread for the process's life, so that it gets one
    /// of its own.</summary>
    private Task ReadToEndAsync(Stream stdin) =>
        Task.Factory.StartNew(
            () =>
            {
                try
                {
                    stdin.CopyTo(Stream.Null, bufferSize: 256);
                }
                catch (IOException e)
                {
                    // An input that breaks has ended as well.
                    stderr.WriteLine($"Standard input broke: {e.Message}");
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
