using QingCloudMySqlStandby.Doctor;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>A simulator that is served over HTTP, with a past, and the doctor who examines it.</summary>
internal sealed class DoctorRig : IAsyncDisposable
{
    public const string Zone = "sh1a";
    public const string Standby = "cl-ouhutv70";
    public const string Password = "Migrate@123";

    /// <summary>How long the clusters have been there: long enough to have been measured.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(50);

    private readonly SimulatorServer _server;

    private DoctorRig(SimulatorServer server) => _server = server;

    public SimulatedCloud Cloud => _server.Api.Cloud;
    public SimulatedApi Api => _server.Api;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DoctorRig> StartAsync(JobListing? listing = null)
    {
        var time = new ShiftedTime { Shift = -Past };
        var cloud = new SimulatedCloud(time) { UsualDuration = TimeSpan.Zero };
        cloud.AddCluster(new ClusterSpec(Standby, Zone, "orders-standby"));
        cloud.AddCluster(new ClusterSpec("cl-0ther001", Zone, "other"));
        cloud.AddCluster(new ClusterSpec("cl-9np7ig3g", "pek3a", "orders"));
        var api = new SimulatedApi(cloud, new ApiOptions { JobListing = listing });
        time.Shift = TimeSpan.Zero;
        return new DoctorRig(await SimulatorServer.StartAsync(api, 0, Token));
    }

    /// <summary>A link that a call with a key made; and another cluster, which QingCloud suspends and resumes, and which
    /// somebody stops at the console.</summary>
    public async Task LiveAsync()
    {
        using var client = Client(ChangedAnswers.None);
        var link = new LinkParameters(
            "full",
            "pek3a",
            "cl-9np7ig3g",
            "192.168.0.232",
            3306,
            "migrate_user",
            new SecretText(Password)
        );
        var call = new ServiceCall(Zone, Standby, "maininstance", ServiceNames.StartStandby, link)
        {
            RequestId = "71636d7312348112800000deadbeef00",
        };
        await client.RunServiceAsync(call, Token);
        Cloud.Suspend("cl-0ther001");
        Cloud.Resume("cl-0ther001");
        Cloud.StopCluster("cl-0ther001");
    }

    public QingCloudClient Client(HttpMessageHandler network, string secret = ApiOptions.DemoSecretAccessKey) =>
        new(
            new QingCloudOptions
            {
                AccessKeyId = ApiOptions.DemoAccessKeyId,
                SecretAccessKey = new SecretText(secret),
                Endpoint = _server.Endpoint,
                ReadPatience = TimeSpan.FromSeconds(2),
            },
            _ => null,
            TimeProvider.System,
            new Random(1),
            network
        );

    public async Task<Examination> ExamineAsync(HttpMessageHandler? network = null, string? cluster = Standby)
    {
        using var handler = network ?? ChangedAnswers.None;
        using var client = Client(handler);
        return await Examination.RunAsync(client, TimeProvider.System, Zone, cluster, Token);
    }

    /// <summary>Runs the command; gives its exit code, and everything it printed.</summary>
    public async Task<(int Code, string Output)> RunAsync(HttpMessageHandler network, params string[] args)
    {
        using var client = Client(network);
        using var output = new StringWriter();
        var code = await new DoctorCommand("1.2.3", client, TimeProvider.System).RunAsync(args, output, output, Token);
        return (code, output.ToString());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
