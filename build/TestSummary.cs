#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.Xml.Linq;

// Sums up what `dotnet test` left behind: TestSummary <results directory> <least line coverage in per cent>.
// Every skipped test is named with its reason; the last line is "N passed, N failed, N skipped".
if (args is not [var directory, var minimumText])
{
    Console.Error.WriteLine("usage: TestSummary <results directory> <least coverage>");
    return 2;
}

var minimum = double.Parse(minimumText, CultureInfo.InvariantCulture);
var outcomes = Directory
    .EnumerateFiles(directory, "*.trx", SearchOption.AllDirectories)
    .SelectMany(TestRun.Read)
    .ToList();
foreach (
    var skipped in outcomes
        .Where(test => test.Outcome == Outcome.Skipped)
        .OrderBy(test => test.Name, StringComparer.Ordinal)
)
{
    Console.WriteLine($"skipped: {skipped.Name}: {skipped.Message}");
}

foreach (var failure in outcomes.Where(test => test.Outcome == Outcome.Failed))
{
    Console.WriteLine($"failed: {failure.Name}: {failure.Message}");
}

var empty = Directory
    .EnumerateDirectories(directory)
    .Where(project => !Directory.EnumerateFiles(project, "*.trx").SelectMany(TestRun.Read).Any())
    .Select(Path.GetFileName)
    .ToList();
foreach (var project in empty)
{
    Console.WriteLine($"failed: {project} ran no test");
}

var coverage = Coverage.Read(
    Directory.EnumerateFiles(directory, "coverage.cobertura.xml", SearchOption.AllDirectories)
);
foreach (var (layer, share) in coverage.Layers)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line coverage of {layer}: {share:F1} %"));
}

Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"line coverage of provider/: {coverage.Total:F1} % (at " + $"least {minimum:F0} %)"
    )
);

int Count(Outcome outcome) => outcomes.Count(test => test.Outcome == outcome);
var failed = Count(Outcome.Failed) + empty.Count;
Console.WriteLine($"{Count(Outcome.Passed)} passed, {failed} failed, {Count(Outcome.Skipped)} skipped");
return failed == 0 && coverage.Total >= minimum ? 0 : 1;

internal enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

internal sealed record TestRun(string Name, Outcome Outcome, string Message)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static IEnumerable<TestRun> Read(string file) =>
        XDocument
            .Load(file)
            .Descendants(Trx + "UnitTestResult")
            .Select(result => new TestRun(
                (string)result.Attribute("testName")!,
                (string)result.Attribute("outcome")! switch
                {
                    "Passed" => Outcome.Passed,
                    "NotExecuted" => Outcome.Skipped,
                    _ => Outcome.Failed,
                },
                FirstLine(
                    result.Descendants(Trx + "Message").FirstOrDefault()?.Value
                        ?? result.Descendants(Trx + "StdOut").FirstOrDefault()?.Value
                )
            ));

    private static string FirstLine(string? text) => text?.Trim().Split('\n')[0].Trim() ?? "no reason given";
}

/// <summary>Line coverage over several reports: a line counts as covered when any of them covers it.</summary>
internal sealed record Coverage(double Total, IReadOnlyList<(string Layer, double Share)> Layers)
{
    public static Coverage Read(IEnumerable<string> files)
    {
        var lines = files
            .SelectMany(LinesOf)
            .GroupBy(line => (line.File, line.Number))
            .Select(line => (line.First().Layer, IsCovered: line.Any(report => report.Hits > 0)))
            .ToList();
        var layers = lines
            .GroupBy(line => line.Layer, StringComparer.Ordinal)
            .OrderBy(layer => layer.Key, StringComparer.Ordinal)
            .Select(layer => (layer.Key, Share(layer)))
            .ToList();
        return new Coverage(Share(lines), layers);
    }

    /// <summary>The assembly whose coverage counts. Reports hold the tests' own tools too.</summary>
    private const string Plugin = "pulumi-resource-qingcloud-mysql-standby";

    /// <summary>A report names its files relative to one of its source folders, and each report has its own.</summary>
    private static IEnumerable<(string File, string Layer, int Number, long Hits)> LinesOf(string report)
    {
        var xml = XDocument.Load(report);
        var folders = xml.Descendants("source").Select(source => source.Value).ToList();
        return xml.Descendants("package")
            .Where(package => (string?)package.Attribute("name") == Plugin)
            .Descendants("class")
            .SelectMany(type =>
            {
                var name = (string)type.Attribute("filename")!;
                var file = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;
                return type.Elements("lines")
                    .Elements("line")
                    .Select(line =>
                        (
                            file,
                            LayerOf((string)type.Attribute("name")!),
                            (int)line.Attribute("number")!,
                            (long)line.Attribute("hits")!
                        )
                    );
            });
    }

    private static double Share(IEnumerable<(string Layer, bool IsCovered)> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? 0 : 100.0 * all.Count(line => line.IsCovered) / all.Count;
    }

    private static string LayerOf(string type) =>
        type.Split('.') is ["QingCloudMySqlStandby", var layer, ..] ? $"provider/{layer}" : "provider";
}
