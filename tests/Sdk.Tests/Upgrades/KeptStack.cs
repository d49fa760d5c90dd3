using System.Text.Json;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Cli;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Sdk.Tests.Upgrades;

/// <summary>A stack of one link, in a folder that outlives the version that made it: the program, the state, and the
/// calls that made the cloud what it was. The same calls at the same times give the same jobs.</summary>
internal sealed class KeptStack : IDisposable
{
    public const string Standby = "cl-ouhutv70";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly PropertyMap Configuration = PropertyMap.Empty.With("sourcePassword", "Passwd@123");

    private readonly string _folder;
    private readonly World _world;
    private readonly List<RecordedCall> _calls = [];

    private KeptStack(string folder)
    {
        _folder = folder;

        // The clouds of version 0.1.0's states had no such jobs, and the ids of jobs depend on how many there were.
        var state = Path.Combine(folder, "state.json");
        var hasCreationJob =
            !File.Exists(state) || File.ReadAllText(state).Contains("fenceSource", StringComparison.Ordinal);
        _world = new World(
            clusters:
            [
                new ClusterSpec(Standby, "sh1a") { Name = "orders-standby", HasCreationJob = hasCreationJob },
                new ClusterSpec("cl-9np7ig3g", "pek3a") { Name = "orders", HasCreationJob = hasCreationJob },
            ]
        )
        {
            Network = network => new CallRecorder(network, _world!.Time, _calls),
        };
        _world.Cloud.UsualDuration = TimeSpan.Zero;
        Stack = new Stack(_world, project: "orders-dr") { Configuration = World.Configuration };
    }

    public Stack Stack { get; }
    public SimulatedCloud Cloud => _world.Cloud;

    /// <summary>The link's outputs in the state, but for the hidden anchor: a refresh adds it to a state of version
    /// 0.1.0.</summary>
    public PropertyMap Outputs => Stack.State.Find("orders-dr")!.Outputs.Without("__anchor");

    /// <summary>A stack that is made now, in an empty folder.</summary>
    public static KeptStack Begin(string folder) => new(folder);

    /// <summary>The stack that a folder keeps, with its cloud as it was, a month later.</summary>
    public static KeptStack Open(string folder)
    {
        var stack = new KeptStack(folder);
        var calls = JsonSerializer.Deserialize<List<RecordedCall>>(stack.Read("calls.json"))!;
        stack.Run(async () =>
        {
            foreach (var call in calls)
            {
                stack._world.Time.Advance(call.At - stack._world.Time.GetUtcNow());
                await stack._world.Api.AnswerAsync(call.Request, CancellationToken.None);
            }

            await stack._world.PassAsync(TimeSpan.FromDays(30));
        });
        stack.Stack.Program = new ProjectFile(folder).Program(Configuration);
        stack.Stack.State = StateFile.Read(stack.Read("state.json"));
        return stack;
    }

    public void Run(Func<Task> body) => _world.Run(body);

    public void WriteProgram(string properties)
    {
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
        Stack.Program = new ProjectFile(_folder).Program(Configuration);
    }

    public void Keep()
    {
        File.WriteAllText(Path.Combine(_folder, "calls.json"), JsonSerializer.Serialize(_calls, Indented) + "\n");
        File.WriteAllText(Path.Combine(_folder, "state.json"), StateFile.Write(Stack.State));
    }

    public void Dispose() => _world.Dispose();

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));
}
