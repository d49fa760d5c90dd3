namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The files of this repository, and what there is on this machine.</summary>
internal static class Repository
{
    public const string WithoutPulumi = "the package Pulumi does not restore from this machine's NuGet sources";

    private const string PluginName = "pulumi-resource-qingcloud-mysql-standby";

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The directory of the plugin's binary: bin/, as users have it, unless it is older than its sources; then
    /// what was built for these tests.</summary>
    public static string PluginDirectory { get; } =
        IsFresh(Path.Combine(Root, "bin", PluginName)) ? Path.Combine(Root, "bin") : BuiltFor("Provider");

    /// <summary>The plugin's binary.</summary>
    public static string Plugin { get; } = Path.Combine(PluginDirectory, PluginName);

    /// <summary>Whether the package Pulumi restores: build/pulumi-restores.sh finds out, and the environment says
    /// what it found.</summary>
    public static bool PulumiRestores => Environment.GetEnvironmentVariable("PulumiRestores") == "true";

    public static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, command)));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Where the build of these tests put a project.</summary>
    public static string BuiltFor(string project) =>
        PathOf("artifacts", "bin", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')));

    private static bool IsFresh(string plugin) =>
        File.Exists(plugin)
        && Directory
            .EnumerateFiles(PathOf("provider"), "*.cs", SearchOption.AllDirectories)
            .Append(PathOf("schema.json"))
            .All(source => File.GetLastWriteTimeUtc(source) <= File.GetLastWriteTimeUtc(plugin));

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "schema.json"))
            ? directory
            : FindRoot(
                Path.GetDirectoryName(directory)
                    ?? throw new InvalidOperationException("This runs outside the " + "repository.")
            );
}
