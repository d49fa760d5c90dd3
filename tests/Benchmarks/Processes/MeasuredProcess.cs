using System.Diagnostics;
using System.Globalization;

namespace QingCloudMySqlStandby.Benchmarks.Processes;

/// <summary>A process that is started to be measured, and ended by the end of its input.</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public MeasuredProcess(string file, params string[] arguments)
    {
        _process =
            Process.Start(
                new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true }
            ) ?? throw new InvalidOperationException($"{file} did not start.");
    }

    /// <summary>The time since just before it was started.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The process ended " + "without a word.");

    /// <summary>The most memory it has held so far, in MB; not a number where the system does not say.</summary>
    public double PeakMemory() => OperatingSystem.IsLinux() ? FromStatus("VmHWM:") : double.NaN;

    /// <summary>The processor time that its threads took so far, in ms: unlike the clock, it leaves out what else the
    /// machine does.</summary>
    public double ProcessorTime() =>
        OperatingSystem.IsLinux()
            ? Directory
                .GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task"))
                .Sum(NanosecondsOf) / 1e6
            : double.NaN;

    /// <summary>What it holds now, in MB.</summary>
    public double Memory()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1e6;
    }

    public void EndInput() => _process.StandardInput.Close();

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();

        _process.Dispose();
    }

    // Of "TIME WAITED SLICES" the first are the nanoseconds that the thread ran.
    private static double NanosecondsOf(string thread) =>
        double.Parse(File.ReadAllText(Path.Join(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);

    // A line is "VmHWM:     12345 kB", where kB are KiB.
    private double FromStatus(string name) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line =>
                double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture)
                * 1024
                / 1e6
            )
            .First();
}
