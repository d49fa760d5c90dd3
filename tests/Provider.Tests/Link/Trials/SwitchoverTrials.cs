using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Switchovers that are disturbed. Two clusters that both take writes are worse than none.</summary>
public sealed class SwitchoverTrials
{
    private static readonly RunOptions Refresh = new() { Refresh = true };

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>While a switchover waits, another user cuts the link, as in a disaster: the source stays read-only, and
    /// no message says that the link is unchanged.</summary>
    [Fact]
    public void A_standby_that_is_cut_off_meanwhile_keeps_the_source_read_only()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkThatLagsAsync(trial);
            var switchover = trial.Stack.UpAsync();
            await trial.LaterAsync(TimeSpan.FromMinutes(5), () => trial.Cloud.StopByConsole(World.Standby));
            var ended = await switchover;

            Assert.DoesNotContain("the link is unchanged", string.Join('\n', ended.Errors), StringComparison.Ordinal);
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
            Assert.True((await trial.Stack.UpAsync(Refresh)).Succeeded);
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>The same while QingCloud has to be asked a second time to make the source writable again.</summary>
    [Fact]
    public void A_standby_that_is_cut_off_during_the_rollback_keeps_the_source_read_only()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkThatLagsAsync(trial);
            var switchover = trial.Stack.UpAsync();
            await trial.PassAsync(TimeSpan.FromSeconds(470));
            trial.World.Api.AddFault("ret=5000,when=before,service=set_readonly");
            await trial.LaterAsync(TimeSpan.FromSeconds(12), () => trial.Cloud.StopByConsole(World.Standby));
            var ended = await switchover;

            Trial.Names(ended, $"{World.Source} stays read-only");
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>After a Ctrl-C the next run continues. Until then the source takes no writes, and the error says
    /// so.</summary>
    [Fact]
    public void An_interrupted_switchover_says_that_the_source_is_read_only()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkThatLagsAsync(trial);
            var failed = await trial.Stack.UpAsync(new RunOptions { InterruptAfter = TimeSpan.FromMinutes(5) });

