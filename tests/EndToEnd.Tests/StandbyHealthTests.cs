using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The programs that show whether data arrives, and the pipelines that judge what they show.</summary>
public sealed class StandbyHealthTests(PreparedExamples examples) : IDisposable
{
    /// <summary>Long enough for the nodes to have been measured.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromHours(1);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("standby-health-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task The_gates_program_shows_it()
    {
        await using var cloud = await LinkedAsync();
        using var driver = new DriverCommand(await examples.PrepareAsync("yaml-gate"), cloud.Endpoint.ToString());

        await driver.CheckAsync("up", "--skip-preview");

        AssertShown(await driver.CheckAsync("stack", "output", "--json"));
    }

    [Theory]
    [InlineData("yaml-gate")]
    [InlineData("dotnet-gate")]
    public async Task The_gates_program_shows_it_under_pulumi(string example)
    {
        PulumiCommandLine.SkipWithoutNeeds(example);
        PreparedExamples.SkipWithoutNeeds(example);
        await using var cloud = await LinkedAsync();
        await using var pulumi = await PulumiCommandLine.StartAsync(await examples.PrepareAsync(example));
        await pulumi.SetAsync("qingcloud-mysql-standby:endpoint", cloud.Endpoint.ToString());
        await pulumi.SetSecretAsync("qingcloud-mysql-standby:accessKeyId", ApiOptions.DemoAccessKeyId);
        await pulumi.SetSecretAsync("qingcloud-mysql-standby:secretAccessKey", ApiOptions.DemoSecretAccessKey);

        await pulumi.UpAsync();

        AssertShown(await pulumi.CheckAsync("stack", "output", "--json"));
    }

    [Theory]
    [InlineData("github-health.yml")]
    [InlineData("gitlab-health.yml")]
    public async Task A_pipelines_commands_fail_when_the_standby_is_not_well(string pipeline)
    {
        PulumiCommandLine.SkipWithoutNeeds("yaml");
        await using var cloud = await LinkedAsync();
        var project = Path.Combine(await examples.PrepareAsync("yaml-gate"), "Pulumi.yaml");
        File.Copy(project, Path.Combine(_directory.CreateSubdirectory("gate").FullName, "Pulumi.yaml"));
        File.Copy(
            Repository.PathOf("examples", "ci", "health-gate.cs"),
            Path.Combine(_directory.CreateSubdirectory("ci").FullName, "health-gate.cs")
        );

        var well = await RunAsync(pipeline, cloud);
        Assert.True(well.ExitCode == 0, well.All);
        Assert.Contains("The gate is open.", well.Output, StringComparison.Ordinal);

        cloud.Cloud.SetHealth("cln-ouhutv702", healthy: false);
        var sick = await RunAsync(pipeline, cloud);
        Assert.Equal(1, sick.ExitCode);
        Assert.Contains("CLOSED: node cln-ouhutv702 is active and unhealthy", sick.Output, StringComparison.Ordinal);

        cloud.Cloud.PromoteByConsole(OrdersCloud.Standby);
        Assert.Contains(
            "CLOSED: the standby does not replicate",
            (await RunAsync(pipeline, cloud)).Output,
            StringComparison.Ordinal
        );
        Assert.Equal("none", cloud.TakeSubmissions());
    }

    [Fact]
    public async Task Pulumi_lists_the_links_of_a_zone()
    {
        PulumiCommandLine.SkipWithoutNeeds("yaml");
        await using var cloud = await LinkedAsync();

        var listed = await Command.RunAsync(
            "pulumi",
            [
                "do",
                "--package",
                Path.Combine(Repository.PluginDirectory, "pulumi-resource-qingcloud-mysql-standby"),
                "qingcloud-mysql-standby:index:StandbyReplication",
                "list",
                "--zone",
                "sh1a",
                "--all",
            ],
            _directory.FullName,
            EnvironmentOf(cloud)
        );

        Assert.True(listed.ExitCode == 0, listed.All);
        Assert.Contains("sh1a/cl-ouhutv70", listed.Output, StringComparison.Ordinal);
    }

    /// <summary>A standby that was promoted once, in a rehearsal, and linked again.</summary>
    private static async Task<OrdersCloud> LinkedAsync()
    {
        var cloud = await OrdersCloud.StartAsync(Past);
        var source = new SourceEndpoint(OrdersCloud.Source, "pek3a");
        foreach (
            var step in new Func<JobView>[]
            {
                () => cloud.Cloud.StartByConsole(OrdersCloud.Standby, source),
                () => cloud.Cloud.PromoteByConsole(OrdersCloud.Standby),
                () => cloud.Cloud.StartByConsole(OrdersCloud.Standby, source),
            }
        )
        {
            var job = step();
            while (cloud.Cloud.Jobs.Single(each => each.Id == job.Id).Status != JobStatus.Successful)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        return cloud;
    }

    private static void AssertShown(string outputs)
    {
        var shown = string.Concat(outputs.Where(letter => !char.IsWhiteSpace(letter)));
        foreach (
            var part in new[]
            {
                "\"isLinked\":true",
                "\"state\":\"replicating\"",
                "\"lagSeconds\":0",
                "\"lagMeter\":\"seconds_behind_master\"",
                "\"lagMeasuredAt\":\"20",
                "\"id\":\"cln-ouhutv703\"",
                "\"health\":\"healthy\"",
                "\"summary\":\"cl-ouhutv70islinked",
                "\"lastRehearsedAt\":\"20",
                "\"linked\":true",
            }
        )
        {
            Assert.Contains(part, shown, StringComparison.Ordinal);
        }
    }

    private Task<CommandResult> RunAsync(string pipeline, OrdersCloud cloud) =>
        Command.RunAsync(
            "bash",
            ["-e", "-c", string.Join('\n', ScriptOf(pipeline))],
            _directory.FullName,
            EnvironmentOf(cloud)
        );

    /// <summary>The commands of a pipeline: GitHub's steps, or GitLab's script.</summary>
    private static IEnumerable<string> ScriptOf(string pipeline)
    {
        var yaml = new YamlStream();
        using var file = File.OpenText(Repository.PathOf("examples", "ci", pipeline));
        yaml.Load(file);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return root.Children.ContainsKey("jobs")
            ? ((YamlSequenceNode)root["jobs"]["health"]["steps"])
                .Cast<YamlMappingNode>()
                .Where(step => step.Children.ContainsKey("run"))
                .Select(step => ((YamlScalarNode)step["run"]).Value!)
            : ((YamlSequenceNode)root["standby"]["script"]).Select(line => ((YamlScalarNode)line).Value!);
    }

    private Dictionary<string, string?> EnvironmentOf(OrdersCloud cloud) =>
        new()
        {
            ["HOME"] = _directory.FullName,
            ["PULUMI_HOME"] = Path.Combine(_directory.FullName, "pulumi"),
            ["PULUMI_BACKEND_URL"] = "file://~",
            ["PULUMI_CONFIG_PASSPHRASE"] = "",
            ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
            ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true",
            ["DOTNET_CLI_HOME"] = Environment.GetEnvironmentVariable("HOME"),
            ["NUGET_PACKAGES"] =
                Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "", ".nuget", "packages"),
            ["QINGCLOUD_ACCESS_KEY"] = ApiOptions.DemoAccessKeyId,
            ["QINGCLOUD_SECRET_KEY"] = ApiOptions.DemoSecretAccessKey,
            ["QINGCLOUD_ENDPOINT"] = cloud.Endpoint.ToString(),
        };
}
