using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Environments.Time;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.Sdk.Tests.Packages;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Sdk.Tests.Upgrades;

/// <summary>A stack of one link, in a folder that outlives the version that made it: the program, the state, and the
/// calls that made the cloud what it was. The cloud's clock stands still, so that the calls give the same jobs whenever
/// they are played.</summary>
internal sealed class KeptStack : IDisposable
{
    public const string Standby = "cl-ouhutv70";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _folder;
    private readonly ManualTimeProvider _clock;
    private readonly SimulatedApi _api;
    private readonly CallRecorder _network;

    private KeptStack(string folder, DateTimeOffset start)
    {
        _folder = folder;
        _clock = new ManualTimeProvider(start);
        Cloud = new SimulatedCloud(_clock) { UsualDuration = TimeSpan.Zero };

        // The clouds of version 0.1.0's states had no such jobs, and the ids of jobs depend on how many there were.
        var state = Path.Combine(folder, "state.json");
        var isOfEarlierVersion =
            File.Exists(state) && !File.ReadAllText(state).Contains("fenceSource", StringComparison.Ordinal);
        Cloud.AddCluster(
            new ClusterSpec(Standby, "sh1a") { Name = "orders-standby", HasCreationJob = !isOfEarlierVersion }
        );
        Cloud.AddCluster(
            new ClusterSpec("cl-9np7ig3g", "pek3a") { Name = "orders", HasCreationJob = !isOfEarlierVersion }
        );
        _api = new SimulatedApi(Cloud);
        _network = new CallRecorder(new SimulatorHandler(_api), _clock);
    }

    public SimulatedCloud Cloud { get; }
    public StringWriter Output { get; } = new();

    public Stack Engine =>
        new(
            new StackOptions
            {
                Directory = _folder,
                StateFile = Path.Combine(_folder, "state.json"),
                Passphrase = "open sesame",
                Config = new Dictionary<string, string>
                {
                    ["qingcloud-mysql-standby:endpoint"] = "http://127.0.0.1/iaas/",
                },
                Secrets = new Dictionary<string, string>
                {
                    ["sourcePassword"] = "Passwd@123",
                    ["qingcloud-mysql-standby:accessKeyId"] = ApiOptions.DemoAccessKeyId,
                    ["qingcloud-mysql-standby:secretAccessKey"] = ApiOptions.DemoSecretAccessKey,
                },
                HostedPlugins = new Dictionary<string, Func<Plugin.IEngineLog, Plugin.IProvider>>
                {
                    ["qingcloud-mysql-standby"] = log => new StandbyProvider(
                        Distribution.Version,
                        () => "{}"u8.ToArray(),
                        options => new QingCloudClient(
                            options,
                            _ => null,
                            TimeProvider.System,
                            new Random(1),
                            _network
                        ),
                        log,
                        TimeProvider.System,
                        new Random(1)
                    ),
                },
                Output = Output,
            }
        );

    /// <summary>A stack that is made now, in an empty folder.</summary>
    public static KeptStack Begin(string folder) => new(folder, WholeSecond(TimeProvider.System.GetUtcNow()));

    /// <summary>The stack that a folder keeps, with its cloud as it was, as much later as it is now.</summary>
    public static async Task<KeptStack> OpenAsync(string folder)
    {
        var calls = JsonSerializer.Deserialize<List<RecordedCall>>(
            await File.ReadAllTextAsync(Path.Combine(folder, "calls.json"))
        )!;
        var stack = new KeptStack(folder, calls[0].At);
        foreach (var call in calls)
        {
            stack.Advance(call.At);
            await stack._api.AnswerAsync(call.Request);
        }

        stack.Advance(WholeSecond(TimeProvider.System.GetUtcNow()));
        return stack;
    }

    public void WriteProgram(string properties) =>
        File.WriteAllText(
            Path.Combine(_folder, "Pulumi.yaml"),
            $$"""
            name: orders-dr
            runtime: yaml
            config:
              sourcePassword:
                type: string
                secret: true
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

    public void KeepCalls() =>
        File.WriteAllText(
            Path.Combine(_folder, "calls.json"),
            JsonSerializer.Serialize(_network.Calls, Indented) + "\n"
        );

    /// <summary>The link's outputs in the state file, but for the password: each run encrypts it anew.</summary>
    public string Outputs()
    {
        var state = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "state.json")))!["state"]!;
        var link = state["resources"]!.AsArray().Single(resource => (string?)resource!["id"] == $"sh1a/{Standby}")!;
        link["outputs"]!["source"]!.AsObject().Remove("password");
        return link["outputs"]!.ToJsonString();
    }

    public void Dispose()
    {
        Output.Dispose();
        _network.Dispose();
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private void Advance(DateTimeOffset to) => _clock.Advance(to - _clock.GetUtcNow());
}
