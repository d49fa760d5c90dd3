using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary>
/// A machine with Pulumi's command line that has never heard of the provider: no plugin, no package of it, and a folder
/// for a program. The plugin comes from a server of downloads.
/// </summary>
internal sealed partial class FreshMachine : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fresh-machine-");
    private readonly Dictionary<string, string?> _environment;

    public FreshMachine(string distribution, string server)
    {
        Program = _directory.CreateSubdirectory("program").FullName;
        Libraries = _directory.CreateSubdirectory("libraries").FullName;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        var sources = Environment.GetEnvironmentVariable("RestoreAdditionalProjectSources");
        _environment = new Dictionary<string, string?>
        {
            ["PULUMI_HOME"] = _directory.CreateSubdirectory("home").FullName,
            ["PULUMI_BACKEND_URL"] = $"file://{_directory.CreateSubdirectory("state").FullName}",
            ["PULUMI_CONFIG_PASSPHRASE"] = "open sesame",
            ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
            ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "false",
            ["PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES"] = $".*qingcloud-mysql-standby.*={server}",
            ["NUGET_PACKAGES"] = _directory.CreateSubdirectory("packages").FullName,
            ["RestoreFallbackFolders"] = packages,
            ["RestoreAdditionalProjectSources"] = sources is null ? distribution : $"{distribution};{sources}",
            ["PYTHONPATH"] = Libraries,
            ["QINGCLOUD_ACCESS_KEY"] = ApiOptions.DemoAccessKeyId,
            ["QINGCLOUD_SECRET_KEY"] = ApiOptions.DemoSecretAccessKey,
        };
    }

    /// <summary>The program's folder.</summary>
    public string Program { get; }

    /// <summary>A folder for a package of the provider, where Python finds it.</summary>
    public string Libraries { get; }

    public string PluginFolder =>
        Path.Combine(
            _environment["PULUMI_HOME"]!,
            "plugins",
            $"resource-qingcloud-mysql-standby-v{Distribution.Version}"
        );

    /// <summary>The example of the registry page in a language.</summary>
    public static string Example(string language)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "_index.md"));
        return CodeBlock().Matches(page).Single(block => block.Groups[1].Value == language).Groups[2].Value;
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Program, name), text);

    public Task<CommandResult> RunAsync(string command, params string[] arguments) =>
        Command.RunAsync(command, arguments, Program, _environment);

    public Task<string> CheckAsync(string command, params string[] arguments) =>
        Command.CheckAsync(command, arguments, Program, _environment);

    public void Dispose() => _directory.Delete(recursive: true);

    [GeneratedRegex("```(csharp|typescript|yaml|python|go)\n(.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex CodeBlock();
}
