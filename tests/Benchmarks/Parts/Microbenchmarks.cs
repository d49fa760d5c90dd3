using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using QingCloudMySqlStandby.Benchmarks.Report;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>Runs BenchmarkDotNet within this process, so that nothing has to be restored or built anew.</summary>
internal static class Microbenchmarks
{
    public static Table Run<T>(string title)
    {
        var table = new Table(title, "call", "us a call", "calls a second", "bytes a call");
        var summary = BenchmarkRunner.Run<T>(Config());
        foreach (var report in summary.Reports)
        {
            var mean =
                report.ResultStatistics?.Mean
                ?? throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} " + "was not measured.");
            table.Add(
                report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                mean / 1e3,
                1e9 / mean,
                report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0
            );
        }

        return table;
    }

    private static ManualConfig Config() =>
        ManualConfig
            .CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(Path.Join(Path.GetTempPath(), "qingcloud-mysql-standby-benchmarks"))
            .WithOptions(ConfigOptions.DisableLogFile);
}
