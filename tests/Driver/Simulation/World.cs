using System.Globalization;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>A QingCloud with clusters, a clock that jumps, and processes of the real provider and client that come and
/// go.</summary>
internal sealed class World : IPluginHost, IDisposable
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

    private readonly int _seed;
    private readonly List<IDisposable> _disposables = [];

    /// <param name="seed">The seed of all that happens by chance.</param>
    /// <param name="knobs">How this QingCloud behaves where the real one is not known; null: as by default.</param>
    /// <param name="options">How the API is set up; null: as by default, with calls enough for everything.</param>
    /// <param name="clusters">Clusters to add; null: two standbys and two sources.</param>
    public World(
        int seed = 1,
        Knobs? knobs = null,
        ApiOptions? options = null,
        IEnumerable<ClusterSpec>? clusters = null
    )
    {
        _seed = seed;
        Cloud = new SimulatedCloud(Time, seed) { Knobs = knobs ?? new Knobs() };
        Cloud.AddZone(StandbyZone);
        Cloud.AddZone(SourceZone);
        foreach (var cluster in clusters ?? Clusters)
            Cloud.AddCluster(cluster);

        Api = new SimulatedApi(Cloud, options ?? new ApiOptions { CallsPerWindow = 1_000_000 });
    }

    /// <summary>The clock of cloud, provider and engine.</summary>
    public ManualTimeProvider Time { get; } = new();

    public SimulatedCloud Cloud { get; }
    public SimulatedApi Api { get; }

    /// <summary>Exchanges the provider of each process, to show that the tests would notice a broken one.</summary>
    public Func<IProvider, IProvider> Provider { get; init; } = provider => provider;

    /// <summary>Exchanges the provider's client of the API.</summary>
    public Func<IQingCloud, IQingCloud> Client { get; init; } = client => client;

    /// <summary>Exchanges the way to the API.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Network { get; init; } = network => network;

    /// <summary>How many processes have started. The cloud's true history names the N-th one's calls
    /// <c>stack/resource#N</c>.</summary>
    public int Processes { get; private set; }

    TimeProvider IPluginHost.Clock => Time;

    /// <summary>The clusters of a world whose maker names none.</summary>
    public static IReadOnlyList<ClusterSpec> Clusters { get; } =
    [
        ClusterOf(Standby, StandbyZone),
        ClusterOf(OtherStandby, StandbyZone),
        ClusterOf(Source, SourceZone),
        ClusterOf(OtherSource, SourceZone),
    ];

    /// <summary>The configuration of the default provider of this world's stacks.</summary>
    public static PropertyMap Configuration { get; } =
        PropertyMap
            .Empty.With("accessKeyId", PropertyValue.Of(ApiOptions.DemoAccessKeyId).AsSecret())
            .With("secretAccessKey", PropertyValue.Of(ApiOptions.DemoSecretAccessKey).AsSecret())
            .With("zone", StandbyZone)
            .With("endpoint", "http://127.0.0.1/iaas/")
            .With("apiCallsPerHour", 1_000_000);

    /// <summary>The inputs of a link from <see cref="Source"/> to <see cref="Standby"/>, before Check.</summary>
    public static PropertyMap LinkInputs { get; } =
        PropertyMap
            .Empty.With("clusterId", Standby)
            .With("syncWay", "full")
            .With(
                "source",
                PropertyValue.Of(
                    PropertyMap
                        .Empty.With("clusterId", Source)
                        .With("zone", SourceZone)
                        .With("host", "192.168.0.232")
                        .With("user", "migrate_user")
                        .With("password", PropertyValue.Of("Passwd@123").AsSecret())
                )
            );

    /// <summary>A cluster with a name.</summary>
    public static ClusterSpec ClusterOf(string id, string zone) =>
        new(id, zone) { Name = "name of " + id, HasCreationJob = true };

    /// <summary>A link as a program declares it.</summary>
    public static Resource Link(string name, PropertyMap? inputs = null, ResourceOptions? options = null) =>
        new(name, QingCloudMySqlStandby.Link.Schema.Names.StandbyReplication, inputs ?? LinkInputs)
        {
            Options = options ?? new ResourceOptions(),
        };

    /// <summary>An instance of the provider as a program declares it.</summary>
    public static Resource Instance(string name, PropertyMap? configuration = null) =>
        new(
            name,
            Resource.ProviderPrefix + QingCloudMySqlStandby.Link.Schema.Names.Package,
            configuration ?? Configuration
        );

    /// <summary>A stack in this world.</summary>
    public Stack NewStack(string name = "dev", params IEnumerable<Resource> resources) =>
        new(this, name) { Configuration = Configuration, Program = StackProgram.Of(resources) };

    /// <summary>How many times a standby service was submitted, carried out or not.</summary>
    public int Submissions(string service) =>
        Api.Calls.Of("RunClusterCustomService").Count(call => call.Service == service);

    /// <summary>Runs a test's body on the simulated clock.</summary>
    public void Run(Func<Task> body) => SimulatedTime.Run(Time, body);

    /// <summary>Lets time pass.</summary>
    public Task PassAsync(TimeSpan time) => Task.Delay(time, Time);

    /// <summary>A process of the provider that belongs to no run, configured: for single calls, as <c>pulumi do</c>
    /// makes them.</summary>
    public async Task<ProviderProcess> StartAsync(IEngineLog log, PropertyMap? configuration = null)
    {
        var process = NewProcess("none", log, () => null, dying => dying.Kill());
        await process.Provider.ConfigureAsync(new ConfigureRequest(configuration ?? Configuration), process.Cancelled);
        return process;
    }

    /// <summary>The provider of a process that belongs to no run, configured; its messages are not kept.</summary>
    public async Task<IProvider> StartProviderAsync(PropertyMap? configuration = null) =>
        (await StartAsync(new DeafLog(), configuration)).Provider;

    /// <summary>A client of the API, of its own.</summary>
    public QingCloudClient NewClient() =>
        new(
            new QingCloudOptions
            {
                AccessKeyId = ApiOptions.DemoAccessKeyId,
                SecretAccessKey = new SecretText(ApiOptions.DemoSecretAccessKey),
                Endpoint = new Uri("http://127.0.0.1/iaas/"),
                ApiCallsPerHour = 1_000_000,
            },
            _ => null,
            Time,
            new Random(_seed),
            Network(new LabelledNetwork(Api, _ => "client"))
        );

    Func<IEngineLog, Task<IPlugin>> IPluginHost.Begin(Stack stack, RunOptions options, Action die)
    {
        var (processes, calls) = (new List<ProviderProcess>(), 0);
        return async log =>
        {
            // A process takes a moment to start: what one did and what the next does never falls on one instant.
            await Task.Delay(TimeSpan.FromMilliseconds(100), Time);
            var process = NewProcess(stack.Name, log, NextCall, Die);
            processes.Add(process);
            return process;
        };

        Kill? NextCall() => ++calls == options.Kill?.Call ? options.Kill : null;

        void Die(ProviderProcess process)
        {
            if (options.Kill is { PluginOnly: true })
            {
                process.Kill();
                return;
            }

            processes.ForEach(each => each.Kill());
            die();
        }
    }

    public void Dispose() => _disposables.ForEach(each => each.Dispose());

    private ProviderProcess NewProcess(string stack, IEngineLog log, Func<Kill?> nextCall, Action<ProviderProcess> die)
    {
        var number = (++Processes).ToString(CultureInfo.InvariantCulture);
        var network = Network(new LabelledNetwork(Api, resource => $"{stack}/{resource}#{number}"));
        var process = new ProviderProcess(Time, network, nextCall, die, each => Provide(each, log));
        _disposables.Add(process);
        return process;
    }

    private IProvider Provide(ProviderProcess process, IEngineLog log) =>
        Provider(
            new StandbyProvider(
                "0.1.0",
                () => "{}"u8.ToArray(),
                options =>
                    Client(
                        new QingCloudClient(
                            options with
                            {
                                MaxAnswerBytes = MaxAnswerBytes,
                            },
                            _ => null,
                            process.Clock,
                            new Random(_seed),
                            process.Network
                        )
                    ),
                log,
                process.Clock,
                new Random(_seed + Processes)
            )
        );

    /// <summary>The way to the API; each call has a label of the resource that it is made for.</summary>
    private sealed class LabelledNetwork(SimulatedApi api, Func<string, string> labelOf) : HttpMessageHandler
    {
        private readonly Dictionary<string, HttpMessageInvoker> _networks = new(StringComparer.Ordinal);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var label = labelOf(ProviderCall.CurrentResource);
            if (!_networks.TryGetValue(label, out var network))
                network = _networks[label] = new HttpMessageInvoker(new SimulatorHandler(api, label));

            return network.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var network in _networks.Values)
                network.Dispose();

            base.Dispose(disposing);
        }
    }
}
