using System.Diagnostics;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>What the plugin itself writes, where a shell sends it.</summary>
public sealed class PluginOutputTests : IDisposable
{
    private static readonly string Plugin = Path.Combine(
        Repository.PluginDirectory,
        "pulumi-resource-qingcloud-mysql-standby"
    );

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_file_keeps_what_came_before_and_what_comes_after()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell's redirections are POSIX's.");

        using var shell = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "{ echo before; \"$0\" --version; echo after; } > printed", Plugin])
            {
                WorkingDirectory = _directory,
            }
        )!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        var printed = await File.ReadAllLinesAsync(
            Path.Combine(_directory, "printed"),
            TestContext.Current.CancellationToken
        );
        Assert.Matches(@"^before \d+\.\d+\.\d+\S* after$", string.Join(' ', printed));
    }

    [Fact]
    public async Task Help_names_what_a_person_may_ask_the_plugin_for()
    {
        using var plugin = Process.Start(new ProcessStartInfo(Plugin, ["--help"]) { RedirectStandardOutput = true })!;

        var printed = await plugin.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains("doctor [options]", printed, StringComparison.Ordinal);
        Assert.Contains("--version", printed, StringComparison.Ordinal);
    }
}
