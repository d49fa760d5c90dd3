using System.Runtime.InteropServices;

namespace QingCloudMySqlStandby.Benchmarks.Report;

/// <summary>What kind of machine measured, without its name.</summary>
internal sealed record Machine(int Cores, double MemoryGiB, string System, string Architecture, string Runtime)
{
    public static Machine Here() =>
        new(
            Environment.ProcessorCount,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
            OperatingSystem.IsLinux() ? "Linux"
                : OperatingSystem.IsMacOS() ? "macOS"
                : "Windows",
            RuntimeInformation.ProcessArchitecture.ToString(),
            RuntimeInformation.FrameworkDescription
        );
}
