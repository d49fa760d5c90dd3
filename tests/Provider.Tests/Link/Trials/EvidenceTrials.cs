using System.Globalization;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>What the cloud does not show. E9, E17, E18.</summary>
public sealed class EvidenceTrials
{
    private const string OthersHidden = "jobs of others are hidden";
    private const string TimerHidden = "jobs of timers are hidden";
    private const string Forgotten = "old jobs are forgotten";
    private const string FewListed = "few jobs are listed";
    private const string Buried = "thousands of jobs since";

    private static readonly StandbyTab[] TabsThatShow =
    [
        StandbyTab.Source,
        StandbyTab.BlankRow,
        StandbyTab.BothIds,
        StandbyTab.Roles,
    ];

    public static TheoryData<PasswordMask> Masks => [.. Enum.GetValues<PasswordMask>()];

    /// <summary>Thousands of jobs hide a failover from every tab alike.</summary>
    public static TheoryData<string, StandbyTab> HiddenFailovers =>
        [
            (Buried, StandbyTab.Source),
            .. from hidden in new[] { OthersHidden, TimerHidden, Forgotten, FewListed }
            from tab in TabsThatShow
            select new TheoryDataRow<string, StandbyTab>(hidden, tab),
        ];

    /// <summary>E9: a masked password is no other password: a create that was killed goes on.</summary>
    [Theory]
    [MemberData(nameof(Masks))]
    public void A_masked_password_does_not_start_a_killed_create_anew(PasswordMask mask)
    {
        using var trial = new Trial(new Knobs { PasswordMask = mask });
        trial.Run(async () =>
        {
            trial.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
            await trial.BreakOffAsync(Trial.Kill, TimeSpan.FromMinutes(10), "S(full)");
            await trial.UpAsync("");
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E9: nor does it restart a link that is replaced with itself, or whose state was lost.</summary>
    [Theory]
    [MemberData(nameof(Masks))]
    public void A_masked_password_does_not_restart_a_healthy_link(PasswordMask mask)
    {
        using var trial = new Trial(new Knobs { PasswordMask = mask });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await trial.UpAsync("", options: new RunOptions { Replace = [Trial.Name] });
            await trial.UpAsync("", options: new RunOptions { Refresh = true });
            trial.Stack.State = StackState.Empty;
            await trial.UpAsync("");
            Assert.Equal("replicating", trial.State);

            await trial.UpAsync("X S(increment)", Trial.Program.Password("An0ther@456"));
        });
    }

    /// <summary>E17: credentials of another account see neither cluster nor jobs: nothing is gone for that.</summary>
    [Fact]
    public void Credentials_of_another_account_drop_nothing()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            trial.World.Api.SetForeign(ApiOptions.DemoAccessKeyId);

            trial.Expect(await trial.Stack.RefreshAsync(), succeeds: false, "");
            Assert.Equal("replicating", trial.State);
            trial.Expect(await trial.Stack.DestroyAsync(), succeeds: false, "");
            Assert.Equal("replicating", trial.State);
            await trial.FailsAsync("", Trial.WithOtherHost, new RunOptions { Refresh = true });
            await trial.FailsAsync("", Trial.WithOtherHost);
            Assert.Equal("replicating", trial.State);

            trial.World.Api.SetForeign(ApiOptions.DemoAccessKeyId, foreign: false);
            await trial.RefreshAsync();
            await trial.DestroyAsync("X");
        });
    }

    /// <summary>E17: nor is it where the keys of the program become those of another account.</summary>
    [Fact]
    public void Keys_of_another_account_in_the_program_drop_nothing()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            trial.World.Api.AddAccessKey("QYFOREIGN", "foreign-secret");
            trial.World.Api.SetForeign("QYFOREIGN");
            trial.Stack.Configuration = World
                .Configuration.With("accessKeyId", PropertyValue.Of("QYFOREIGN").AsSecret())
                .With("secretAccessKey", PropertyValue.Of("foreign-secret").AsSecret());

            var refresh = new RunOptions { RunProgram = true };
            trial.Expect(await trial.Stack.RefreshAsync(refresh), succeeds: false, "");
            trial.Expect(await trial.Stack.DestroyAsync(refresh), succeeds: false, "");
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E17: nor is a cluster gone where the account sees neither it nor the link's job any more.</summary>
    [Fact]
    public void A_cluster_that_is_missing_without_any_trace_is_not_dropped()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            trial.Cloud.Knobs = trial.Cloud.Knobs with
            {
                JobsListedFor = TimeSpan.FromHours(2),
                ClusterJobs = ClusterJobs.AsDescribeJobs,
            };
            trial.Cloud.Forget(World.Standby);
            await trial.PassAsync(TimeSpan.FromDays(3));
            trial.Expect(await trial.Stack.RefreshAsync(), succeeds: false, "");
            trial.Expect(await trial.Stack.DestroyAsync(), succeeds: false, "");
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>The other side of E17: where the account still sees the link's job, or a row that says so, the cluster
    /// is gone.</summary>
    [Theory]
    [InlineData("deleted")]
    [InlineData("ceased")]
    [InlineData("forgotten")]
    public void A_cluster_that_is_gone_is_dropped(string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.AtConsoleAsync(cloud => cloud.DeleteCluster(World.Standby));
            if (how != "deleted")
                trial.Cloud.SetStatus(World.Standby, ClusterStatus.Ceased);

            if (how == "forgotten")
                trial.Cloud.Forget(World.Standby);

            await trial.RefreshAsync();
            Assert.Null(trial.Stack.State.Find(Trial.Name));
        });
    }

    /// <summary>E18: a failover that no list shows is seen by the tab: an edit is refused, and the consent that the
    /// refusal names permits the start.</summary>
    [Theory]
    [MemberData(nameof(HiddenFailovers))]
    public void An_edit_does_not_undo_a_failover_that_no_list_shows(string hidden, StandbyTab tab)
    {
        using var trial = new Trial(KnobsWith(tab));
        trial.Run(async () =>
        {
            await LinkAndFailOverUnseenAsync(trial, hidden);
            await trial.RefusedAsync("relinkAfter", Trial.WithOtherHost);
            var refresh = new RunOptions { Refresh = true };
            var refused = await trial.RefusedAsync("relinkAfter", Trial.WithOtherHost, refresh);

            await trial.UpAsync("S(full)", Trial.RelinkAfter(Trial.ConsentIn(refused), Trial.WithOtherHost));
        });
    }

    /// <summary>E18: with the state lost, Create does not undo it either.</summary>
    [Theory]
    [MemberData(nameof(HiddenFailovers))]
    public void A_lost_state_does_not_undo_a_failover_that_no_list_shows(string hidden, StandbyTab tab)
    {
        using var trial = new Trial(KnobsWith(tab));
        trial.Run(async () =>
        {
            await LinkAndFailOverUnseenAsync(trial, hidden);
            trial.Stack.State = StackState.Empty;
            var refused = await trial.RefusedAsync("relinkAfter", Trial.Program);
            var before = Instant(trial.World.Time.GetUtcNow() - TimeSpan.FromDays(900));
            await trial.RefusedAsync("relinkAfter", Trial.RelinkAfter(before));

            await trial.UpAsync("S(full)", Trial.RelinkAfter(Trial.ConsentIn(refused)));
        });
    }

    /// <summary>E18: what no visible job explains can be consented to by an instant.</summary>
    [Theory]
    [InlineData(OthersHidden)]
    [InlineData(TimerHidden)]
    [InlineData(Forgotten)]
    [InlineData(FewListed)]
    public void An_instant_is_consent_to_what_happened_before(string hidden)
    {
        using var trial = new Trial(KnobsWith(StandbyTab.Source));
        trial.Run(async () =>
        {
            await LinkAndFailOverUnseenAsync(trial, hidden);
            var now = Instant(trial.World.Time.GetUtcNow());
            await trial.UpAsync("S(full)", Trial.RelinkAfter(now));
        });
    }

    /// <summary>E18: no deletion acts on a cluster that is no standby, as the tab shows.</summary>
    [Theory]
    [MemberData(nameof(HiddenFailovers))]
    public void A_deletion_calls_nothing_after_a_failover_that_no_list_shows(string hidden, StandbyTab tab)
    {
        using var trial = new Trial(KnobsWith(tab));
        trial.Run(async () =>
        {
            trial.Options = new ResourceOptions { DeleteBeforeReplace = true };
            trial.Declare(Trial.Program);
            await LinkAndFailOverUnseenAsync(trial, hidden);
            await trial.FailsAsync("", options: new RunOptions { Replace = [Trial.Name] });
            await trial.Stack.DestroyAsync();
            Assert.Equal("", trial.TakeCalls());
        });
    }

    /// <summary>E18: such a failover can be accepted.</summary>
    [Theory]
    [MemberData(nameof(HiddenFailovers))]
    public void A_failover_that_no_list_shows_can_be_accepted(string hidden, StandbyTab tab)
    {
        using var trial = new Trial(KnobsWith(tab));
        trial.Run(async () =>
        {
            await LinkAndFailOverUnseenAsync(trial, hidden);
            await trial.UpAsync("", Trial.Promoted, new RunOptions { Refresh = true });
            Assert.Contains(trial.State, new[] { "stopped", "promoted" });
            await trial.UpAsync("", Trial.Promoted, new RunOptions { Refresh = true });
        });
    }

    /// <summary>E18: without a tab, jobs that do not reach back to the link's start say nothing.</summary>
    [Theory]
    [InlineData(Forgotten)]
    [InlineData(FewListed)]
    [InlineData(Buried)]
    public void Without_a_tab_a_list_that_ends_too_early_is_no_evidence(string hidden)
    {
        using var trial = new Trial(KnobsWith(StandbyTab.Absent));
        trial.Run(async () =>
        {
            await LinkAndFailOverUnseenAsync(trial, hidden);
            await trial.RefusedAsync("relinkAfter", Trial.WithOtherHost);
            trial.Stack.State = StackState.Empty;
            await trial.RefusedAsync("relinkAfter", Trial.Program);
        });
    }

    /// <summary>E18: consent to what has not happened yet is none.</summary>
    [Fact]
    public void An_instant_in_the_future_is_refused()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAndFailOverUnseenAsync(trial, OthersHidden);
            var later = Instant(trial.World.Time.GetUtcNow() + TimeSpan.FromHours(1));
            trial.Expect(await PreviewAsync(trial, Trial.RelinkAfter(later)), succeeds: false, "");
            await trial.FailsAsync("", Trial.RelinkAfter(later, Trial.WithOtherHost));
        });
    }

    /// <summary>The other side of E18: where the tab shows the link, an edit is made.</summary>
    [Theory]
    [InlineData(OthersHidden, StandbyTab.Source)]
    [InlineData(OthersHidden, StandbyTab.OnlyWhenLinked)]
    [InlineData(OthersHidden, StandbyTab.Roles)]
    [InlineData(Buried, StandbyTab.Source)]
    [InlineData(Buried, StandbyTab.Absent)]
    public void An_edit_is_made_where_the_link_is_there(string hidden, StandbyTab tab)
    {
        using var trial = new Trial(KnobsWith(tab));
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            await HideAsync(trial, hidden);
            await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
        });
    }

    /// <summary>A QingCloud that accepts a stop on what is no standby: nothing but the provider prevents it.</summary>
    private static Knobs KnobsWith(StandbyTab tab) =>
        new() { StandbyTab = tab, StopWithoutLink = WithoutLink.JobSucceeds };

    private static async Task LinkAndFailOverUnseenAsync(Trial trial, string hidden)
    {
        await trial.UpAsync("S(full)");
        await trial.PassAsync(TimeSpan.FromHours(1));
        if (hidden == TimerHidden)
        {
            await trial.AtConsoleAsync(cloud => cloud.StopCluster(World.Standby, Actor.Timer));
            await trial.AtConsoleAsync(cloud => cloud.StartCluster(World.Standby, Actor.Timer));
        }
        else
        {
            await trial.FailOverAsync("promoted");
        }

        await HideAsync(trial, hidden);
    }

    private static async Task HideAsync(Trial trial, string hidden)
    {
        var cloud = trial.Cloud;
        switch (hidden)
        {
            case OthersHidden:
                cloud.Knobs = cloud.Knobs with
                {
                    JobOwners = JobOwners.CallersKey,
                    ClusterJobs = ClusterJobs.AsDescribeJobs,
                };
                break;
            case TimerHidden:
                cloud.Knobs = cloud.Knobs with { JobOwners = JobOwners.Api, ClusterJobs = ClusterJobs.AsDescribeJobs };
                break;
            case Forgotten:
                cloud.Knobs = cloud.Knobs with
                {
                    JobsListedFor = TimeSpan.FromHours(2),
                    ClusterJobs = ClusterJobs.AsDescribeJobs,
                };
                await trial.PassAsync(TimeSpan.FromDays(2));
                break;
            case FewListed:
                cloud.Knobs = cloud.Knobs with { JobsListed = 20, ClusterJobs = ClusterJobs.AsDescribeJobs };
                await BuryAsync(trial, jobs: 30);
                break;
            default:
                await BuryAsync(trial, jobs: 2100);
                break;
        }
    }

    /// <summary>Makes jobs of the same action on another cluster of the zone.</summary>
    private static async Task BuryAsync(Trial trial, int jobs)
    {
        for (var job = 0; job < jobs; job++)
        {
            trial.Cloud.SetReadOnlyByConsole(World.OtherStandby, readOnly: job % 2 == 0);
            await trial.PassAsync(TimeSpan.FromMinutes(1));
        }
    }

    private static Task<RunResult> PreviewAsync(Trial trial, PropertyMap program)
    {
        trial.Declare(program);
        return trial.Stack.PreviewAsync();
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
