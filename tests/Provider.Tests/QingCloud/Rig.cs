using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.QingCloud.Client;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A client, its fake API and its clock.</summary>
internal sealed class Rig : IDisposable
{
    public const string SecretKey = "s3cr3t/KEY+value";
    public const string Password = "Passwd@123 \"'\\";

    public Rig(QingCloudOptions? options = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        Api = new FakeApi(Clock);
        Client = new QingCloudClient(
            options ?? Options,
            name => environment?.GetValueOrDefault(name),
            Clock,
            new Random(7),
            Api
        );
    }

    public static QingCloudOptions Options { get; } =
        new()
        {
            AccessKeyId = "AKEXAMPLE",
            SecretAccessKey = new SecretText(SecretKey),
            Zone = "sh1a",
            Endpoint = new Uri("https://api.test/iaas/"),
        };

    public static LinkParameters Link { get; } =
        new("full", "pek3a", "cl-source", "192.168.0.232", 3306, "migrate_user", new SecretText(Password));

    public static ServiceCall Start { get; } =
        new("sh1a", "cl-standby", "maininstance", ServiceNames.StartStandby, Link);

    public ManualTimeProvider Clock { get; } = new();
    public FakeApi Api { get; }
    public QingCloudClient Client { get; }
    public TimeSpan Elapsed => TimeSpan.FromTicks(Clock.GetTimestamp());

    public void Run(Func<Task> body) => SimulatedTime.Run(Clock, body);

    public T Run<T>(Func<Task<T>> body)
    {
        T result = default!;
        SimulatedTime.Run(Clock, async () => result = await body());
        return result;
    }

    public CancellationToken After(TimeSpan delay) => new CancellationTokenSource(delay, Clock).Token;

    public void Dispose()
    {
        Client.Dispose();
        Api.Dispose();
    }
}
