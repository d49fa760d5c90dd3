using QingCloudMySqlStandby.Examples.Tests.Engines;

namespace QingCloudMySqlStandby.Examples.Tests;

/// <summary>Plays the scenarios, each with a cloud of its own, and knows how they must end.</summary>
internal static class Stories
{
    /// <summary>How a line begins that counts reads: the engines have to agree on them, no test says how many there are.</summary>
    public const string Reads = "reads: ";

    /// <summary>How <see cref="Scenario.LiveAndDieAsync"/> goes.</summary>
    public static readonly string[] LifeAndDeath =
    [
        "preview: create orders-dr; ordered: none",
        "up; ordered: start_standby=1",
        Replicating("j-83grnfcx3n1"),
        "outputs: jobId=j-83grnfcx3n1 state=replicating",
        "preview: ; ordered: none",
        "refresh; ordered: none",
        Replicating("j-83grnfcx3n1"),
        "outputs: jobId=j-83grnfcx3n1 state=replicating",
        "import; ordered: none",
        Replicating("j-83grnfcx3n1"),
        "outputs: ",
        "destroy; ordered: stop_standby=1",
        "outputs: ",
        "no link",
    ];

    /// <summary>How <see cref="Scenario.SurviveInterruptAsync"/> goes.</summary>
    public static readonly string[] Interrupted =
    [
        "ordered: 1",
        Replicating("j-83grnfcx3n1"),
        "outputs: jobId=j-83grnfcx3n1 state=replicating",
        "no link",
    ];

    /// <summary>How <see cref="Scenario.SwitchOverAndComeHomeAsync"/> goes.</summary>
    public static readonly string[] Switchover =
    [
        "step 1",
        "preview: create orders-dr; ordered: none",
        "up; ordered: start_standby=1",
        Replicating("j-83grnfcx3n1"),
        "outputs: ordersDr=replicating",
        "primaries: cl-9np7ig3g",

        "step 2",
        "preview: update orders-dr; ordered: none",
        "up; ordered: promote_standby=1",
        Promoted("j-8bzonamppy3"),
        "outputs: ordersDr=promoted",
        "primaries: cl-ouhutv70 cl-9np7ig3g",

        "step 3",
        "preview: create orders-back; ordered: none",
        "up; ordered: start_standby=1",
        BackLink("replicating", isPromoted: false, "j-5ds6sbtvkpp"),
        Promoted("j-8bzonamppy3"),
        "outputs: ordersBack=replicating ordersDr=promoted",
        "primaries: cl-ouhutv70",

        "step 4",
        "preview: update orders-back; ordered: none",
        "up; ordered: promote_standby=1",
        BackLink("promoted", isPromoted: true, "j-0ztu2ii9zod"),
        Promoted("j-8bzonamppy3"),
        "outputs: ordersBack=promoted ordersDr=promoted",
        "primaries: cl-ouhutv70 cl-9np7ig3g",

        "step 5",
        "preview: delete orders-back, replace orders-dr; ordered: none",
        "up; ordered: start_standby=1",
        Replicating("j-fooh8ci6coe", allowRelink: true),
        "outputs: ordersDr=replicating",
        "primaries: cl-9np7ig3g",

        "destroy; ordered: stop_standby=1",
        "outputs: ",
    ];

    /// <summary>Makes a stack of a program; the name tells stacks of one program apart.</summary>
    public delegate Task<IEngine> Engine(string program, string stack);

    public static Task<IEngine> OnSmallEngine(string program, string stack) => Task.FromResult<IEngine>(new SmallEngine(program));

    public static async Task<IEngine> OnPulumi(string program, string stack) => await PulumiCommandLine.StartAsync(program, stack);

    /// <summary>Fails with the whole story when it went otherwise; reads count where they are expected.</summary>
    public static void AssertEqual(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var withReads = expected.Any(line => line.StartsWith(Reads, StringComparison.Ordinal));
        var compared = actual.Where(line => withReads || !line.StartsWith(Reads, StringComparison.Ordinal));
        var (wanted, told) = (string.Join('\n', expected), string.Join('\n', compared));
        Assert.True(wanted == told, $"Expected:\n{wanted}\n\nActual:\n{told}\n");
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

    private static string Replicating(string job, bool allowRelink = false) => Link("replicating", isPromoted: false, allowRelink, job);

    private static string Promoted(string job) => Link("promoted", isPromoted: true, allowRelink: false, job);

    private static string Link(string state, bool isPromoted, bool allowRelink, string job) =>
        $"orders-dr sh1a/cl-ouhutv70 state={state} promoted={Text(isPromoted)} syncWay=full role=maininstance onDelete=stop "
        + $"allowRelink={Text(allowRelink)} clusterName=orders-standby clusterStatus=active jobId={job}";

    private static string BackLink(string state, bool isPromoted, string job) =>
        $"orders-back pek3a/cl-9np7ig3g state={state} promoted={Text(isPromoted)} syncWay=increment role=maininstance onDelete=stop "
        + $"allowRelink=false clusterName=orders clusterStatus=active jobId={job}";

    private static string Text(bool flag) => flag ? "true" : "false";
}
