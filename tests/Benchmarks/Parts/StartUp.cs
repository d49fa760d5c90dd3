using System.Globalization;
using QingCloudMySqlStandby.Benchmarks.Processes;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>From the start of a process to its first answer: a line of a hello world, the engine's first call of the
/// plugin.</summary>
internal static class StartUp
{
    private const int WarmUps = 2;

    private static int Rounds { get; } =
        int.Parse(Environment.GetEnvironmentVariable("ROUNDS") ?? "15", CultureInfo.InvariantCulture);

    public static async Task<IEnumerable<Table>> RunAsync()
    {
        var table = new Table(
            FormattableString.Invariant(
                $"Start: process start to first answer, and peak memory then (medians of {Rounds} interleaved rounds)"
            ),
            "process",
            "ms",
            "ms, 10 % to 90 %",
            "times hello world",
            "processor ms",
            "times hello world's",
            "MB",
            "file MB"
        );
        if (Binaries.Hello is not { } hello)
            return [table];

        var binaries = new[] { hello }.Concat(Binaries.Plugins).ToList();
        var rounds = new List<Answer[]>();
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            var measured = new List<Answer>();
            foreach (var binary in binaries)
                measured.Add(await (binary == hello ? GreetAsync(binary) : CallAsync(binary)));

            rounds.Add([.. measured]);
        }

        foreach (var (index, binary) in binaries.Index())
        {
            var measured = rounds.Skip(WarmUps).ToList();
            AddRow(table, binary, [.. measured.Select(round => round[index])], [.. measured.Select(round => round[0])]);
        }

        return [table];
    }

    private static void AddRow(Table table, Binary binary, List<Answer> runs, List<Answer> hellos)
    {
        var times = runs.Select(run => run.Time).ToList();
        table.Add(
            binary.Name,
            times.Median(),
            FormattableString.Invariant($"{times.Quantile(0.1):0} to {times.Quantile(0.9):0}"),
            runs.Zip(hellos, (run, hello) => run.Time / hello.Time).Median(),
            runs.Select(run => run.Processor).Median(),
            runs.Zip(hellos, (run, hello) => run.Processor / hello.Processor).Median(),
            runs.Select(run => run.Memory).Median(),
            new FileInfo(binary.File).Length / 1e6
        );
    }

    private static async Task<Answer> GreetAsync(Binary hello)
    {
        using var process = new MeasuredProcess(hello.File);
        await process.ReadLineAsync();
        return Answer.Of(process);
    }

    private static async Task<Answer> CallAsync(Binary plugin)
    {
        using var process = new MeasuredProcess(plugin.File, "127.0.0.1:1");
        using var channel = LoopbackChannel.To($"127.0.0.1:{await process.ReadLineAsync()}");
        await new Wire.ResourceProvider.ResourceProviderClient(channel).HandshakeAsync(new());
        return Answer.Of(process);
    }

    /// <summary>What a process had taken when its first answer was there.</summary>
    private sealed record Answer(double Time, double Processor, double Memory)
    {
        public static Answer Of(MeasuredProcess process)
        {
            var time = process.Elapsed.TotalMilliseconds;
            return new Answer(time, process.ProcessorTime(), process.PeakMemory());
        }
    }
}