            Trial.Names(failed, $"{World.Source} is READ-ONLY: with promoted: false, pulumi up --refresh");
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
            trial.Declare(Trial.Program);
            Assert.True((await trial.Stack.UpAsync(Refresh)).Succeeded);
            Assert.Contains(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>A read-only that another user has set since is not lifted.</summary>
    [Fact]
    public void A_read_only_of_another_user_is_left_as_it_is()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkThatLagsAsync(trial);
            var switchover = trial.Stack.UpAsync();
            await trial.LaterAsync(
                TimeSpan.FromMinutes(5),
                () => trial.Cloud.SetReadOnlyByConsole(World.Source, readOnly: true)
            );
            var failed = await switchover;

            Trial.Names(failed, trial.JobOf("set_readonly", World.Source));
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>Two standbys of one source are switched over in one run: the one that fails does not make the source of
    /// the other one writable.</summary>
    [Fact]
    public void A_standby_that_fails_leaves_the_source_of_one_that_was_promoted_read_only()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Options = new ResourceOptions { Timeouts = new CustomTimeouts(Update: Limit) };
            trial.Stack.Program = Both(trial, Trial.Program);
            Assert.True((await trial.Stack.UpAsync()).Succeeded);
            await trial.PassAsync(TimeSpan.FromHours(1));
            trial.Cloud.SetLagging(World.Standby);
            trial.Stack.Program = Both(trial, Trial.Promoted);
            Assert.False((await trial.Stack.UpAsync()).Succeeded);

            Assert.Contains(World.OtherStandby, trial.Cloud.Writable);
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>A start that is refused, here because the clusters would replicate in a circle, lifts no fence
    /// before.</summary>
    [Fact]
    public void A_start_that_is_refused_leaves_the_fence()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.UpAsync("P", Trial.Promoted);
            var promotion = trial.JobOf("promote_standby");
            await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Source, Trial.From(World.Standby)));

            await trial.RefusedAsync($"{World.Standby} cannot replicate", Trial.RelinkAfter(promotion));
            trial.Cloud.StopByConsole(World.Source);
            await trial.PassAsync(TimeSpan.FromHours(1));
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);

            await trial.UpAsync("S(full)", Trial.RelinkAfter(promotion));
            Assert.Equal([World.Source], trial.Cloud.Writable.Intersect([World.Source, World.Standby]));
        });
    }

    /// <summary>After a switchover the resource may link another standby to the old source: the fence belongs to the
    /// promoted one, and stays.</summary>
    [Fact]
    public void Another_standby_of_the_old_source_leaves_its_fence()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.UpAsync("P", Trial.Promoted);
            var other = Trial.Program.With("clusterId", World.OtherStandby);
            await trial.UpAsync($"S(full)@{World.OtherStandby}", other);
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.UpAsync("", other, Refresh);
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>A switchover that was killed is ended by a replacement on another cluster that deletes first, also where the
    /// new one is to be promoted: nothing was promoted yet.</summary>
    [Fact]
    public void A_fence_that_a_kill_left_is_lifted_by_a_replacement_that_deletes_first()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await KillSwitchoverAsync(trial);
            trial.Options = trial.Options with { DeleteBeforeReplace = true };
            trial.Declare(OfOtherStandby(Trial.Promoted));
            await trial.Stack.UpAsync();
            Assert.Contains(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>A switchover that was killed is still found after a rename: the refresh has kept the fence.</summary>
    [Theory]
    [InlineData("alias")]
    [InlineData("state rename")]
    public void A_fence_that_a_kill_left_is_lifted_after_a_rename(string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await KillSwitchoverAsync(trial);
            await trial.RefreshAsync();
            Assert.Equal("promoting", trial.State);

            if (how == "state rename")
                trial.Stack.Rename(Trial.Name, "renamed");
            else
                trial.Options = new ResourceOptions { Aliases = [Trial.Name] };

            trial.Declare(Trial.Program, "renamed");
            Assert.True((await trial.Stack.UpAsync(Refresh)).Succeeded);
            Assert.Contains(World.Source, trial.Cloud.Writable);
        });
    }

    /// <summary>The fence of a switchover in another stack is not relied on, because that stack may lift it.</summary>
    [Fact]
    public void The_fence_of_another_stack_is_not_relied_on()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var other = trial.World.NewStack("prod", World.Link("orders", OfOtherStandby(Trial.Program)));
            Assert.True((await other.UpAsync()).Succeeded);
            await LinkThatLagsAsync(trial, "S(full)@" + World.OtherStandby + " S(full)");
            var lagging = trial.Stack.UpAsync();
            await trial.PassAsync(TimeSpan.FromMinutes(3));
            other.Program = StackProgram.Of(World.Link("orders", OfOtherStandby(Trial.Promoted)));
            Assert.True((await other.UpAsync()).Succeeded);
            Assert.False((await lagging).Succeeded);

            Assert.Contains(World.OtherStandby, trial.Cloud.Writable);
            Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
        });
    }

    private static PropertyMap OfOtherStandby(PropertyMap inputs) => inputs.With("clusterId", World.OtherStandby);

    private static StackProgram Both(Trial trial, PropertyMap inputs) =>
        StackProgram.Of(
            World.Link("lagging", inputs, trial.Options),
            World.Link("quick", OfOtherStandby(inputs), trial.Options)
        );

    /// <summary>Leaves the source read-only, and a state that does not know it.</summary>
    private static async Task KillSwitchoverAsync(Trial trial)
    {
        await LinkThatLagsAsync(trial);
        using var kill = new CancellationTokenSource(TimeSpan.FromMinutes(5), trial.World.Time);
        Assert.False((await trial.Stack.UpAsync(new RunOptions { Crash = kill.Token })).Succeeded);
        await trial.PassAsync(TimeSpan.FromHours(1));
        trial.TakeCalls();
        Assert.DoesNotContain(World.Source, trial.Cloud.Writable);
    }

    private static async Task LinkThatLagsAsync(Trial trial, string calls = "S(full)")
    {
        await trial.UpAsync(calls);
        await trial.PassAsync(TimeSpan.FromHours(1));
        trial.Cloud.SetLagging(World.Standby);
        trial.Options = new ResourceOptions { Timeouts = new CustomTimeouts(Update: Limit) };
        trial.Declare(Trial.Promoted);
    }
}
