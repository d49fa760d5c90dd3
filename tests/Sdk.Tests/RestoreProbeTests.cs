namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>Which restore errors let tests be skipped: build/pulumi-restores.sh, with a dotnet that says what a test
/// wants.</summary>
public sealed class RestoreProbeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("restore-probe-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("", 0, "true")]
    [InlineData(
        "p.csproj : error NU1101: Unable to find package Pulumi. No packages exist with this id in source(s): "
            + "here",
        1,
        "false"
    )]
    [InlineData(
        "p.csproj : error NU1102: Unable to find package Pulumi with version (>= 3.112.1 && < 4.0.0)",
        1,
        "false"
    )]
    [InlineData(
        "p.csproj : error NU1101: Unable to find package Grpc.Net.Client. No packages exist with this id",
        1,
        "false"
    )]
    public async Task A_package_that_is_nowhere_is_no_error(string output, int exitCode, string answer)
    {
        var probe = await RunAsync(output, exitCode);

        Assert.Equal((0, answer), (probe.ExitCode, probe.Output.Trim()));
    }

    [Theory]
    [InlineData("p.csproj : error NU1301: Unable to load the service index for source here.")]
    [InlineData(
        "p.csproj : error NU1101: Unable to find package Microsoft.NETCore.App.Ref. No packages exist with " + "this id"
    )]
    [InlineData(
        "p.csproj : error NU1101: Unable to find package Microsoft.CodeAnalysis.PublicApiAnalyzers. No packages"
    )]
    [InlineData("p.csproj : error NU1605: Warning As Error: Detected package downgrade")]
    [InlineData("p.csproj : error MSB4025: The project file could not be loaded.")]
    [InlineData(
        "p.csproj : error NU1101: Unable to find package Pulumi.\np.csproj : error NU1301: Unable to load the "
            + "service index"
    )]
    [InlineData("MSBUILD : error : something else")]
    [InlineData("")]
    public async Task Any_other_restore_error_is_an_error(string output)
    {
        var probe = await RunAsync(output, 1);

        Assert.Equal((1, ""), (probe.ExitCode, probe.Output));
        Assert.Contains(output, probe.Errors, StringComparison.Ordinal);
    }

    private async Task<CommandResult> RunAsync(string output, int exitCode)
    {
        var token = TestContext.Current.CancellationToken;
        var dotnet = Path.Combine(_directory, "dotnet");
        await File.WriteAllTextAsync(dotnet, $"#!/bin/sh\ncat <<'END'\n{output}\nEND\nexit {exitCode}\n", token);
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = $"{_directory}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        return await Command.RunAsync(
            Path.Combine(Repository.Root, "build", "pulumi-restores.sh"),
            [],
            _directory,
            new Dictionary<string, string?> { ["PATH"] = path }
        );
    }
}
