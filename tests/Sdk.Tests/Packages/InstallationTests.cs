using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary>What a stranger does with what <c>make dist</c> wrote, where Pulumi's command line is at hand.</summary>
public sealed class InstallationTests(Distribution distribution)
{
    private const string Standby = "cl-ouhutv70";
    private const string Name = "qingcloud-mysql-standby";
    private const string GoModule = $"github.com/pulumi-qingcloud/pulumi-{Name}/sdk/go";

    [Fact]
    public async Task A_program_in_csharp_gets_plugin_and_sdk_by_an_up_alone()
    {
        SkipWithout("pulumi-language-dotnet");
        Assert.SkipUnless(Repository.PulumiRestores, Repository.WithoutPulumi);
        await using var server = await DownloadServer.StartAsync(await distribution.MakeAsync());
        using var machine = new FreshMachine(await distribution.MakeAsync(), server.Address);
        machine.Write("Pulumi.yaml", "name: orders-dr\nruntime: dotnet\n");
        machine.Write("Program.cs", FreshMachine.Example("csharp"));
        machine.Write(
            "OrdersDr.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Pulumi.QingCloudMySqlStandby" Version="{Distribution.Version}" />
              </ItemGroup>
            </Project>
            """
        );

        await LiveAndDieAsync(machine);
    }

    [Fact]
    public async Task A_program_in_typescript_gets_the_plugin_by_an_up_alone()
    {
        SkipWithout("pulumi-language-nodejs", "npm");
        await using var server = await DownloadServer.StartAsync(await distribution.MakeAsync());
        using var machine = new FreshMachine(await distribution.MakeAsync(), server.Address);
        machine.Write("Pulumi.yaml", "name: orders-dr\nruntime: nodejs\n");
        machine.Write("index.ts", FreshMachine.Example("typescript"));
        machine.Write("package.json", """{ "name": "orders-dr", "private": true, "main": "index.ts" }""");
        machine.Write(
            "tsconfig.json",
            """
            {
              "compilerOptions": {
                "strict": true, "target": "es2022", "module": "node16", "moduleResolution": "node16", "types": ["node"]
              },
              "files": ["index.ts"]
            }
            """
        );
        var folder = await distribution.MakeAsync("nodejs", "nodejs");
        var package = Path.Combine(folder, $"pulumi-{Name}-{Distribution.Version}.tgz");
        await machine.CheckAsync("npm", "install", "--no-fund", package, "@types/node@20", "typescript@5");

        await LiveAndDieAsync(machine);
    }

    [Fact]
    public async Task A_program_in_python_gets_the_plugin_by_an_up_alone()
    {
        SkipWithout("pulumi-language-python", "python3");
        await SkipUnlessAsync(
            "python3 lacks pulumi, parver, pip, build or setuptools",
            "python3",
            "-c",
            "import build, parver, pulumi, setuptools, pip"
        );
        await using var server = await DownloadServer.StartAsync(await distribution.MakeAsync());
        using var machine = new FreshMachine(await distribution.MakeAsync(), server.Address);
        machine.Write("Pulumi.yaml", "name: orders-dr\nruntime: python\n");
        machine.Write("__main__.py", FreshMachine.Example("python"));
        var folder = await distribution.MakeAsync("python", "python");
        var package = Directory.EnumerateFiles(folder, "*.whl").Single();
        await machine.CheckAsync(
            "python3",
            "-m",
            "pip",
            "install",
            "--no-deps",
            "--target",
            machine.Libraries,
            package
        );

        await LiveAndDieAsync(machine);
    }

    [Fact]
    public async Task A_program_in_go_gets_the_plugin_by_an_up_alone()
    {
        SkipWithout("pulumi-language-go", "go");
        await SkipUnlessAsync(
            "the Go module github.com/pulumi/pulumi/sdk/v3 cannot be downloaded",
            "go",
            "mod",
            "download",
            "github.com/pulumi/pulumi/sdk/v3@latest"
        );
        await using var server = await DownloadServer.StartAsync(await distribution.MakeAsync());
        using var machine = new FreshMachine(await distribution.MakeAsync(), server.Address);
        machine.Write("Pulumi.yaml", "name: orders-dr\nruntime: go\n");
        machine.Write("main.go", FreshMachine.Example("go"));
        var folder = await distribution.MakeAsync("go", "go");
        var archive = Path.Combine(folder, $"pulumi-{Name}-go-v{Distribution.Version}.tar.gz");
        await machine.CheckAsync("tar", "-xzf", archive, "-C", machine.Libraries);
        await machine.CheckAsync("go", "mod", "init", "orders-dr");
        await machine.CheckAsync("go", "mod", "edit", $"-replace={GoModule}={machine.Libraries}");
        await machine.CheckAsync("go", "mod", "tidy");

        await LiveAndDieAsync(machine);
    }

    [Fact]
    public async Task A_program_in_yaml_needs_the_plugin_alone_and_no_network_once_it_is_installed()
    {
        SkipWithout("pulumi-language-yaml");
        using var machine = new FreshMachine(await distribution.MakeAsync(), "http://127.0.0.1:1");
        machine.Write("Pulumi.yaml", FreshMachine.Example("yaml"));
        await InstallAsync(machine, "--file", Path.Combine(await distribution.MakeAsync(), Distribution.ArchiveName));

        await LiveAndDieAsync(machine);
    }

    [Fact]
    public async Task A_wrong_checksum_installs_nothing()
    {
        SkipWithout();
        var folder = await distribution.MakeAsync();
        await using var server = await DownloadServer.StartAsync(folder);
        using var machine = new FreshMachine(folder, server.Address);
        string[] install = ["plugin", "install", "resource", Name, Distribution.Version, "--server", server.Address];

        var wrong = await machine.RunAsync("pulumi", [.. install, "--checksum", new string('0', 64)]);
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("invalid checksum", wrong.All, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(machine.PluginFolder, Distribution.Plugin)));

        await machine.CheckAsync("pulumi", install);
        Assert.True(File.Exists(Path.Combine(machine.PluginFolder, Distribution.Plugin)));
    }

    [Fact]
    public async Task A_damaged_archive_is_an_error()
    {
        SkipWithout();
        using var machine = new FreshMachine(await distribution.MakeAsync(), "http://127.0.0.1:1");
        var archive = File.ReadAllBytes(Path.Combine(await distribution.MakeAsync(), Distribution.ArchiveName));
        var damaged = Path.Combine(machine.Program, "damaged.tar.gz");
        File.WriteAllBytes(damaged, archive[..(archive.Length / 2)]);

        var install = await machine.RunAsync(
            "pulumi",
            "plugin",
            "install",
            "resource",
            Name,
            Distribution.Version,
            "--file",
            damaged
        );

        Assert.NotEqual(0, install.ExitCode);
    }

    [Fact]
    public async Task Package_add_takes_the_plugins_file_for_a_program_in_yaml()
    {
        SkipWithout("pulumi-language-yaml");
        using var machine = new FreshMachine(await distribution.MakeAsync(), "http://127.0.0.1:1");
        machine.Write("Pulumi.yaml", FreshMachine.Example("yaml"));
        await InstallAsync(machine, "--file", Path.Combine(await distribution.MakeAsync(), Distribution.ArchiveName));
        await machine.CheckAsync("pulumi", "package", "add", await distribution.ExtractPluginAsync());

        await LiveAndDieAsync(machine);
    }

    private static void SkipWithout(params string[] commands)
    {
        foreach (var command in commands.Prepend("pulumi"))
            Assert.SkipUnless(Command.IsOnPath(command), $"{command} is not on the PATH");
    }

    private static async Task SkipUnlessAsync(string reason, string command, params string[] arguments)
    {
        var result = await Command.RunAsync(command, arguments, Path.GetTempPath());
        Assert.SkipUnless(result.ExitCode == 0, reason);
    }

    private static Task<string> InstallAsync(FreshMachine machine, params string[] options) =>
        machine.CheckAsync("pulumi", ["plugin", "install", "resource", Name, Distribution.Version, .. options]);

    private static async Task LiveAndDieAsync(FreshMachine machine)
    {
        var cloud = new SimulatedCloud(TimeProvider.System) { UsualDuration = TimeSpan.FromMilliseconds(100) };
        cloud.AddCluster(new ClusterSpec(Standby, "sh1a") { HasCreationJob = true });
        cloud.AddCluster(new ClusterSpec("cl-9np7ig3g", "pek3a") { HasCreationJob = true });
        await using var api = await SimulatorServer.StartAsync(
            new SimulatedApi(cloud),
            cancellationToken: TestContext.Current.CancellationToken
        );
        await machine.CheckAsync("pulumi", "stack", "init", "dev", "--non-interactive");
        await machine.CheckAsync("pulumi", "config", "set", $"{Name}:endpoint", api.Endpoint.ToString());
        await machine.CheckAsync("pulumi", "config", "set", "--secret", "sourcePassword", "Passwd@123");

        await machine.CheckAsync("pulumi", "preview", "--non-interactive");
        Assert.Null(cloud.LinkOf(Standby));
        await machine.CheckAsync("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
        Assert.NotNull(cloud.LinkOf(Standby));
        Assert.Equal("replicating", (await machine.CheckAsync("pulumi", "stack", "output", "state")).Trim());
        await machine.CheckAsync("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
        Assert.Null(cloud.LinkOf(Standby));
    }
}
