using QingCloudMySqlStandby.Examples.Tests.Engines;

namespace QingCloudMySqlStandby.Examples.Tests;

/// <summary>Plays the scenarios, each with a cloud of its own, and knows how they must end.</summary>
internal static class Stories
{
    /// <summary>How <see cref="Scenario.LiveAndDieAsync"/> goes.</summary>
    public static readonly string[] LifeAndDeath = [];

    /// <summary>How <see cref="Scenario.SurviveInterruptAsync"/> goes.</summary>
    public static readonly string[] Interrupted = [];

    /// <summary>How <see cref="Scenario.SwitchOverAndComeHomeAsync"/> goes.</summary>
    public static readonly string[] Switchover = [];

    /// <summary>Makes a stack of a program; the name tells stacks of one program apart.</summary>
    public delegate Task<IEngine> Engine(string program, string stack);

    public static Task<IEngine> OnSmallEngine(string program, string stack) => Task.FromResult<IEngine>(new SmallEngine(program));

    public static async Task<IEngine> OnPulumi(string program, string stack) => await PulumiCommandLine.StartAsync(program, stack);

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
}
