using System.Net;
using System.Net.Sockets;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Values;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;

namespace QingCloudMySqlStandby.Plugin.Performance;

/// <summary>Nothing is read, made or connected before a call needs it.</summary>
[Collection(nameof(Alone))]
public sealed class StartUpTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ForgetfulCloud _cloud;
    private readonly List<string> _touched = [];

    public StartUpTests() => _cloud = new ForgetfulCloud(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public void Neither_environment_nor_file_nor_network_is_touched_before_a_call_needs_them() =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                var provider = NewProvider(new DeafLog());
                await provider.CheckConfigAsync(
                    new CheckRequest("", "", PropertyMap.Empty, Configuration),
                    CancellationToken.None
                );
                await provider.ConfigureAsync(new ConfigureRequest(Configuration), CancellationToken.None);
                var check = await provider.CheckAsync(
                    new CheckRequest(Urn, Names.StandbyReplication, PropertyMap.Empty, Program),
                    CancellationToken.None
                );
                await provider.DiffAsync(
                    new DiffRequest(
                        "sh1a/cl-ouhutv70",
                        Urn,
                        Names.StandbyReplication,
                        check.Inputs,
                        check.Inputs,
                        check.Inputs,
                        IgnoreChanges: []
                    ),
                    CancellationToken.None
                );
                Assert.Equal(["client"], _touched);

                await provider.CreateAsync(
                    new CreateRequest(Urn, Names.StandbyReplication, check.Inputs, null, Preview: true),
                    CancellationToken.None
                );
                Assert.Contains("environment", _touched);
                Assert.True(_cloud.Requests > 0);
                Assert.DoesNotContain("schema", _touched);
            }
        );

    [Fact]
    public async Task The_engine_is_not_connected_and_the_schema_not_read_before_they_are_needed()
    {
        using var engine = new TcpListener(IPAddress.Loopback, 0);
        engine.Start();
        await using var plugin = await RunningPlugin.StartAsync(NewProvider, stdin: null, $"{engine.LocalEndpoint}");

        await plugin.Client.HandshakeAsync(new(), cancellationToken: Token);
        Assert.Empty(_touched);
        await plugin.Client.ConfigureAsync(
            new() { Args = StructWriter.Write(Configuration) },
            cancellationToken: Token
        );
        Assert.Equal(["client"], _touched);

        var schema = await plugin.Client.GetSchemaAsync(new(), cancellationToken: Token);
        Assert.Equal("not JSON: nobody may parse this", schema.Schema);
        Assert.Equal(["client", "schema"], _touched);
        Assert.False(engine.Pending());
    }

    private static string Urn => $"urn:pulumi:dev::shop::{Names.StandbyReplication}::orders-dr";

    /// <summary>The keys are to be found; a folder in the place of the credentials file fails whoever reads it too
    /// early.</summary>
    private static PropertyMap Configuration { get; } =
        World
            .Configuration.Without("accessKeyId")
            .Without("secretAccessKey")
            .With("credentialsFile", PropertyValue.Of(Path.GetTempPath()));

    private static PropertyMap Program { get; } = World.LinkInputs.With("zone", PropertyValue.Of("sh1a"));

    private StandbyProvider NewProvider(IEngineLog log) =>
        new(
            "0.1.0",
            () =>
            {
                _touched.Add("schema");
                return "not JSON: nobody may parse this"u8.ToArray();
            },
            options =>
            {
                _touched.Add("client");
                return new QingCloudClient(options, FromEnvironment, _clock, new Random(1), _cloud);
            },
            log,
            _clock,
            new Random(1)
        );

    private string? FromEnvironment(string name)
    {
        _touched.Add("environment");
        return name switch
        {
            "QINGCLOUD_ACCESS_KEY" => "AKEXAMPLE",
            "QINGCLOUD_SECRET_KEY" => "secret",
            _ => null,
        };
    }
}
