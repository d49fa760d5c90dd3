using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>After every kind of failover, whatever is run with an unchanged program starts no link: a hundred sequences
/// of each.</summary>
public sealed class FailoverSequenceTests
{
    private const int Sequences = 100;
    private const int LongestSequence = 8;

    private static readonly Dictionary<string, Func<LifecycleRig, Task<PropertyMap>>> Kinds = new(
        StringComparer.Ordinal
    )
    {
        ["promoted at the console"] = rig => AtConsoleAsync(rig, "promoted"),
        ["stopped at the console"] = rig => AtConsoleAsync(rig, "stopped"),
        ["stopped at the console because the standby lagged"] = LaggingAsync,
        ["stopped at the console after a promotion of ours was refused"] = RefusedPromotionAsync,
        ["switched over by the program"] = SwitchedOverAsync,
        ["switched over by the program, the state file older"] = SwitchedOverWithOldStateAsync,
        ["switched over by a program that was broken off"] = SwitchoverBrokenOffAsync,
        ["promoted after a create was broken off"] = CreateBrokenOffAsync,
        ["promoted after an update was broken off"] = UpdateBrokenOffAsync,
        ["promoted, and the jobs gone from the history"] = PurgedAsync,
        ["promoted after a create was broken off, and the jobs gone"] = CreateBrokenOffAndPurgedAsync,
        ["promoted, and the program's password changed"] = rig => WithOtherProgramAsync(rig, "password", "An0ther!"),
        ["promoted, and the program's source changed"] = rig =>
            WithOtherProgramAsync(rig, "clusterId", World.OtherSource),
        ["promoted, and the state file lost"] = StateLostAsync,
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_that_is_run_afterwards_starts_a_link(string kind)
    {
        for (var seed = 1; seed <= Sequences; seed++)
        {
            using var rig = new LifecycleRig(seed);
            rig.Run(() => FollowAsync(rig, kind, new Random(seed)));
        }
    }

    private static async Task FollowAsync(LifecycleRig rig, string kind, Random random)
    {
        var program = await Kinds[kind](rig);
        var starts = rig.World.Submissions("start_standby");
        var done = new List<string>();
        for (var left = random.Next(1, LongestSequence + 1); left > 0; left--)
        {
            done.Add(await StepAsync(rig, program, random.Next(4)));
            await rig.PassAsync(TimeSpan.FromSeconds(random.Next(1, 1000)));
        }

        Assert.True(
            starts == rig.World.Submissions("start_standby"),
            $"{kind}: {string.Join(", ", done)} started a link"
        );
        Assert.Contains(World.Standby, rig.Cloud.Writable);
    }

    private static async Task<string> StepAsync(LifecycleRig rig, PropertyMap program, int choice)
    {
        switch (choice)
        {
            case 0:
                await rig.Stack.PreviewAsync(program);
                return "preview";
            case 1:
                await rig.Stack.RefreshAsync();
                return "refresh";
            case 2:
                await rig.Stack.RefreshAsync();
                await rig.Stack.UpAsync(program);
                return "up --refresh";
            default:
                await rig.Stack.UpAsync(program);
                return "up";
        }
    }

    private static async Task<PropertyMap> AtConsoleAsync(LifecycleRig rig, string how)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        await rig.FailOverAsync(how);
        return LifecycleRig.Program;
    }

    private static async Task<PropertyMap> LaggingAsync(LifecycleRig rig)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        rig.Cloud.SetLagging(World.Standby);
        await rig.FailOverAsync("promoted");
        await rig.FailOverAsync("stopped");
        return LifecycleRig.Program;
    }

    private static async Task<PropertyMap> RefusedPromotionAsync(LifecycleRig rig)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        rig.Cloud.SetLagging(World.Standby);
        Assert.False((await rig.Stack.UpAsync(LifecycleRig.Promoted)).IsSuccess);
        await rig.FailOverAsync("stopped");
        return LifecycleRig.Promoted;
    }

    private static async Task<PropertyMap> SwitchedOverAsync(LifecycleRig rig)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        await rig.UpAsync(LifecycleRig.Promoted, "update");
        return LifecycleRig.Promoted;
    }

    /// <summary>The program was taken back to before the switchover as well, as when a branch is.</summary>
    private static async Task<PropertyMap> SwitchedOverWithOldStateAsync(LifecycleRig rig)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        var before = rig.Stack.Stored;
        await rig.UpAsync(LifecycleRig.Promoted, "update");
        rig.Stack.Stored = before;
        return LifecycleRig.Program;
    }

    private static async Task<PropertyMap> SwitchoverBrokenOffAsync(LifecycleRig rig)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        rig.Cloud.SetDuration("promote_standby", TimeSpan.FromMinutes(20));
        await rig.BreakOffAsync(LifecycleRig.Promoted, TimeSpan.FromMinutes(5));
        await rig.PassAsync(TimeSpan.FromHours(1));
        return LifecycleRig.Promoted;
    }

    private static async Task<PropertyMap> CreateBrokenOffAsync(LifecycleRig rig)
    {
        rig.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
        await rig.BreakOffAsync(LifecycleRig.Program, TimeSpan.FromMinutes(10));
        await rig.PassAsync(TimeSpan.FromHours(2));
        await rig.FailOverAsync("promoted");
        return LifecycleRig.Program;
    }

    private static async Task<PropertyMap> UpdateBrokenOffAsync(LifecycleRig rig)
    {
        await rig.UpAsync(LifecycleRig.Program, "create");
        rig.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
        var changed = LifecycleRig.Program.WithSource("host", PropertyValue.Of("10.0.0.9"));
        await rig.BreakOffAsync(changed, TimeSpan.FromMinutes(10));
        await rig.PassAsync(TimeSpan.FromHours(2));
        await rig.FailOverAsync("promoted");
        return changed;
    }

    private static async Task<PropertyMap> PurgedAsync(LifecycleRig rig)
    {
        rig.Cloud.PlanJobs(new JobPlan { VanishesAfter = TimeSpan.FromHours(3), Times = null });
        await rig.UpAsync(LifecycleRig.Program, "create");
        await rig.FailOverAsync("promoted");
        await rig.PassAsync(TimeSpan.FromDays(1));
        return LifecycleRig.Program;
    }

    private static async Task<PropertyMap> CreateBrokenOffAndPurgedAsync(LifecycleRig rig)
    {
        rig.Cloud.PlanJobs(new JobPlan { VanishesAfter = TimeSpan.FromHours(3), Times = null });
        await CreateBrokenOffAsync(rig);
        await rig.PassAsync(TimeSpan.FromDays(1));
        return LifecycleRig.Program;
    }

    private static async Task<PropertyMap> WithOtherProgramAsync(LifecycleRig rig, string name, string value)
    {
        await AtConsoleAsync(rig, "promoted");
        return LifecycleRig.Program.WithSource(name, PropertyValue.Of(value));
    }

    private static async Task<PropertyMap> StateLostAsync(LifecycleRig rig)
    {
        await AtConsoleAsync(rig, "promoted");
        rig.Stack.Stored = null;
        return LifecycleRig.Program;
    }
}
