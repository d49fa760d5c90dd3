using System.Runtime.InteropServices;
using QingCloudMySqlStandby.Sdk.Tests.Packages;

[assembly: AssemblyFixture(typeof(Distribution))]

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary>What <c>make dist</c> writes for this platform, made once, in a folder of its own.</summary>
public sealed class Distribution : IDisposable
{
    public const string Plugin = "pulumi-resource-qingcloud-mysql-standby";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dist-");
    private readonly Lazy<Task<string>> _made;

    public Distribution() => _made = new Lazy<Task<string>>(() => MakeAsync("dist", "plugins dotnet"));

    public static string Version { get; } = (string)Repository.ReadSchema()["version"]!;

    public static string Platform { get; } =
        (
            OperatingSystem.IsMacOS() ? "darwin-"
            : OperatingSystem.IsWindows() ? "windows-"
            : "linux-"
        ) + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64");

    public static string ArchiveName => $"{Plugin}-v{Version}-{Platform}.tar.gz";

    /// <summary>The folder of it all.</summary>
    public Task<string> MakeAsync() => _made.Value;

    /// <summary>The plugin's binary, out of the archive.</summary>
    public async Task<string> ExtractPluginAsync()
    {
        var folder = _directory.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        await Command.CheckAsync("tar", ["-xzf", Path.Combine(await MakeAsync(), ArchiveName)], folder);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Plugin}.exe" : Plugin);
    }

    /// <summary>Makes parts of it into a folder of that name, beside the usual one.</summary>
    public async Task<string> MakeAsync(string name, string parts)
    {
        var folder = _directory.CreateSubdirectory(name).FullName;
        await Command.CheckAsync(
            "make",
            ["dist"],
            Repository.Root,
            new Dictionary<string, string?>
            {
                ["OUT"] = folder,
                ["DIST_PLATFORMS"] = Platform,
                ["DIST_PARTS"] = parts,
                ["SOURCE_DATE_EPOCH"] = "1700000000",
            }
        );
        return folder;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
