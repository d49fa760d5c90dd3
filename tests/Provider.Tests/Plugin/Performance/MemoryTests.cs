using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;

namespace QingCloudMySqlStandby.Plugin.Performance;

/// <summary>What the provider keeps in memory: nothing of what has ended, little of what waits.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests : IDisposable
{
    private const int Clusters = 100;
    private readonly ManualTimeProvider _clock = new();
    private readonly ForgetfulCloud _cloud;
    private readonly QingCloudClient _client;
    private readonly StandbyProvider _provider;

    public MemoryTests()
    {
        _cloud = new ForgetfulCloud(_clock);
        _client = new QingCloudClient(Options, _ => null, _clock, new Random(1), _cloud);
        _provider = new StandbyProvider("0.1.0", () => default, _ => _client, new DeafLog(), _clock, new Random(1));
        SimulatedTime.Run(
            _clock,
            () => _provider.ConfigureAsync(new ConfigureRequest(World.Configuration), CancellationToken.None)
        );
    }

    private static QingCloudOptions Options { get; } =
        new()
        {
            AccessKeyId = "AKEXAMPLE",
            SecretAccessKey = new SecretText("secret"),
            Zone = World.StandbyZone,
            Endpoint = new Uri("http://127.0.0.1/iaas/"),
        };

    public void Dispose()
    {
        _client.Dispose();
        _cloud.Dispose();
    }

    [Fact]
    public void Ten_thousand_finished_operations_leave_nothing_behind()
    {
        // What fills up once, such as pools and the limiter's hour of calls, is full after this many.
        Create(5_000);
        var before = Retained();

        Create(10_000);

        // A single object for each operation would be 240,000 bytes or more.
        Assert.InRange(Retained() - before, long.MinValue, 100_000);
    }

    [Fact]
    public void A_finished_wait_keeps_nothing_of_its_caller_alive()
    {
        var callers = Enumerable.Range(0, 20).Select(_ => WaitOnce()).ToList();
        Retained();

        Assert.All(callers, caller => Assert.False(caller.IsAlive));
    }

    [Fact]
    public void A_cancelled_wait_keeps_nothing_of_its_caller_alive_while_others_wait_on()
    {
        Task<Job> others = null!;
        WeakReference caller = null!;
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                others = _client.WaitForJobAsync("pek3a", "j-1", _ => { }, CancellationToken.None);
                caller = await CancelledWaitAsync();
            }
        );
        Retained();

        Assert.False(caller.IsAlive);
        Assert.False(others.IsCompleted);
    }

    private void Create(int count) =>
        SimulatedTime.Run(
            _clock,
            async () =>
            {
                for (var done = 0; done < count; done += Clusters)
                {
                    await Task.WhenAll(Enumerable.Range(0, Clusters).Select(CreateOneAsync));

                    // More than an hour's worth of calls at once would only wait for the budget.
                    await Task.Delay(TimeSpan.FromMinutes(10), _clock);
                }

                // The clock of this test keeps timers that were given up until their time has come.
                await Task.Delay(TimeSpan.FromDays(1), _clock);
            }
        );

    private async Task CreateOneAsync(int link)
    {
        var urn = $"urn:pulumi:dev::shop::{Names.StandbyReplication}::link-{link}";
        var program = World.LinkInputs.With("clusterId", PropertyValue.Of(Fleet.ClusterOf(link)));
        var check = await _provider.CheckAsync(
            new CheckRequest(urn, Names.StandbyReplication, PropertyMap.Empty, program),
            CancellationToken.None
        );
        await _provider.CreateAsync(
            new CreateRequest(urn, Names.StandbyReplication, check.Inputs, null, Preview: false),
            CancellationToken.None
        );
    }

    private WeakReference WaitOnce()
    {
        var caller = new List<Job>();
        SimulatedTime.Run(_clock, () => _client.WaitForJobAsync("sh1a", "j-1", caller.Add, CancellationToken.None));
        Assert.Single(caller);
        return new WeakReference(caller);
    }

    private async Task<WeakReference> CancelledWaitAsync()
    {
        var caller = new List<Job>();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), _clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _client.WaitForJobAsync("pek3a", "j-2", caller.Add, cancel.Token)
        );
        return new WeakReference(caller);
    }

    private static long Retained()
    {
        for (var times = 0; times < 3; times++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
