using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Links that have ended, or may have, in other ways than by a stop or a promotion that succeeded. E15, E16,
/// E19, E21, E22.</summary>
public sealed class EndTrials
{
    private const string Console = "the console";
    private const string Timer = "a timer";
    private const string Script = "a script";
    private const string Suspension = "a suspension";

    private static readonly RunOptions Refresh = new() { Refresh = true };

    public static MatrixTheoryData<string, StandbyTab> ClusterStops =>
        new([Console, Timer, Script, Suspension], [StandbyTab.Source, StandbyTab.Absent]);

    public static MatrixTheoryData<bool, bool, StandbyTab> Recoveries =>
        new([true, false], [true, false], [StandbyTab.Source, StandbyTab.Absent]);

    /// <summary>E15: a start that failed and nevertheless made the link, where no tab shows it: unknown, and an import
    /// adopts it.</summary>
    [Fact]
    public void A_start_that_may_have_taken_effect_is_unknown_and_can_be_imported()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.DoneWithFailure, TakesEffect: true));
            var first = await trial.FailsAsync("S(full)");
            Trial.Names(first, Trial.Id);
            Assert.Equal("unknown", trial.State);
            for (var run = 0; run < 2; run++)
            {
                var again = await trial.Stack.UpAsync();
                Assert.False(again.Succeeded);
                Trial.Names(again, "import");
                Trial.Names(again, Trial.Id);
                Assert.DoesNotContain("X", trial.TakeCalls(), StringComparison.Ordinal);
            }

            await ImportInPlaceAsync(trial);
            await trial.UpAsync("", Trial.Program);
            await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E15: where it did not take effect, the next run starts, with nothing edited.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_start_that_took_no_effect_is_made_again(bool refreshed)
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.DoneWithFailure, TakesEffect: false));
            await trial.FailsAsync("S(full)");
            await trial.UpAsync("S(full)", options: new RunOptions { Refresh = refreshed });
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E15: consent that names the start takes the link over, as the error says.</summary>
    [Fact]
    public void A_start_that_may_have_taken_effect_can_be_taken_over_by_consent()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.DoneWithFailure, TakesEffect: true));
            await trial.FailsAsync("S(full)");
            var start = trial.JobOf("start_standby");
            await trial.UpAsync("", Trial.RelinkAfter(start));
            Assert.Equal("replicating", trial.State);
            await trial.UpAsync("X S(increment)", Trial.RelinkAfter(start, Trial.WithOtherHost));
            await trial.DestroyAsync("X");
        });
    }

    /// <summary>E15: a deletion loses no link that it cannot see: it stops it, or keeps the resource.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void A_destroy_after_a_start_that_may_have_taken_effect_loses_no_link(bool takesEffect, bool refreshed)
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.DoneWithFailure, TakesEffect: takesEffect));
            await trial.FailsAsync("S(full)");
            if (refreshed)
                await trial.RefreshAsync();

            var result = await trial.Stack.DestroyAsync();
            var isKept = trial.Stack.State.Find(Trial.Name) is not null;
            Assert.True(isKept || trial.Follows is null, "the link runs on, and no state has it");
            if (isKept)
                Trial.Names(result, "pulumi state delete");
        });
    }

    /// <summary>E15: where a tab shows what the start did, that is what counts.</summary>
    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "S(full)")]
    public void What_a_start_did_that_failed_is_read_from_the_tab(bool takesEffect, string next)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.DoneWithFailure, TakesEffect: takesEffect));
            await trial.Stack.UpAsync();
            Assert.Equal("S(full)", trial.TakeCalls());
            await trial.UpAsync(next);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E16: a stop that failed, where no tab shows what it did: the state is unknown, not replicating.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stop_that_may_have_taken_effect_leaves_the_state_unknown(bool takesEffect)
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            var (stop, failed) = await StopInVainAsync(trial, takesEffect);
            Assert.Equal("unknown", trial.State);
            Trial.Names(failed, stop);
            await trial.RefreshAsync();
            Assert.Equal("unknown", trial.State);
        });
    }

    /// <summary>E16: consent to the stop is the way out where the link has ended.</summary>
    [Fact]
    public void A_stop_that_failed_and_took_effect_is_got_over_by_consent()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            var (stop, failed) = await StopInVainAsync(trial, takesEffect: true);
            Trial.Names(failed, "relinkAfter: " + stop);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(stop, Trial.WithOtherHost));
            Assert.Equal("replicating", trial.State);
            await trial.UpAsync("", options: Refresh);
        });
    }

    /// <summary>E16: where the link is still there, the refusal of the start names the import that adopts it.</summary>
    [Fact]
    public void A_stop_that_failed_and_took_no_effect_is_got_over_by_an_import()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            var (stop, _) = await StopInVainAsync(trial, takesEffect: false);
            var refused = await trial.FailsAsync("S(full)!1400", Trial.RelinkAfter(stop, Trial.WithOtherHost));
            Trial.Names(refused, "import");
            Trial.Names(refused, Trial.Id);
            Assert.Equal(World.Source, trial.Follows);

            await ImportInPlaceAsync(trial);
            await trial.UpAsync("", Trial.Program);
            await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
        });
    }

    /// <summary>E16: a destroy whose stop failed and took effect does not fail for ever.</summary>
    [Fact]
    public void A_destroy_whose_stop_failed_and_took_effect_has_a_way_out()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            trial.Cloud.PlanJobs(new JobPlan("stop_standby", JobOutcome.DoneWithFailure, TakesEffect: true));
            var failed = await trial.Stack.DestroyAsync();
            trial.Expect(failed, succeeds: false, "X");
            Trial.Names(failed, "pulumi state delete");
            await trial.RefreshAsync();
            Assert.Equal("unknown", trial.State);

            var again = await trial.Stack.DestroyAsync();
            if (!again.Succeeded)
                Trial.Names(again, "pulumi state delete");
        });
    }

    /// <summary>E16: where the link is still there, the way that a second destroy names stops it.</summary>
    [Fact]
    public void A_destroy_whose_stop_failed_and_took_no_effect_has_a_way_out()
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            trial.Cloud.PlanJobs(new JobPlan("stop_standby", JobOutcome.DoneWithFailure, TakesEffect: false));
            trial.Expect(await trial.Stack.DestroyAsync(), succeeds: false, "X");
            var again = await trial.Stack.DestroyAsync();
            if (!again.Succeeded)
            {
                await trial.UpAsync("", Trial.RelinkAfter(Trial.ConsentIn(again)));
                await trial.DestroyAsync("X");
            }

            Assert.Null(trial.Follows);
        });
    }

    /// <summary>E16: where a tab shows that the stop took effect, the restart goes on, at once or in the next
    /// run.</summary>
    [Theory]
    [InlineData(true, "X S(increment)")]
    [InlineData(false, "X X S(increment)")]
    public void What_a_stop_did_that_failed_is_read_from_the_tab(bool takesEffect, string calls)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await EditWhereTheStopFailsAsync(trial, takesEffect);
            var result = await trial.Stack.UpAsync();
            trial.Expect(result, succeeds: true, calls);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E16: the same of a promotion that failed: it may be a failover.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_promotion_that_may_have_taken_effect_is_not_undone(bool takesEffect)
    {
        using var trial = new Trial(new Knobs { StandbyTab = StandbyTab.Absent });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            trial.Cloud.PlanJobs(
                new JobPlan("promote_standby", JobOutcome.DoneWithFailure, TakesEffect: takesEffect, Times: null)
            );
            var promotion = await trial.AtConsoleAsync(cloud => cloud.PromoteByConsole(World.Standby));
            await trial.RefreshAsync();
            Assert.Equal("unknown", trial.State);
            await trial.RefusedAsync(promotion, Trial.WithOtherHost);
            trial.Stack.State = StackState.Empty;
            await trial.RefusedAsync(promotion, Trial.Program);
        });
    }

    /// <summary>E16: a promotion that failed on a cluster that was never linked is read as "without a link".</summary>
    [Fact]
    public void A_promotion_that_failed_on_a_cluster_without_a_link_is_no_failover()
    {
        using var trial = new Trial(new Knobs { PromoteWithoutLink = WithoutLink.JobFails });
        trial.Run(async () =>
        {
            await trial.FailOverAsync("promoted");
            trial.Options = new ResourceOptions { Get = Trial.Id };
            var look = await trial.UpAsync("", PropertyMap.Empty);
            Assert.Equal("stopped", trial.State);
            Assert.Contains("without a link", string.Join('\n', look.Warnings), StringComparison.Ordinal);

            // Whoever promoted it took it for a standby: a start needs consent.
            trial.Stack.State = StackState.Empty;
            trial.Options = new ResourceOptions();
            var refused = await trial.RefusedAsync("relinkAfter", Trial.Program);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(Trial.ConsentIn(refused)));
        });
    }

    /// <summary>E19: what others link after the cluster was stopped is theirs.</summary>
    [Theory]
    [InlineData(World.Source)]
    [InlineData(World.OtherSource)]
    public void A_link_that_others_make_after_a_cluster_was_stopped_is_theirs(string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await StopAndStartClusterAsync(trial, Timer);
            var start = await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Standby, Trial.From(source)));
            await trial.RefusedAsync(start, Trial.WithOtherHost);
            trial.Stack.State = StackState.Empty;
            await trial.RefusedAsync(start, Trial.Program);
            Assert.Equal(source, trial.Follows);
        });
    }

    /// <summary>E19: a stop of the cluster ends the link, and is protected like every failover.</summary>
    [Theory]
    [MemberData(nameof(ClusterStops))]
    public void A_cluster_that_was_stopped_is_no_standby(string by, StandbyTab tab)
    {
        using var trial = new Trial(new Knobs { StandbyTab = tab, StopWithoutLink = WithoutLink.JobSucceeds });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            var end = await StopAndStartClusterAsync(trial, by);

            await trial.RefusedAsync(end, Trial.WithOtherHost);
            trial.Declare(Trial.Program);
            var refreshed = await trial.RefreshAsync();
            Assert.Equal(("stopped", end), (trial.State, trial.JobId));
            Assert.Contains(end, string.Join('\n', refreshed.Warnings), StringComparison.Ordinal);
            await trial.RefusedAsync(end, options: Refresh);

            await trial.UpAsync("S(full)", Trial.RelinkAfter(end));
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E19: it can be accepted like every failover too.</summary>
    [Theory]
    [MemberData(nameof(ClusterStops))]
    public void A_cluster_that_was_stopped_can_be_accepted(string by, StandbyTab tab)
    {
        using var trial = new Trial(new Knobs { StandbyTab = tab });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await StopAndStartClusterAsync(trial, by);
            await trial.UpAsync("", Trial.Promoted, Refresh);
            Assert.Equal("stopped", trial.State);
            await trial.UpAsync("", Trial.Promoted, Refresh);
            await trial.DestroyAsync("");
        });
    }

    /// <summary>E19: with the state lost, Create does not start over it.</summary>
    [Theory]
    [MemberData(nameof(ClusterStops))]
    public void A_cluster_that_was_stopped_is_not_overwritten_by_a_create(string by, StandbyTab tab)
    {
        using var trial = new Trial(new Knobs { StandbyTab = tab });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            var end = await StopAndStartClusterAsync(trial, by);
            trial.Stack.State = StackState.Empty;
            await trial.RefusedAsync(end);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(end));
        });
    }

    /// <summary>E21: a state without the output <c>state</c> is no dead end.</summary>
    [Theory]
    [InlineData("stopped", false)]
    [InlineData("stopped", true)]
    [InlineData("promoted", false)]
    [InlineData("promoted", true)]
    public void A_state_without_its_state_converges(string how, bool refreshed)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            var end = await trial.FailOverAsync(how);
            Edit(trial, outputs => outputs.Without("state"));
            if (refreshed)
            {
                await trial.RefreshAsync();
                Assert.Equal(how, trial.State);
            }

            await trial.RefusedAsync(end, Trial.WithOtherHost);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(end));
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E21: a link that is there is read again.</summary>
    [Theory]
    [InlineData("state")]
    [InlineData("jobId")]
    [InlineData("startedAt")]
    public void A_state_that_lacks_an_output_is_completed_by_a_refresh(string output)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            Edit(trial, outputs => outputs.Without(output));
            await trial.RefreshAsync();
            Assert.Equal(("replicating", trial.JobOf("start_standby")), (trial.State, trial.JobId));
            await trial.UpAsync("");
        });
    }

    /// <summary>E22: a cluster that was deleted and recovered has no link, and is no cluster that never had one.</summary>
    [Theory]
    [MemberData(nameof(Recoveries))]
    public void A_cluster_that_was_recovered_is_no_standby(bool droppedByRefresh, bool relinked, StandbyTab tab)
    {
        using var trial = new Trial(new Knobs { StandbyTab = tab });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            var end = await trial.AtConsoleAsync(cloud => cloud.DeleteCluster(World.Standby));
            if (droppedByRefresh)
                await trial.RefreshAsync();

            await trial.AtConsoleAsync(cloud => cloud.RecoverCluster(World.Standby));
            await trial.RefusedAsync(end, Trial.WithOtherHost);
            if (relinked)
            {
                await trial.UpAsync("S(full)", Trial.RelinkAfter(end));
                Assert.Equal("replicating", trial.State);
            }
            else if (!droppedByRefresh)
            {
                await trial.UpAsync("", Trial.Promoted, Refresh);
                Assert.Equal("stopped", trial.State);
            }
        });
    }

    /// <summary>E22: a cluster that is deleted while a deletion asks for its link is gone.</summary>
    [Fact]
    public void A_destroy_of_a_cluster_that_has_just_been_deleted_succeeds()
    {
        using var trial = new Trial(new Knobs { JobsListedAfter = TimeSpan.FromMinutes(1) });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            trial.Cloud.DeleteCluster(World.Standby);
            await trial.Stack.DestroyAsync();
            Assert.Null(trial.Stack.State.Find(Trial.Name));
        });
    }

    /// <summary>E19: after a stop of this resource before a start, it is the first end by others that counts.</summary>
    [Theory]
    [InlineData(Console)]
    [InlineData(Timer)]
    [InlineData(Suspension)]
    public void A_restart_that_was_broken_off_names_the_first_end_by_others(string by)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.BreakOffAsync(Trial.Kill, TimeSpan.FromSeconds(1), "X", Trial.WithOtherHost);
            await trial.PassAsync(TimeSpan.FromMinutes(10));
            var end = await StopAndStartClusterAsync(trial, by);
            Assert.Equal(end, Trial.ConsentIn(await trial.RefusedAsync(end)));
            await trial.UpAsync("S(full)", Trial.RelinkAfter(end, Trial.WithOtherHost));
        });
    }

    /// <summary>An end that no job shows stays accepted, whoever started the link.</summary>
    [Fact]
    public void An_unexplained_end_stays_accepted_by_the_new_half_of_a_replacement()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            trial.Stack.Taint(Trial.Name);
            trial.Cloud.CutLink(World.Standby);
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.UpAsync("", Trial.Promoted);
            Assert.Equal("stopped", trial.State);

            await trial.RefreshAsync();
            Assert.Equal("stopped", trial.State);
            var again = await trial.Stack.UpAsync();
            Assert.DoesNotContain(again.Steps, step => step.Kind == StepKind.Update);
        });
    }

    private static async Task<(string Stop, RunResult Failed)> StopInVainAsync(Trial trial, bool takesEffect)
    {
        await trial.UpAsync("S(full)");
        await trial.PassAsync(TimeSpan.FromHours(1));
        var failed = await EditWhereTheStopFailsAsync(trial, takesEffect);
        trial.Expect(failed, succeeds: false, "X");
        return (trial.JobOf("stop_standby"), failed);
    }

    private static Task<RunResult> EditWhereTheStopFailsAsync(Trial trial, bool takesEffect)
    {
        trial.Cloud.PlanJobs(new JobPlan("stop_standby", JobOutcome.DoneWithFailure, TakesEffect: takesEffect));
        trial.Declare(Trial.WithOtherHost);
        return trial.Stack.UpAsync();
    }

    /// <summary>Takes the resource out of the state, and imports it: what the messages say.</summary>
    private static async Task ImportInPlaceAsync(Trial trial)
    {
        if (trial.Stack.State.Find(Trial.Name) is not null)
            trial.Stack.Forget(Trial.Name);

        trial.TakeCalls();
        trial.Expect(await trial.Stack.ImportAsync(Trial.Name, Trial.Id), succeeds: true, "");
    }

    /// <returns>The job that ended the link.</returns>
    private static async Task<string> StopAndStartClusterAsync(Trial trial, string by)
    {
        if (by == Suspension)
        {
            var suspended = await trial.AtConsoleAsync(cloud => cloud.Suspend(World.Standby));
            await trial.AtConsoleAsync(cloud => cloud.Resume(World.Standby));
            return suspended;
        }

        var actor = by == Timer ? Actor.Timer : Actor.Console;
        var script = trial.World.Api.ByKey("QYSCRIPT");
        var stopped = await trial.AtConsoleAsync(cloud =>
            by == Script ? script.StopCluster(World.Standby) : cloud.StopCluster(World.Standby, actor)
        );
        await trial.AtConsoleAsync(cloud =>
            by == Script ? script.StartCluster(World.Standby) : cloud.StartCluster(World.Standby, actor)
        );
        return stopped;
    }

    private static void Edit(Trial trial, Func<PropertyMap, PropertyMap> edit)
    {
        var stored = trial.Stored;
        trial.Stack.State = trial.Stack.State.With(stored with { Outputs = edit(stored.Outputs) });
    }
}
