using QingCloudMySqlStandby.EndToEnd.Tests.Engines;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>Plays the scenarios, each with a cloud of its own, and knows how they must end.</summary>
internal static class Stories
{
    /// <summary>How a line begins that counts reads: the engines have to agree on them, no test says how many there
    /// are.</summary>
    public const string Reads = "reads: ";

    /// <summary>The job of the switchover example's promotion.</summary>
    private const string Promotion = "j-8bzonamppy3";

    /// <summary>How <see cref="Scenario.LiveAndDieAsync"/> goes.</summary>
    public static readonly string[] LifeAndDeath =
    [
        "preview: create orders-dr; submitted: none",
        "up; submitted: start_standby=1",
        Replicating("j-83grnfcx3n1"),
        "outputs: jobId=j-83grnfcx3n1 state=replicating",
        "preview: ; submitted: none",
        "refresh; submitted: none",
        Replicating("j-83grnfcx3n1"),
        "outputs: jobId=j-83grnfcx3n1 state=replicating",
        "import; submitted: none",
        Replicating("j-83grnfcx3n1"),
        "outputs: ",
        "destroy; submitted: stop_standby=1",
        "outputs: ",
        "no link",
    ];

    /// <summary>How <see cref="Scenario.SurviveInterruptAsync"/> goes.</summary>
    public static readonly string[] Interrupted =
    [
        "submitted: 1",
        Replicating("j-83grnfcx3n1"),
        "outputs: jobId=j-83grnfcx3n1 state=replicating",
        "no link",
    ];

    /// <summary>How <see cref="Scenario.SwitchOverAndComeHomeAsync"/> goes.</summary>
    public static readonly string[] Switchover =
    [
        "step 1",
        "preview: create orders-dr; submitted: none",
        "up; submitted: start_standby=1",
        Replicating("j-83grnfcx3n1"),
        "outputs: ordersDr=replicating ordersDrJob=j-83grnfcx3n1",
        "primaries: cl-9np7ig3g",
        "step 2",
        "preview: update orders-dr; submitted: none",
        "up; submitted: promote_standby=1",
        Promoted(Promotion),
        $"outputs: ordersDr=promoted ordersDrJob={Promotion}",
        "primaries: cl-ouhutv70 cl-9np7ig3g",
        "step 3",
        "preview: create orders-back; submitted: none",
        "up; submitted: start_standby=1",
        BackLink("replicating", isPromoted: false, "j-5ds6sbtvkpp"),
        Promoted(Promotion),
        $"outputs: ordersBack=replicating ordersDr=promoted ordersDrJob={Promotion}",
        "primaries: cl-ouhutv70",
        "step 4",
        "preview: update orders-back; submitted: none",
        "up; submitted: promote_standby=1",
        BackLink("promoted", isPromoted: true, "j-0ztu2ii9zod"),
        Promoted(Promotion),
        $"outputs: ordersBack=promoted ordersDr=promoted ordersDrJob={Promotion}",
        "primaries: cl-ouhutv70 cl-9np7ig3g",
        "step 5",
        "preview: delete orders-back, update orders-dr; submitted: none",
        "up; submitted: start_standby=1",
        Replicating("j-fooh8ci6coe", relinkAfter: Promotion),
        "outputs: ordersDr=replicating ordersDrJob=j-fooh8ci6coe",
        "primaries: cl-9np7ig3g",
        "destroy; submitted: stop_standby=1",
        "outputs: ",
    ];

    /// <summary>Makes a stack of a program; the name distinguishes stacks of one program.</summary>
    public delegate Task<IEngine> Engine(string program, string stack);

    public static Task<IEngine> OnSmallEngine(string program, string stack) =>
        Task.FromResult<IEngine>(new SmallEngine(program));

    /// <summary>Its settings are a file beside the program, where a small engine at work must not read them.</summary>
    public static async Task<IEngine> OnPulumi(string program, string stack) =>
        await PulumiCommandLine.StartAsync(program, $"pulumi-{stack}");

    /// <summary>Fails with the whole story when it went otherwise; reads count where they are expected.</summary>
    public static void AssertEqual(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var withReads = expected.Any(line => line.StartsWith(Reads, StringComparison.Ordinal));
        var compared = actual.Where(line => withReads || !line.StartsWith(Reads, StringComparison.Ordinal));
        var (wanted, shown) = (string.Join('\n', expected), string.Join('\n', compared));
        Assert.True(wanted == shown, $"Expected:\n{wanted}\n\nActual:\n{shown}\n");
    }

    public static async Task<IReadOnlyList<string>> LiveAndDieAsync(string program, Engine start)
    {
        await using var cloud = OrdersCloud.Start();
        await using var engine = await start(program, "dev");
        await using var other = await start(program, "imported");
        var scenario = new Scenario(cloud);
        await scenario.LiveAndDieAsync(engine, other);
        return scenario.Story;
    }

    public static async Task<IReadOnlyList<string>> SurviveInterruptAsync(string program, Engine start)
    {
        await using var cloud = OrdersCloud.Start();
        await using var engine = await start(program, "dev");
        var scenario = new Scenario(cloud);
        await scenario.SurviveInterruptAsync(engine);
        return scenario.Story;
    }

    public static async Task<IReadOnlyList<string>> SwitchOverAsync(string program, Engine start)
    {
        await using var cloud = OrdersCloud.Start();
        await using var engine = await start(program, "dev");
        var scenario = new Scenario(cloud);
        await scenario.SwitchOverAndComeHomeAsync(engine);
        return scenario.Story;
    }

    private static string Replicating(string job, string relinkAfter = "") =>
        Link("replicating", isPromoted: false, relinkAfter, job);

    private static string Promoted(string job) => Link("promoted", isPromoted: true, relinkAfter: "", job);

    private static string Link(string state, bool isPromoted, string relinkAfter, string job) =>
        $"orders-dr sh1a/cl-ouhutv70 state={state} promoted={Text(isPromoted)} syncWay=full role=maininstance "
        + $"onDelete=stop relinkAfter={relinkAfter} clusterName=orders-standby clusterStatus=active jobId={job}";

    private static string BackLink(string state, bool isPromoted, string job) =>
        $"orders-back pek3a/cl-9np7ig3g state={state} promoted={Text(isPromoted)} syncWay=increment role=maininstance "
        + $"onDelete=stop relinkAfter= clusterName=orders clusterStatus=active jobId={job}";

    private static string Text(bool flag) => flag ? "true" : "false";
}
