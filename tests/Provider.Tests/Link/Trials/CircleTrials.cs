using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Clusters that would follow each other. E4, E5.</summary>
public sealed class CircleTrials
{
    private const string OverSource = "192.168.0.232";

    /// <summary>E4: after a job that was joined, the source is looked at again.</summary>
    [Theory]
    [InlineData(World.OtherSource, false)]
    [InlineData(World.OtherSource, true)]
    [InlineData(World.Source, false)]
    [InlineData(World.Source, true)]
    public void After_a_joined_job_no_restart_closes_a_circle(string source, bool meanwhile)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await InterruptCreateAsync(trial);
            void Reverse() => trial.Cloud.StartByConsole(source, Trial.From(World.Standby));
            if (!meanwhile)
                await trial.LaterAsync(TimeSpan.FromMinutes(1), Reverse);

            var reversing = meanwhile ? trial.LaterAsync(TimeSpan.FromMinutes(5), Reverse) : Task.CompletedTask;
            await trial.FailsAsync("", Edited(source));
            await reversing;

            Assert.Equal(World.Source, trial.Follows);
            Trial.Names(await trial.FailsAsync("", Edited(source)), source);
        });
    }

    /// <summary>E4: a join without an edit is no start, whatever the source does.</summary>
    [Fact]
    public void A_joined_job_is_waited_for_even_where_the_source_follows_the_standby()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await InterruptCreateAsync(trial);
            trial.Cloud.StartByConsole(World.Source, Trial.From(World.Standby));
            await trial.Stack.UpAsync();
            await trial.Stack.UpAsync();
            Assert.Equal("", trial.TakeCalls());
        });
    }

    /// <summary>E4: an interruption names what is under way, and not the job that has ended.</summary>
    [Fact]
    public void An_interruption_after_a_joined_job_names_the_job_that_runs_on()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await InterruptCreateAsync(trial);
            trial.Cloud.SetDuration("stop_standby", TimeSpan.FromHours(1));
            var result = await trial.BreakOffAsync(
                Trial.CtrlC,
                TimeSpan.FromMinutes(70),
                "X",
                Edited(World.OtherSource)
            );

            Trial.Names(result, trial.JobOf("stop_standby"));
            Assert.DoesNotContain(
                trial.JobOf("start_standby"),
                string.Join('\n', result.Errors),
                StringComparison.Ordinal
            );
        });
    }

    /// <summary>E5: of the directions that one program declares, at least one is refused.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void A_program_cannot_declare_a_circle(int clusters, bool inOrder)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Stack.Program = Ring(clusters, inOrder);
            for (var runs = 0; runs < 3; runs++)
            {
                var result = await trial.Stack.UpAsync(new RunOptions { ContinueOnError = runs > 0 });
                Assert.False(result.Succeeded);
            }

            Assert.InRange(Count(trial.TakeCalls()), 0, clusters - 1);
            Assert.False(EverCircled(trial.Cloud));

            trial.Stack.Program = StackProgram.Of(trial.Stack.Program.Resources.Take(clusters - 1));
            await trial.Stack.UpAsync(new RunOptions { ContinueOnError = true });
            var rest = await trial.Stack.UpAsync();
            Assert.True(rest.Succeeded, string.Join('\n', rest.Errors));
            Assert.False(EverCircled(trial.Cloud));
        });
    }

    /// <summary>E5: what one instance of the provider has linked, another one sees.</summary>
    [Fact]
    public void Two_instances_of_the_provider_make_no_circle()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Stack.Program = StackProgram.Of(
                World.Instance("east"),
                World.Instance("west"),
                Ringed(World.Standby, World.Source, new ResourceOptions { Provider = "east" }),
                Ringed(
                    World.Source,
                    World.Standby,
                    new ResourceOptions { Provider = "west", DependsOn = ["from-" + World.Source] }
                )
            );
            var result = await trial.Stack.UpAsync();
            trial.Expect(result, succeeds: false, "S(full)");
        });
    }

    /// <summary>E5: a reverse link that somebody makes during the stop of a restart.</summary>
    [Theory]
    [InlineData("source.host")]
    [InlineData("source.clusterId")]
    public void A_reverse_link_made_during_the_stop_is_seen_before_the_start(string edit)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            trial.Cloud.SetDuration("stop_standby", TimeSpan.FromMinutes(10));
            var source = edit == "source.host" ? World.Source : World.OtherSource;
            var reversing = trial.LaterAsync(
                TimeSpan.FromMinutes(5),
                () => trial.World.Api.ByKey("QYSCRIPT").Start(source, Trial.From(World.Standby))
            );
            await trial.FailsAsync("X", Edited(source));
            await reversing;
            Assert.NotEqual("replicating", trial.State);

            Trial.Names(await trial.FailsAsync(""), source);
            await trial.AtConsoleAsync(cloud => cloud.StopByConsole(source));
            await trial.UpAsync(source == World.Source ? "S(increment)" : $"S(full)<{source}");
        });
    }

    /// <summary>E5: a guard that cannot look refuses, whether there is a circle or not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_the_source_cannot_be_read_nothing_is_started(bool isReversed)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            if (isReversed)
                await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Source, Trial.From(World.Standby)));

            trial.RefuseReads(World.SourceZone, 5000);
            await trial.FailsAsync("");
            trial.RefuseReads(World.SourceZone, null);
            if (!isReversed)
                await trial.UpAsync("S(full)");
        });
    }

    /// <summary>E5: the same of a restart: nothing is stopped for a start that may not follow.</summary>
    [Fact]
    public void Where_the_source_cannot_be_read_nothing_is_restarted()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.PassAsync(TimeSpan.FromHours(1));
            trial.RefuseReads(World.SourceZone, 5000);
            await trial.FailsAsync("", Trial.WithOtherHost);
            trial.RefuseReads(World.SourceZone, null);
            await trial.UpAsync("X S(increment)");
        });
    }

    /// <summary>E5: a circle over more clusters, which others have prepared.</summary>
    [Theory]
    [InlineData(JobOwners.All)]
    [InlineData(JobOwners.CallersKey)]
    public void A_link_that_would_close_a_longer_circle_is_refused(JobOwners listed)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Source, Trial.From(World.OtherSource)));
            await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.OtherSource, Trial.From(World.Standby)));
            await HideAsync(trial, listed);
            await trial.FailsAsync("");
            Assert.Null(trial.Follows);
        });
    }

    /// <summary>E5: a reverse link whose job is not listed is shown by the source's tab.</summary>
    [Theory]
    [InlineData(StandbyTab.Source)]
    [InlineData(StandbyTab.BothIds)]
    [InlineData(StandbyTab.Roles)]
    public void A_reverse_link_that_only_the_tab_shows_is_seen(StandbyTab tab)
    {
        using var trial = new Trial(new Knobs { StandbyTab = tab });
        trial.Run(async () =>
        {
            await trial.UpAsync($"S(full)<{World.OtherSource}", Edited(World.OtherSource));
            await trial.AtConsoleAsync(cloud => cloud.StartByConsole(World.Source, Trial.From(World.Standby)));
            await HideAsync(trial, JobOwners.CallersKey);
            Trial.Names(await trial.FailsAsync("", Trial.Program), World.Source);
            Assert.Equal(World.OtherSource, trial.Follows);
        });
    }

    /// <summary>Credentials that may not read the source's zone would never be able to look: a warning says so.</summary>
    [Fact]
    public void Where_the_source_may_not_be_read_a_warning_says_so()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.RefuseReads(World.SourceZone, 1400);
            var result = await trial.UpAsync("S(full)");
            Assert.Contains(World.Source, string.Join('\n', result.Warnings), StringComparison.Ordinal);
        });
    }

    private static async Task HideAsync(Trial trial, JobOwners listed)
    {
        trial.Cloud.Knobs = trial.Cloud.Knobs with { JobOwners = listed, ClusterJobs = ClusterJobs.AsDescribeJobs };
        await trial.PassAsync(TimeSpan.FromMinutes(10));
    }

    private static async Task InterruptCreateAsync(Trial trial)
    {
        trial.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
        await trial.BreakOffAsync(Trial.CtrlC, TimeSpan.FromMinutes(10), "S(full)");
        trial.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(2));
    }

    /// <summary>The program with another source, or with the same at another address.</summary>
    private static PropertyMap Edited(string source) =>
        source == World.Source ? Trial.WithOtherHost : Trial.Program.Source("clusterId", source);

    /// <summary>A program in which each cluster follows the next one, and the last one the first one.</summary>
    private static StackProgram Ring(int count, bool inOrder)
    {
        string[] clusters = [World.Standby, World.Source, World.OtherSource];
        var links = Enumerable
            .Range(0, count)
            .Select(index =>
                Ringed(
                    clusters[index],
                    clusters[(index + 1) % count],
                    new ResourceOptions { DependsOn = inOrder && index > 0 ? ["from-" + clusters[index]] : [] }
                )
            );
        return StackProgram.Of(links);
    }

    /// <summary>A link, named after its source.</summary>
    private static Resource Ringed(string standby, string source, ResourceOptions options) =>
        World.Link(
            "from-" + source,
            Trial
                .Program.With("clusterId", standby)
                .With("zone", Trial.From(standby).Zone)
                .Source("clusterId", source)
                .Source("zone", Trial.From(source).Zone)
                .Source("host", OverSource),
            options
        );

    private static int Count(string calls) => calls.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Whether at any time clusters truly followed each other.</summary>
    private static bool EverCircled(SimulatedCloud cloud)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var past in cloud.World)
        {
            if (past is { Kind: WorldEventKind.Linked, Source: { } source })
            {
                sources[past.ClusterId] = source.ClusterId;
                if (LeadsBack(past.ClusterId, sources))
                    return true;
            }
            else if (past.Kind == WorldEventKind.LinkEnded)
            {
                sources.Remove(past.ClusterId);
            }
        }

        return false;
    }

    private static bool LeadsBack(string cluster, Dictionary<string, string> sources)
    {
        var steps = 0;
        for (var at = cluster; steps <= sources.Count && sources.TryGetValue(at, out var source); steps++)
        {
            if (source == cluster)
                return true;

            at = source;
        }

        return false;
    }
}
