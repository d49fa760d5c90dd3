using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>A test world, a stack in it, and the words that tests about failovers need.</summary>
internal sealed class LifecycleRig : IDisposable
{
    public LifecycleRig(int seed = 1)
    {
        World = new World(seed);
        Stack = new LinkStack(World);
    }

    public static PropertyMap Program => World.LinkInputs;
    public static PropertyMap Promoted => Program.With("promoted", PropertyValue.Of(true));

    /// <summary>The program with its consent to start over whatever job ran last.</summary>
    public PropertyMap Relink => RelinkAfter(Cloud.Jobs[0].Id);

    public static PropertyMap RelinkAfter(string jobId) => Program.With("relinkAfter", PropertyValue.Of(jobId));

    public World World { get; }
    public LinkStack Stack { get; }
    public SimulatedCloud Cloud => World.Cloud;

    public (int Starts, int Stops, int Promotions) Submissions =>
        (World.Submissions("start_standby"), World.Submissions("stop_standby"), World.Submissions("promote_standby"));

    public void Run(Func<Task> body) => World.Run(body);

    public void Dispose() => World.Dispose();

    public Task PassAsync(TimeSpan time) => Task.Delay(time, World.Time);

    /// <summary>The current time, as relinkAfter takes it.</summary>
    public string Now => Timestamp.Of(World.Time.GetUtcNow());

    public async Task UpAsync(PropertyMap? program, string expected)
    {
        var result = await Stack.UpAsync(program);
        Assert.True(result.IsSuccess, result.Message);
        Assert.Equal(expected, result.Done);
    }

    /// <summary>An up that the user breaks off after a while.</summary>
    public async Task BreakOffAsync(PropertyMap? program, TimeSpan after)
    {
        using var interrupt = new CancellationTokenSource(after, World.Time);
        var result = await Stack.UpAsync(program, interrupt.Token);
        Assert.False(result.IsSuccess);
    }

    public async Task FailOverAsync(string how)
    {
        _ = how == "promoted" ? Cloud.PromoteByConsole(World.Standby) : Cloud.StopByConsole(World.Standby);
        await PassAsync(TimeSpan.FromMinutes(5));
    }

    public async Task RefusedAsync(PropertyMap? program, params string[] reasons)
    {
        foreach (var result in new[] { await Stack.PreviewAsync(program), await Stack.UpAsync(program) })
        {
            foreach (var reason in reasons)
                Assert.Contains(reason, result.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The inputs of a program, as Check answers them.</summary>
    public static async Task<PropertyMap> CheckAsync(IProvider provider, string urn, PropertyMap program)
    {
        var check = await provider.CheckAsync(
            new CheckRequest(urn, Names.StandbyReplication, PropertyMap.Empty, program),
            CancellationToken.None
        );
        Assert.Empty(check.Failures);
        return check.Inputs;
    }

    public static Task<CreateResult> CreateAsync(
        IProvider provider,
        string urn,
        PropertyMap inputs,
        bool preview = false
    ) =>
        provider.CreateAsync(
            new CreateRequest(urn, Names.StandbyReplication, inputs, null, preview),
            CancellationToken.None
        );

    public Task DeleteAsync(IProvider provider, ResourceState stored) =>
        provider.DeleteAsync(
            new DeleteRequest(stored.Id, Stack.Urn, Names.StandbyReplication, stored.Outputs, stored.Inputs, null),
            CancellationToken.None
        );
}
