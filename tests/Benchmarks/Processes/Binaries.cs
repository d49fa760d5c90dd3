namespace QingCloudMySqlStandby.Benchmarks.Processes;

/// <summary>A published executable, under the name by which the tables know it.</summary>
internal sealed record Binary(string Name, string File);

/// <summary>The executables that build/bench.sh published for this run.</summary>
internal static class Binaries
{
    public static Binary? Hello { get; } = Of("hello world, framework-dependent", "BENCH_HELLO");

    public static IReadOnlyList<Binary> Plugins { get; } =
    [
        .. new[]
        {
            Of("plugin, framework-dependent", "BENCH_PORTABLE"),
            Of("plugin, self-contained", "BENCH_SELF_CONTAINED"),
            Of("plugin, native AOT", "BENCH_AOT"),
        }.OfType<Binary>(),
    ];

    private static Binary? Of(string name, string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } file && File.Exists(file)
            ? new Binary(name, file)
            : null;
}
