using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Starts that fail, and what the next run makes of it. E1, E2, E12, E20.</summary>
public sealed class FailedStartTrials
{
    private const string ByItself = "by itself";

    public static MatrixTheoryData<string, int, string> Relinks =>
        new(["promoted", "stopped"], [4, 6, 90], [Trial.CtrlC, Trial.TimeLimit, Trial.Kill, ByItself]);

    public static MatrixTheoryData<int, string, int> Rotations => new([1, 10, 120], [Trial.CtrlC, ByItself], [1, 24]);

    /// <summary>E1: a relink that fails is no first start; the failover before it needs consent as before.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void A_relink_that_fails_leaves_the_failover_protected(string how, int minutesAfter, string end)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var failover = await LinkFailOverAndRelinkInVainAsync(trial, how, minutesAfter, end);

            var refresh = new RunOptions { Refresh = true };
            await trial.RefusedAsync(failover, Trial.Program, refresh);
            await trial.UpAsync("", Trial.Promoted, refresh);
            Assert.Equal(how, trial.State);
            Assert.Null(trial.Follows);
        });
    }

    /// <summary>E1: the consent that was given for the failover permits another try.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void A_relink_that_fails_can_be_tried_again_with_the_same_consent(string how, int minutesAfter, string end)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var failover = await LinkFailOverAndRelinkInVainAsync(trial, how, minutesAfter, end);

            await trial.UpAsync("S(full)", Trial.RelinkAfter(failover), new RunOptions { Refresh = true });
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E1: nor is one of somebody else, which fails just so.</summary>
    [Theory]
    [InlineData("promoted", false)]
    [InlineData("promoted", true)]
    [InlineData("stopped", false)]
    [InlineData("stopped", true)]
    public void A_start_of_somebody_else_that_fails_leaves_the_failover_protected(string how, bool isStateLost)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            var failover = await trial.FailOverAsync(how);
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.Failed, "1236"));
            await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Standby, Trial.From(World.Source)));
            if (isStateLost)
                trial.Stack.State = StackState.Empty;

            await trial.RefusedAsync(failover, Trial.WithOtherHost);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(failover));
        });
    }

    /// <summary>E15: a start that failed is taken over only where it named the declared source.</summary>
    [Fact]
    public void A_start_from_another_source_that_failed_is_not_taken_over()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Refused });
        trial.Run(async () =>
        {
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.DoneWithFailure, TakesEffect: true));
            var start = await trial.AtConsoleAsync(cloud =>
                cloud.StartByConsole(World.Standby, Trial.From(World.OtherSource))
            );
            var refused = await trial.FailsAsync("S(full)!1400", Trial.RelinkAfter(start));
            Trial.Names(refused, "pulumi import");
            Assert.DoesNotContain("takes the link over", string.Join('\n', refused.Errors), StringComparison.Ordinal);
            Assert.Equal(World.OtherSource, trial.Follows);
        });
    }

    /// <summary>E2: the second half of a restart that failed is made up for, and with <c>increment</c>.</summary>
    [Theory]
    [MemberData(nameof(Rotations))]
    public void A_start_that_fails_after_a_rotation_is_made_again_with_increment(int minutes, string end, int hours)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var rotated = await LinkAndRotateInVainAsync(trial, minutes, end, hours);

            await trial.UpAsync("S(increment)", rotated);
            Assert.Equal("replicating", trial.State);
            await trial.UpAsync("", rotated, new RunOptions { Refresh = true });
        });
    }

    /// <summary>E2: in place of the second half, the program may accept that the link has ended.</summary>
    [Theory]
    [MemberData(nameof(Rotations))]
    public void A_start_that_fails_after_a_rotation_can_be_given_up(int minutes, string end, int hours)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var rotated = await LinkAndRotateInVainAsync(trial, minutes, end, hours);

            await trial.UpAsync("", rotated.With("promoted", true));
            Assert.Equal("stopped", trial.State);
            await trial.UpAsync("", rotated.With("promoted", true), new RunOptions { Refresh = true });
        });
    }

    /// <summary>E12: where only a full copy helps, consent to the stop makes one, and the error says so.</summary>
    [Theory]
    [InlineData("full")]
    [InlineData("increment")]
    public void Where_increment_cannot_work_consent_starts_in_full(string declared)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync($"S({declared})", Trial.Program.With("syncWay", declared));
            await FallBehindForEverAsync(trial);

            var edited = Trial.WithOtherHost.With("syncWay", declared);
            var first = await trial.FailsAsync("X S(increment)", edited);
            var stop = trial.JobOf("stop_standby");
            Trial.Names(first, "relinkAfter: " + stop);
            var second = await trial.FailsAsync("S(increment)", edited.Source("host", "192.168.0.234"));
            Trial.Names(second, "relinkAfter: " + stop);

            await trial.UpAsync("S(full)", Trial.RelinkAfter(stop, edited.With("syncWay", "full")));
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E20: that a stop of this resource was to be followed by a start is forgotten after an hour, where no
    /// state mentions it.</summary>
    [Theory]
    [InlineData(true, 21)]
    [InlineData(true, 1)]
    [InlineData(false, 21)]
    public void Weeks_after_a_replacement_that_failed_half_way_a_start_needs_consent(bool destroyed, int days)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await ReplaceInVainAsync(trial);
            var stop = trial.JobOf("stop_standby");
            if (destroyed)
                await trial.DestroyAsync("");

            await trial.PassAsync(TimeSpan.FromDays(days));
            await trial.RefusedAsync(stop);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(stop));
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>The other side of E20: within the hour the replacement is completed.</summary>
    [Fact]
    public void Soon_after_a_replacement_that_failed_half_way_the_start_follows()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await ReplaceInVainAsync(trial);
            await trial.PassAsync(TimeSpan.FromMinutes(10));
            await trial.UpAsync("S(full)");
            Assert.Equal("replicating", trial.State);
        });
    }

    private static async Task<string> LinkFailOverAndRelinkInVainAsync(
        Trial trial,
        string how,
        int minutesAfter,
        string end
    )
    {
        await trial.UpAsync("S(full)");
        await trial.PassAsync(TimeSpan.FromHours(1));
        var failover = await trial.FailOverAsync(how);
        await trial.PassAsync(TimeSpan.FromMinutes(minutesAfter - 10 < 0 ? 0 : minutesAfter - 10));

        trial.Cloud.PlanJobs(
            new JobPlan("start_standby", JobOutcome.Failed, "1236", Duration: TimeSpan.FromMinutes(30))
        );
        await trial.BreakOffAsync(
            end,
            TimeSpan.FromMinutes(5),
            "S(full)",
            Trial.RelinkAfter(failover),
            new RunOptions { Refresh = true }
        );
        await trial.PassAsync(TimeSpan.FromHours(1));
        return failover;
    }

    private static async Task<PropertyMap> LinkAndRotateInVainAsync(Trial trial, int minutes, string end, int hours)
    {
        await trial.UpAsync("S(full)");
        await trial.PassAsync(TimeSpan.FromHours(1));
        trial.Cloud.SetDuration("stop_standby", TimeSpan.FromMinutes(minutes));
        trial.Cloud.PlanJobs(
            new JobPlan("start_standby", JobOutcome.Failed, "1045", Duration: TimeSpan.FromMinutes(30))
        );
        var rotated = Trial.Program.Password("An0ther@456");
        await trial.BreakOffAsync(end, TimeSpan.FromMinutes(minutes + 5), "X S(increment)", rotated);
        await trial.PassAsync(TimeSpan.FromHours(hours));
        return rotated;
    }

    private static async Task FallBehindForEverAsync(Trial trial)
    {
        trial.Cloud.SetLagging(World.Standby);
        trial.Cloud.WriteTo(World.Source);
        await trial.PassAsync(TimeSpan.FromDays(30));
    }

    private static async Task ReplaceInVainAsync(Trial trial)
    {
        trial.Options = new ResourceOptions { DeleteBeforeReplace = true };
        await trial.UpAsync("S(full)", Trial.Program);
        await trial.PassAsync(TimeSpan.FromHours(1));
        trial.World.Api.AddFault("ret=2400,service=start_standby");
        await trial.FailsAsync("X S(full)!", Trial.Program, new RunOptions { Replace = [Trial.Name] });
    }
}
