using QingCloudMySqlStandby.Environments.Time;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Environments;

/// <summary>A QingCloud with clusters, a clock that the test moves, and processes of the provider that come and go:
/// everything between the plugin's protocol and the wire is the real thing.</summary>
internal sealed class TestEnvironment : IDisposable
{
    public const string Standby = "cl-ouhutv70";
    public const string OtherStandby = "cl-ouhutv71";
    public const string Source = "cl-9np7ig3g";
    public const string OtherSource = "cl-9np7ig3h";
    public const string StandbyZone = "sh1a";
    public const string SourceZone = "pek3a";

    /// <summary>Histories meet an endless answer now and then: to read sixteen megabytes of each would take most of
    /// their time.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly SimulatorHandler _handler;
    private readonly int _seed;
    private int _processes;

    public TestEnvironment(
        int seed = 1,
        int callsPerHour = 1_000_000,
        Action<Call>? observer = null,
        Echo echo = Echo.Full
    )
    {
        _seed = seed;
        Clock = new ManualTimeProvider();
        Cloud = new SimulatedCloud(Clock, seed);
        Cloud.AddZone(StandbyZone);
        Cloud.AddZone(SourceZone);
        foreach (
            var (id, zone) in new[]
            {
                (Standby, StandbyZone),
                (OtherStandby, StandbyZone),
                (Source, SourceZone),
                (OtherSource, SourceZone),
            }
        )
        {
            Cloud.AddCluster(new ClusterSpec(id, zone) { Name = "name of " + id, HasCreationJob = true });
        }

        var listing = new JobListing(echo);
        Api = new SimulatedApi(
            Cloud,
            new ApiOptions
            {
                CallsPerWindow = callsPerHour,
                Observer = observer,
                JobListing = listing,
            }
        );
        _handler = new SimulatorHandler(Api);
    }

    public ManualTimeProvider Clock { get; }
    public SimulatedCloud Cloud { get; }
    public SimulatedApi Api { get; }
    public RecordedLog Log { get; } = new();

    /// <summary>Every call that an engine made for a resource of any stack, oldest first.</summary>
    public IList<Operation> Operations { get; } = [];

    /// <summary>The endpoint in place of QingCloud's, and whose account it is.</summary>
    public static PropertyMap Configuration { get; } =
        PropertyMap
            .Empty.With("accessKeyId", PropertyValue.Of(ApiOptions.DemoAccessKeyId).AsSecret())
            .With("secretAccessKey", PropertyValue.Of(ApiOptions.DemoSecretAccessKey).AsSecret())
            .With("zone", PropertyValue.Of(StandbyZone))
            .With("endpoint", PropertyValue.Of("http://127.0.0.1/iaas/"))
            .With("apiCallsPerHour", PropertyValue.Of(1_000_000));

    /// <summary>What a program declares, before Check.</summary>
    public static PropertyMap Program { get; } =
        PropertyMap
            .Empty.With("clusterId", PropertyValue.Of(Standby))
            .With("syncWay", PropertyValue.Of("full"))
            .With(
                "source",
                PropertyValue.Of(
                    PropertyMap
                        .Empty.With("clusterId", PropertyValue.Of(Source))
                        .With("zone", PropertyValue.Of(SourceZone))
                        .With("host", PropertyValue.Of("192.168.0.232"))
                        .With("user", PropertyValue.Of("migrate_user"))
                        .With("password", PropertyValue.Of("Passwd@123").AsSecret())
                )
            );

    /// <summary>How many times a standby service was submitted, carried out or not.</summary>
    public int Submissions(string service) =>
        Api.Calls.Of("RunClusterCustomService").Count(call => call.Service == service);

    /// <summary>A new process of the provider, configured.</summary>
    public async Task<IProvider> StartProviderAsync(PropertyMap? configuration = null)
    {
        var process = new ProcessGroup(this).Start();
        await process.Provider.ConfigureAsync(
            new ConfigureRequest(configuration ?? Configuration),
            CancellationToken.None
        );
        return process.Provider;
    }

    /// <summary>A provider in a process: with the process's view of the clock, and its wire.</summary>
    internal StandbyProvider NewProvider(ProviderProcess process, ProviderVariant? variant) =>
        new(
            "0.1.0",
            () => "{}"u8.ToArray(),
            options =>
            {
                IQingCloud cloud = new QingCloudClient(
                    options with
                    {
                        MaxAnswerBytes = MaxAnswerBytes,
                    },
                    _ => null,
                    process.Clock,
                    new Random(_seed),
                    process.Network
                );
                return variant?.Cloud(cloud) ?? cloud;
            },
            Log,
            process.Clock,
            new Random(_seed + ++_processes)
        );

    /// <summary>The way to the API, or what a broken build makes of it.</summary>
    internal HttpMessageHandler NetworkOf(ProviderVariant? variant) => variant?.Network(_handler) ?? _handler;

    /// <summary>A client of the simulated API, of its own.</summary>
    public QingCloudClient NewClient()
    {
        var options = new QingCloudOptions
        {
            AccessKeyId = ApiOptions.DemoAccessKeyId,
            SecretAccessKey = new SecretText(ApiOptions.DemoSecretAccessKey),
            Endpoint = new Uri("http://127.0.0.1/iaas/"),
            ApiCallsPerHour = 1_000_000,
        };
        return new QingCloudClient(options, _ => null, Clock, new Random(_seed), _handler);
    }

    /// <summary>Runs a test's body on the simulated clock.</summary>
    public void Run(Func<Task> body) => SimulatedTime.Run(Clock, body);

    public void Dispose() => _handler.Dispose();
}
