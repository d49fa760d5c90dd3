using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Links that somebody else has made on this resource's cluster. E6, E7, E8.</summary>
public sealed class OtherOwnerTrials
{
    private const string Console = "the console";
    private const string Script = "a script";
    private const string SameKey = "a script with the same key";

    private static readonly RunOptions Refresh = new() { Refresh = true };

    public static MatrixTheoryData<string, string> Relinks =>
        new([Console, Script, SameKey], [World.Source, World.OtherSource]);

    /// <summary>E6: an unattended run does not take a link over; consent that names its start does.</summary>
    [Theory]
    [InlineData(Console)]
    [InlineData(Script)]
    [InlineData(SameKey)]
    public void A_link_from_another_source_is_not_taken_over_unattended(string by)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var start = await LinkAndLoseItAsync(trial, by, World.OtherSource);

            await trial.RefusedAsync(start, Trial.Program, Refresh);
            await trial.RefusedAsync(start, Trial.Program);
            Assert.Equal(World.OtherSource, trial.Follows);

            await trial.UpAsync("X S(full)", Trial.RelinkAfter(start), Refresh);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E6: the same of an edit, and of links from the same source.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void An_edit_does_not_restart_a_link_of_somebody_else(string by, string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var start = await LinkAndLoseItAsync(trial, by, source);

            await trial.RefusedAsync(start, Trial.WithOtherHost);
            await trial.RefusedAsync(start, Trial.WithOtherHost, Refresh);
            Assert.Equal(source, trial.Follows);
        });
    }

    /// <summary>E6: nor does a deletion stop it, before a refresh or after.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void A_deletion_does_not_stop_a_link_of_somebody_else(string by, string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAndLoseItAsync(trial, by, source);
            await trial.Stack.RefreshAsync();
            await trial.Stack.DestroyAsync();
            Assert.Equal("", trial.TakeCalls());
            Assert.Equal(source, trial.Follows);
        });
    }

    /// <summary>E6: nor does a replacement that deletes first.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void A_replacement_does_not_stop_a_link_of_somebody_else(string by, string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Options = new ResourceOptions { DeleteBeforeReplace = true };
            trial.Declare(Trial.Program);
            var start = await LinkAndLoseItAsync(trial, by, source);
            var result = await trial.FailsAsync("", options: new RunOptions { Replace = [Trial.Name] });
            Trial.Names(result, start);
            Assert.Equal(source, trial.Follows);
        });
    }

    /// <summary>E6: what ended a link of somebody else is a failover too.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void A_link_of_somebody_else_that_was_promoted_is_no_free_cluster(string by, string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAndLoseItAsync(trial, by, source);
            var promotion = await trial.FailOverAsync("promoted");
            await trial.RefusedAsync(promotion, Trial.Program, Refresh);
            await trial.RefusedAsync(promotion, Trial.WithOtherHost);
            await trial.UpAsync("S(full)", Trial.RelinkAfter(promotion));
        });
    }

    /// <summary>E7: a failover that was accepted long ago says nothing about a link that was made since.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void An_accepted_failover_promotes_no_later_link(string by, string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.FailOverAsync("promoted");
            await trial.UpAsync("", Trial.Promoted, Refresh);
            await RelinkedOrNotAsync(trial, by, source);
        });
    }

    /// <summary>E7: the same after a switchover of this program.</summary>
    [Theory]
    [MemberData(nameof(Relinks))]
    public void A_switchover_promotes_no_later_link(string by, string source)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.UpAsync("P", Trial.Promoted, Refresh);
            await RelinkedOrNotAsync(trial, by, source);
        });
    }

    /// <summary>E6: where the tab alone shows a link, it is this resource's only if it comes from the source that the
    /// anchor named, also after a refresh has written another one.</summary>
    [Fact]
    public void A_link_from_another_source_that_the_tab_alone_shows_is_not_its_own()
    {
        using var trial = new Trial(new Knobs { JobsListedFor = TimeSpan.FromDays(7) });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.AtConsoleAsync(cloud => cloud.ChangeSource(World.Standby, Trial.From(World.OtherSource)));
            await trial.PassAsync(TimeSpan.FromDays(8));
            await trial.RefusedAsync("pulumi state delete", Trial.Program, Refresh);
            await trial.RefusedAsync("pulumi state delete", Trial.Program, Refresh);
            Assert.Equal(World.OtherSource, trial.Follows);
        });
    }

    /// <summary>E6: an instant covers what happened to a link, it does not make another's link this resource's. An import
    /// does, and then the instant covers a start that no job shows.</summary>
    [Fact]
    public void A_link_whose_start_is_not_listed_is_changed_after_an_import_only()
    {
        using var trial = new Trial(new Knobs { JobOwners = JobOwners.CallersKey });
        trial.Run(async () =>
        {
            await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Standby, Trial.From(World.Source)));
            var instant = Timestamp.Of(trial.World.Time.GetUtcNow());
            await trial.RefusedAsync("pulumi import", Trial.RelinkAfter(instant));
            await trial.RefusedAsync("pulumi import", Trial.RelinkAfter(instant, Trial.Promoted));
            Assert.Equal(World.Source, trial.Follows);

            trial.Expect(await trial.Stack.ImportAsync(Trial.Name, Trial.Id), succeeds: true, "");
            await trial.UpAsync("", Trial.Program, new RunOptions { Refresh = true });
            Assert.Equal("replicating", trial.State);
            var offered = Trial.ConsentIn(await trial.RefusedAsync("relinkAfter", Trial.WithOtherHost));
            await trial.UpAsync("X S(increment)", Trial.RelinkAfter(offered, Trial.WithOtherHost));
            await trial.DestroyAsync("X");
        });
    }

    /// <summary>E8: a start of another stack is not joined, and does not become this resource's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_start_of_another_stack_is_not_joined(bool refreshed)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            var stop = await trial.FailOverAsync("stopped");
            await StartFromAnotherStackAsync(trial, stop);
            var start = trial.JobOf("start_standby");
            var began = trial.World.Time.GetUtcNow();
            if (refreshed)
                await trial.Stack.RefreshAsync();

            await trial.RefusedAsync(start, Trial.WithOtherHost);
            Assert.InRange(trial.World.Time.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromMinutes(15));

            await trial.PassAsync(TimeSpan.FromHours(2));
            await trial.RefusedAsync(start, Trial.WithOtherHost);
            await trial.RefusedAsync(start, Trial.WithOtherHost, Refresh);
            Assert.Equal(World.Source, trial.Follows);
        });
    }

    /// <summary>E8: nor is one of a script, with whatever key and request id.</summary>
    [Theory]
    [InlineData("QYSCRIPT", null)]
    [InlineData(ApiOptions.DemoAccessKeyId, null)]
    [InlineData(ApiOptions.DemoAccessKeyId, "0123456789abcdef0123456789abcdef")]
    public void A_start_of_a_script_is_not_joined(string key, string? requestId)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.FailOverAsync("stopped");
            trial.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
            var start = trial.World.Api.ByKey(key, requestId).Start(World.Standby, Trial.From(World.Source)).Id;
            await trial.PassAsync(TimeSpan.FromMinutes(5));

            var result = await trial.BreakOffAsync(Trial.CtrlC, TimeSpan.FromMinutes(10), "", Trial.WithOtherHost);
            Trial.Names(result, start);
            await trial.PassAsync(TimeSpan.FromHours(2));
            await trial.RefusedAsync(start, Trial.WithOtherHost);
            Assert.Equal(World.Source, trial.Follows);
        });
    }

    /// <returns>The start job of the link that took the place of the stack's.</returns>
    private static async Task<string> LinkAndLoseItAsync(Trial trial, string by, string source)
    {
        await trial.UpAsync("S(full)");
        await trial.PassAsync(TimeSpan.FromHours(1));
        await trial.FailOverAsync("stopped");
        return await RelinkAsync(trial, by, source);
    }

    private static async Task RelinkedOrNotAsync(Trial trial, string by, string source)
    {
        await trial.PassAsync(TimeSpan.FromDays(3));
        var start = await RelinkAsync(trial, by, source);

        await trial.RefusedAsync(start, Trial.Promoted, Refresh);
        await trial.RefusedAsync(start, Trial.Promoted, Refresh);
        Assert.Equal(source, trial.Follows);
    }

    private static Task<string> RelinkAsync(Trial trial, string by, string source) =>
        trial.AtConsoleAsync(cloud =>
            by == Console
                ? cloud.StartByConsole(World.Standby, Trial.From(source))
                : trial
                    .World.Api.ByKey(by == SameKey ? ApiOptions.DemoAccessKeyId : "QYSCRIPT")
                    .Start(World.Standby, Trial.From(source))
        );

    private static async Task StartFromAnotherStackAsync(Trial trial, string stop)
    {
        trial.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
        var other = trial.World.NewStack("prod", World.Link(Trial.Name, Trial.RelinkAfter(stop)));
        await other.UpAsync(new RunOptions { InterruptAfter = TimeSpan.FromMinutes(5) });
        Assert.Equal("S(full)", trial.TakeCalls());
    }
}
