using System.Net;
using System.Net.Sockets;
using QingCloudMySqlStandby.Simulator.Api;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>Previews in CI: without credentials, without the network, by the commands of the pipelines.</summary>
public sealed class CiPreviewTests(PreparedExamples examples) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ci-preview-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_preview_without_credentials_calls_nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        using var driver = new DriverCommand(
            await examples.PrepareAsync("yaml"),
            $"http://{listener.LocalEndpoint}/iaas/",
            hasCredentials: false,
            NoCredentials()
        );
        var preview = await driver.CheckAsync("preview");

        Assert.Contains("orders-dr create", preview, StringComparison.Ordinal);
        Assert.False(listener.Pending(), "The preview has called the endpoint.");
    }

    [Fact]
    public async Task With_credentials_the_listener_would_have_been_called()
    {
        await using var cloud = await OrdersCloud.StartAsync();
        using var driver = new DriverCommand(await examples.PrepareAsync("yaml"), cloud.Endpoint.ToString());

        await driver.CheckAsync("preview");

        Assert.NotEqual(0, cloud.Calls.Total);
    }

    [Theory]
    [InlineData("github-preview.yml")]
    [InlineData("gitlab-preview.yml")]
    public void A_pipeline_shows_the_difference_asks_the_gate_and_has_no_key_of_the_cloud(string pipeline)
    {
        var script = ScriptOf(pipeline);

        Assert.Contains(
            script,
            line =>
                line.Contains("pulumi preview --refresh=false ", StringComparison.Ordinal)
                && line.Contains("--diff", StringComparison.Ordinal)
        );
        Assert.Contains(
            script,
            line => line.Contains("dotnet run ci/link-gate.cs -- preview.json", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("QINGCLOUD_", File.ReadAllText(FileOf(pipeline)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github-preview.yml")]
    [InlineData("gitlab-preview.yml")]
    public async Task A_pipelines_commands_refuse_a_stopped_link_until_it_is_allowed(string pipeline)
    {
        PulumiCommandLine.SkipWithoutNeeds("yaml");
        await using var cloud = await OrdersCloud.StartAsync();
        var infra = _directory.CreateSubdirectory("infra").FullName;
        var project = Path.Combine(infra, "Pulumi.yaml");
        File.Copy(Path.Combine(await examples.PrepareAsync("yaml"), "Pulumi.yaml"), project);
        File.Copy(
            Repository.PathOf("examples", "ci", "link-gate.cs"),
            Path.Combine(_directory.CreateSubdirectory("ci").FullName, "link-gate.cs")
        );
        await using var engine = await PulumiCommandLine.StartAsync(infra, "prod");
        await engine.SetAsync("qingcloud-mysql-standby:endpoint", cloud.Endpoint.ToString());
        await engine.SetSecretAsync("sourcePassword", "Passwd@123");
        var credentials = new Dictionary<string, string?>
        {
            ["QINGCLOUD_ACCESS_KEY"] = ApiOptions.DemoAccessKeyId,
            ["QINGCLOUD_SECRET_KEY"] = ApiOptions.DemoSecretAccessKey,
        };
        await Command.CheckAsync(
            "pulumi",
            ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "prod"],
            infra,
            new Dictionary<string, string?>(credentials.Concat(engine.Environment).DistinctBy(variable => variable.Key))
        );
        cloud.TakeSubmissions();

        Assert.Equal(0, (await RunAsync(pipeline, engine)).ExitCode);

        var token = TestContext.Current.CancellationToken;
        var program = await File.ReadAllTextAsync(project, token);
        await File.WriteAllTextAsync(project, program.Split("resources:")[0], token);
        var refused = await RunAsync(pipeline, engine);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "REFUSED: orders-dr would be deleted: the link is stopped",
            refused.Output,
            StringComparison.Ordinal
        );

        await File.WriteAllTextAsync(Path.Combine(infra, "allowed-link-changes"), "orders-dr:stop\n", token);
        Assert.Equal(0, (await RunAsync(pipeline, engine)).ExitCode);
        Assert.Equal("none", cloud.TakeSubmissions());
    }

    private static string FileOf(string pipeline) => Repository.PathOf("examples", "ci", pipeline);

    /// <summary>The commands of a pipeline: GitHub's steps, or GitLab's script.</summary>
    private static List<string> ScriptOf(string pipeline)
    {
        var yaml = new YamlStream();
        yaml.Load(File.OpenText(FileOf(pipeline)));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return root.Children.ContainsKey("jobs")
            ?
            [
                .. ((YamlSequenceNode)root["jobs"]["preview"]["steps"])
                    .Cast<YamlMappingNode>()
                    .Where(step => step.Children.ContainsKey("run"))
                    .Select(step => ((YamlScalarNode)step["run"]).Value!),
            ]
            : [.. ((YamlSequenceNode)root["preview"]["script"]).Select(line => ((YamlScalarNode)line).Value!)];
    }

    private Task<CommandResult> RunAsync(string pipeline, PulumiCommandLine engine) =>
        Command.RunAsync(
            "bash",
            ["-e", "-c", string.Join('\n', ScriptOf(pipeline))],
            _directory.FullName,
            new Dictionary<string, string?>(engine.Environment.UnionBy(NoCredentials(), variable => variable.Key))
            {
                ["STACK"] = "prod",
            }
        );

    /// <summary>An environment in which no credentials are to be found.</summary>
    private Dictionary<string, string?> NoCredentials() =>
        new()
        {
            ["HOME"] = _directory.FullName,
            ["QINGCLOUD_ACCESS_KEY"] = null,
            ["QINGCLOUD_SECRET_KEY"] = null,
            ["QINGCLOUD_ENDPOINT"] = null,
            ["QINGCLOUD_ZONE"] = null,
        };
}
