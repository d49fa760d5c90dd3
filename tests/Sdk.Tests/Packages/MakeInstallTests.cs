using System.Diagnostics;

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary><c>make install</c>, with a program in place of the built plugin.</summary>
public sealed class MakeInstallTests : IDisposable
{
    private const string Binary = "pulumi-resource-qingcloud-mysql-standby";
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_plugin_that_runs_is_replaced_and_goes_on_running()
    {
        Assert.SkipUnless(Command.IsOnPath("make"), "make is not on PATH");
        foreach (var file in new[] { "Makefile", "schema.json" })
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(_folder, file));

        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        await InstallAsync("/bin/sleep");
        using var running = Process.Start(Installed, "60");
        try
        {
            await InstallAsync("/bin/echo");

            Assert.False(running.HasExited);
            Assert.Equal("new\n", await Command.CheckAsync(Installed, ["new"], _folder));
            Assert.Equal([Installed], Directory.GetFiles(Path.GetDirectoryName(Installed)!));
        }
        finally
        {
            running.Kill();
            await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_plugin_that_runs_where_it_was_built_is_replaced_too()
    {
        Assert.SkipUnless(Command.IsOnPath("bash"), "bash is not on PATH");
        Directory.CreateDirectory(Path.Combine(_folder, "build"));
        foreach (var script in new[] { "publish.sh", "need-sdk.sh" })
            File.Copy(Path.Combine(Repository.Root, "build", script), Path.Combine(_folder, "build", script));

        var built = Path.Combine(_folder, "bin", Binary);
        await PublishAsync("/bin/sleep");
        using var running = Process.Start(built, "60");
        try
        {
            await PublishAsync("/bin/echo");

            Assert.False(running.HasExited);
            Assert.Equal("new\n", await Command.CheckAsync(built, ["new"], _folder));
            Assert.Equal([built], Directory.GetFileSystemEntries(Path.GetDirectoryName(built)!));
        }
        finally
        {
            running.Kill();
            await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private string Installed =>
        Directory
            .GetFiles(_folder, Binary, SearchOption.AllDirectories)
            .Single(file => file.Contains("plugins", StringComparison.Ordinal));

    /// <summary>Installs a program; <c>-o build</c> takes the build for done.</summary>
    private async Task InstallAsync(string program)
    {
        File.Copy(program, Path.Combine(_folder, "bin", Binary), overwrite: true);
        var home = new Dictionary<string, string?> { ["PULUMI_HOME"] = Path.Combine(_folder, "home") };
        await Command.CheckAsync("make", ["-o", "build", "install"], _folder, home);
    }

    /// <summary>Runs the build with a program in place of <c>dotnet</c>, which publishes another program.</summary>
    private async Task PublishAsync(string program)
    {
        var tools = Directory.CreateDirectory(Path.Combine(_folder, "tools")).FullName;
        var dotnet = Path.Combine(tools, "dotnet");
        await File.WriteAllTextAsync(
            dotnet,
            $"""
            #!/bin/sh
            while [ $# -gt 1 ] && [ "$1" != -o ]; do shift; done
            if [ "$1" = -o ]; then mkdir -p "$2" && cp {program} "$2/{Binary}"; else echo ' RID: linux-x64'; fi

            """,
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var path = $"{tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        var environment = new Dictionary<string, string?>
        {
            ["PATH"] = path,
            ["OUT"] = null,
            ["FORM"] = null,
        };
        await Command.CheckAsync(Path.Combine(_folder, "build", "publish.sh"), [], _folder, environment);
    }
}
