using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The examples, each copied and prepared once: npm has installed its packages, dotnet has built it. Nothing
/// is written into the repository's own.</summary>
public sealed class PreparedExamples : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("examples-");
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _prepared = new(StringComparer.Ordinal);

    /// <summary>Skips the test, by name, where this machine lacks what the example needs.</summary>
    public static void SkipWithoutNeeds(string example)
    {
        if (IsDotnet(example))
        {
            Assert.SkipUnless(Repository.PulumiRestores, Repository.WithoutPulumi);
        }
        else if (IsNode(example))
        {
            Assert.SkipUnless(
                Repository.IsOnPath("node") && Repository.IsOnPath("npm"),
                "node and npm are not on the PATH"
            );
        }
    }

    /// <summary>The directory of an example's copy.</summary>
    public Task<string> PrepareAsync(string example) =>
        _prepared.GetOrAdd(example, name => new Lazy<Task<string>>(() => MakeAsync(name))).Value;

    public void Dispose() => _directory.Delete(recursive: true);

    private static bool IsNode(string example) => example.StartsWith("typescript", StringComparison.Ordinal);

    private static bool IsDotnet(string example) => example.StartsWith("dotnet", StringComparison.Ordinal);

    private async Task<string> MakeAsync(string example)
    {
        var source = Repository.PathOf("examples", example);
        var copy = _directory.CreateSubdirectory(example).FullName;
        foreach (
            var file in Directory.EnumerateFiles(source).Where(file => Path.GetExtension(file) is ".json" or ".ts")
        )
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var project = await File.ReadAllTextAsync(Path.Combine(source, "Pulumi.yaml"));
        project = project.Replace("path: ../../bin", $"path: {Repository.PluginDirectory}", StringComparison.Ordinal);
        if (IsDotnet(example))
        {
            project = project.Replace(
                "runtime: dotnet",
                $"runtime: {{ name: dotnet, options: {{ binary: {await BuildAsync(source)} }} }}",
                StringComparison.Ordinal
            );
        }
        else if (IsNode(example))
        {
            await Command.CheckAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], copy);
        }

        await File.WriteAllTextAsync(Path.Combine(copy, "Pulumi.yaml"), project);
        return copy;
    }

    private static async Task<string> BuildAsync(string directory)
    {
        await Command.CheckAsync("dotnet", ["build", "--nologo", "-v", "quiet", "-c", "Release"], directory);
        var name = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(directory, "*.csproj").Single());
        return Repository.PathOf("artifacts", "bin", name, "release", $"{name}.dll");
    }
}
