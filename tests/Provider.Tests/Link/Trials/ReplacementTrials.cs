using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Replacements, by whatever asks for one. E10, E13, E14.</summary>
public sealed class ReplacementTrials
{
    private const string Alias = "alias";
    private const string StateRename = "state rename";
    private const string StateMove = "state move";
    private const string Import = "import";
    private const string Replace = "--replace";
    private const string Taint = "taint";

    private static readonly string[] Ways = [Alias, StateRename, StateMove, Import];

    public static MatrixTheoryData<string, string> Renamed => new(Ways, [Replace, Taint]);

    public static MatrixTheoryData<string, bool> RenamedAndEdited => new(Ways, [true, false]);

    /// <summary>E10: the default zone of another machine does not move what the last update has put in a
    /// zone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_default_zone_changes_nothing(bool zoneStrict)
    {
        using var trial = new Trial(new Knobs { ZoneStrict = zoneStrict });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            SetDefaultZone(trial, World.SourceZone);
            var result = await trial.UpAsync("");
            Assert.False(result.HasChanges);
            Assert.Equal(Trial.Id, trial.Stored.Id);
            await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
            await trial.DestroyAsync("X");
        });
    }

    /// <summary>E10: where the cloud answers for a cluster in every zone, it is one cluster under all of them.</summary>
    [Theory]
    [InlineData("--replace, another default zone", true)]
    [InlineData("--replace, another default zone", false)]
    [InlineData("edited zone", true)]
    [InlineData("edited zone", false)]
    public void A_cluster_under_another_zone_is_the_same_cluster(string how, bool zoneStrict)
    {
        using var trial = new Trial(new Knobs { ZoneStrict = zoneStrict });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            if (how == "edited zone")
                trial.Declare(Trial.Program.With("zone", World.SourceZone));
            else
                SetDefaultZone(trial, World.SourceZone);

            var run = new RunOptions { Replace = how == "edited zone" ? [] : [Trial.Name] };
            await trial.Stack.UpAsync(run);
            await trial.Stack.UpAsync(run with { ContinueOnError = true });
            await trial.Stack.UpAsync(new RunOptions { Refresh = true });
            Assert.Equal("", trial.TakeCalls());
            Assert.Equal(World.Source, trial.Follows);
        });
    }

    /// <summary>E13: where the process sees the state before Create, a replacement of what has another name now keeps
    /// the link.</summary>
    [Theory]
    [MemberData(nameof(Renamed))]
    public void After_a_refresh_a_replacement_of_a_renamed_link_calls_nothing(string way, string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await RenameAsync(trial, way);
            await trial.UpAsync("", options: Asked(trial, how) with { Refresh = true });
            Assert.False(trial.Stored.Taint);
            await IsOwnAsync(trial);
        });
    }

    /// <summary>E13: without a refresh that is refused, until consent names the link's start; then nothing is
    /// called.</summary>
    [Theory]
    [MemberData(nameof(Renamed))]
    public void Without_a_refresh_a_replacement_of_a_renamed_link_needs_consent(string way, string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var start = await RenameAsync(trial, way);
            var run = Asked(trial, how);
            await trial.RefusedAsync("relinkAfter: " + start, options: run);

            await trial.UpAsync("", Trial.RelinkAfter(start), run);
            Assert.False(trial.Stored.Taint);
            await IsOwnAsync(trial);
        });
    }

    /// <summary>E13: a replacement that deletes first stops and starts. Only its preview, which deletes nothing, needs
    /// consent.</summary>
    [Theory]
    [MemberData(nameof(Renamed))]
    public void A_replacement_of_a_renamed_link_that_deletes_first_stops_and_starts(string way, string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await RenameAsync(trial, way);
            trial.Options = trial.Options with { DeleteBeforeReplace = true };
            await trial.UpWithoutPreviewAsync("X S(full)", Trial.Program, Asked(trial, how));
            await IsOwnAsync(trial);
        });
    }

    /// <summary>E13: with consent, the preview of such a replacement succeeds, and so does the rest.</summary>
    [Theory]
    [MemberData(nameof(Renamed))]
    public void With_consent_a_renamed_link_is_deleted_and_replaced_after_its_preview(string way, string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var start = await RenameAsync(trial, way);
            trial.Options = trial.Options with { DeleteBeforeReplace = true };
            await trial.UpAsync("X S(full)", Trial.RelinkAfter(start), Asked(trial, how));
            await IsOwnAsync(trial);
        });
    }

    /// <summary>E13: so does one that replaceOnChanges asks for.</summary>
    [Theory]
    [MemberData(nameof(RenamedAndEdited))]
    public void A_replacement_of_a_renamed_link_by_a_change_stops_and_starts(string way, bool deleteFirst)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await RenameAsync(trial, way);
            trial.Options = trial.Options with
            {
                DeleteBeforeReplace = deleteFirst,
                ReplaceOnChanges = ["source.host"],
            };
            await trial.UpAsync(deleteFirst ? "X S(full)" : "X S(increment)", Trial.WithOtherHost);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>A rename without alias is what it looks like: refused.</summary>
    [Fact]
    public void A_rename_without_alias_is_refused()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Declare(Trial.Program, "orders-old");
            await trial.UpAsync("S(full)");
            var start = trial.JobOf("start_standby");
            await trial.RefusedAsync("relinkAfter: " + start, Trial.Program);
            Assert.Equal(World.Source, trial.Follows);
        });
    }

    /// <summary>E14: what is replaced by a link of another cluster is stopped, whatever a deletion would do.</summary>
    [Theory]
    [InlineData(true, "X S(full)@" + World.OtherStandby)]
    [InlineData(false, "S(full)@" + World.OtherStandby + " X")]
    public void A_replacement_by_another_cluster_stops_the_old_standby(bool deleteFirst, string calls)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Options = new ResourceOptions { DeleteBeforeReplace = deleteFirst };
            var program = Trial.Program.With("onDelete", "promote");
            await trial.UpAsync("S(full)", program);
            await trial.UpAsync(calls, program.With("clusterId", World.OtherStandby));
        });
    }

    /// <summary>E14: the same where no edit replaces the link, but the command.</summary>
    [Theory]
    [InlineData(Replace)]
    [InlineData(Taint)]
    public void A_replacement_by_itself_stops_the_standby(string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            trial.Options = new ResourceOptions { DeleteBeforeReplace = true };
            var program = Trial.Program.With("onDelete", "promote");
            await trial.UpAsync("S(full)", program);
            await trial.UpAsync("X S(full)", program, Asked(trial, how));
        });
    }

    /// <summary>The other side of E14: a deletion does what onDelete says.</summary>
    [Fact]
    public void A_deletion_does_what_the_program_says()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)", Trial.Program.With("onDelete", "promote"));
            await trial.DestroyAsync("P");
        });
    }

    private static void SetDefaultZone(Trial trial, string zone) =>
        trial.Stack.Configuration = trial.Stack.Configuration.With("zone", zone);

    /// <summary>Brings a link into the state that was started under another name.</summary>
    /// <returns>Its start job.</returns>
    private static async Task<string> RenameAsync(Trial trial, string way)
    {
        switch (way)
        {
            case Import:
                trial.World.Api.ByKey("QYSCRIPT").Start(World.Standby, Trial.From(World.Source));
                await trial.PassAsync(TimeSpan.FromHours(1));
                trial.Expect(await trial.Stack.ImportAsync(Trial.Name, Trial.Id), succeeds: true, "");
                break;
            case StateMove:
                var other = trial.World.NewStack("prod", World.Link(Trial.Name));
                trial.Expect(await other.UpAsync(), succeeds: true, "S(full)");
                other.Move(Trial.Name, trial.Stack);
                break;
            default:
                trial.Declare(Trial.Program, "orders-old");
                await trial.UpAsync("S(full)");
                if (way == StateRename)
                    trial.Stack.Rename("orders-old", Trial.Name);
                else
                    trial.Options = new ResourceOptions { Aliases = ["orders-old"] };

                break;
        }

        await trial.PassAsync(TimeSpan.FromHours(1));
        await trial.UpAsync("", Trial.Program);
        return trial.JobOf("start_standby");
    }

    private static RunOptions Asked(Trial trial, string how)
    {
        if (how == Taint)
            trial.Stack.Taint(Trial.Name);

        return new RunOptions { Replace = how == Replace ? [Trial.Name] : [] };
    }

    /// <summary>The link is this resource's: an edit restarts it.</summary>
    private static async Task IsOwnAsync(Trial trial)
    {
        Assert.Equal("replicating", trial.State);
        await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
        await trial.DestroyAsync("X");
    }
}
