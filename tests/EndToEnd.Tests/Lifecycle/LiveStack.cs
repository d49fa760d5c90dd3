using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>A stack whose plugin is the real process and whose cloud is the simulator.</summary>
internal sealed class LiveStack : IAsyncDisposable
{
    public const string Password = "Passwd@123 with blanks";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lifecycle-tests-");

    private LiveStack(SimulatedCloudServer server)
    {
        Server = server;
        Program();
    }

    public SimulatedCloudServer Server { get; }
    public SimulatedCloud Cloud => Server.Cloud;
    public WatchedOutput Output { get; } = new();
    public string SecretAccessKey { get; init; } = ApiOptions.DemoSecretAccessKey;
    public Stack Engine => new(Options);

    /// <summary>Everything that was shown and kept: no secret may be in it.</summary>
    public string Traces => Output + File.ReadAllText(StateFile);

    private string StateFile => Path.Combine(_directory.FullName, "state.json");

    private StackOptions Options =>
        new()
        {
            Directory = _directory.FullName,
            StateFile = StateFile,
            Passphrase = "open sesame",
            Config = new Dictionary<string, string> { ["qingcloud-mysql-standby:endpoint"] = Server.Endpoint },
            Secrets = new Dictionary<string, string>
            {
                ["sourcePassword"] = Password,
                ["qingcloud-mysql-standby:accessKeyId"] = ApiOptions.DemoAccessKeyId,
                ["qingcloud-mysql-standby:secretAccessKey"] = SecretAccessKey,
            },
            PluginPaths = new Dictionary<string, string> { ["qingcloud-mysql-standby"] = Repository.PluginDirectory },
            Output = Output,
            ShowDiff = true,
        };

    public static async Task<LiveStack> StartAsync(string secretAccessKey = ApiOptions.DemoSecretAccessKey) =>
        new(await SimulatedCloudServer.StartAsync()) { SecretAccessKey = secretAccessKey };

    /// <summary>The link of examples/yaml, with properties of the test's own.</summary>
    public void Program(string properties = "") =>
        Write(
            $$"""
            resources:
              orders-dr:
                type: qingcloud-mysql-standby:StandbyReplication
                properties:
                  clusterId: cl-ouhutv70
                  zone: sh1a
                  syncWay: full
                  {{properties}}
                  source:
                    clusterId: cl-9np7ig3g
                    zone: pek3a
                    host: 192.168.0.232
                    user: migrate_user
                    password: ${sourcePassword}
            """
        );

    public void EmptyProgram() => Write("");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Output.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private void Write(string resources) =>
        File.WriteAllText(
            Path.Combine(_directory.FullName, "Pulumi.yaml"),
            $"name: shop\nruntime: yaml\nconfig:\n  sourcePassword:\n    type: string\n    secret: true\n{resources}\n"
        );
}
