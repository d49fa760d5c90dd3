using System.Diagnostics;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Loopback;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>The plugin as a process of its own, which the engine starts in the user's folder and environment.</summary>
[Collection(nameof(Alone))]
public sealed class PluginProcessTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task The_users_settings_for_web_servers_are_not_its_own()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory, "appsettings.json"),
            """
            {
              "Urls": "http://127.0.0.1:1",
              "Kestrel": { "Endpoints": { "Theirs": { "Url": "http://127.0.0.1:1" } } },
              "Logging": { "LogLevel": { "Default": "Trace" }, "Console": { "LogLevel": { "Default": "Trace" } } }
            }
            """,
            Token
        );
        var start = new ProcessStartInfo(TestPlugin.File, [TestPlugin.Argument]) { WorkingDirectory = _directory };
        foreach (var prefix in new[] { "ASPNETCORE", "DOTNET" })
        {
            start.Environment[$"{prefix}_URLS"] = "http://127.0.0.1:1";
            start.Environment[$"{prefix}_ENVIRONMENT"] = "Development";
            start.Environment[$"{prefix}_CONTENTROOT"] = Path.Combine(_directory, "missing");
        }

        await ExpectServedAsync(start);
    }

    [Fact]
    public async Task A_working_directory_that_is_gone_is_not_missed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes no folder that a process works in.");

        string[] arguments = ["-c", "rmdir \"$PWD\" && exec \"$@\"", "sh", TestPlugin.File, TestPlugin.Argument];
        await ExpectServedAsync(new ProcessStartInfo("/bin/sh", arguments) { WorkingDirectory = _directory });
    }

    private static async Task ExpectServedAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        using var channel = LoopbackChannel.To($"127.0.0.1:{await process.StandardOutput.ReadLineAsync(Token)}");

        var client = new Wire.ResourceProvider.ResourceProviderClient(channel);
        var answer = await client.HandshakeAsync(new(), cancellationToken: Token);

        Assert.True(answer.AcceptSecrets);
        process.StandardInput.Close();
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
    }
}
