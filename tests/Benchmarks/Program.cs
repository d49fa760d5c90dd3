using QingCloudMySqlStandby.Benchmarks.Parts;
using QingCloudMySqlStandby.Benchmarks.Report;

// Usage: benchmarks FILE FOLDER: measured values go to the file, plots into the folder. The parts to run and the
// processes to start come from the environment, see build/bench.sh.
var parts = new Dictionary<string, Func<Task<IEnumerable<Table>>>>(StringComparer.Ordinal)
{
    ["calls"] = () => Task.FromResult(CallsAndLag.Run()),
    ["refresh"] = () => Task.FromResult(Refresh.Run()),
    ["startup"] = StartUp.RunAsync,
    ["throughput"] = Throughput.RunAsync,
    ["signing"] = () => Task.FromResult(SigningAndParsing.Run()),
    ["growth"] = Growth.RunAsync,
};
var chosen = Environment.GetEnvironmentVariable("PARTS") is { Length: > 0 } named ? named.Split(' ') : [.. parts.Keys];
var results = new Results(Machine.Here());
foreach (var part in chosen)
{
    foreach (var table in await parts[part]())
    {
        results.Add(part, table);
        Plots.Write(part, table, args[1]);
        await Console.Out.WriteLineAsync(table.ToMarkdown());
    }
}

await File.WriteAllTextAsync(args[0], results.ToJson());
