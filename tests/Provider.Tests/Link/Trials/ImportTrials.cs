using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>Links that are imported or only looked at. E3, E11, E23.</summary>
public sealed class ImportTrials
{
    private const string AnotherStack = "another stack";
    private const string Script = "a script";
    private const string SameKey = "a script with the same key";
    private const string Console = "the console";

    private static readonly string[] Makers = [AnotherStack, Script, SameKey, Console];

    public static TheoryData<string> AllMakers => [.. Makers];

    public static MatrixTheoryData<string, string> Spellings =>
        new(Makers, ["command sh1a/cl, option cl", "option cl, option sh1a/cl", "option sh1a/cl, option cl"]);

    public static MatrixTheoryData<string, string> Replacements =>
        new([AnotherStack, Script], ["--replace", "taint", "replaceOnChanges"]);

    /// <summary>E3: an import that is made again, in another spelling, deletes nothing in the cloud.</summary>
    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_link_that_is_imported_again_stays(string maker, string spellings)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAsync(trial, maker);
            foreach (var spelling in spellings.Split(", "))
                await ImportAsync(trial, spelling.Split(' '));

            Assert.Equal(World.Source, trial.Follows);
            Assert.Equal("replicating", trial.State);
            trial.Options = new ResourceOptions();
            await trial.UpAsync("", Trial.Program, new RunOptions { Refresh = true });
            await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
        });
    }

    /// <summary>E3: the same as calls of one process.</summary>
    [Fact]
    public void A_process_that_imports_a_link_and_deletes_the_import_before_leaves_the_link()
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAsync(trial, Script);
            var first = await ImportByCallAsync(trial);
            using var run = new Run(trial.Stack, new RunOptions(), preview: false);
            using var process = await trial.World.StartAsync(run);
            await ReadAsync(process.Provider, World.Standby, trial);
            await CheckAndCompareAsync(process.Provider, first, trial);
            await DeleteAsync(process.Provider, first, trial);

            Assert.Equal("", trial.TakeCalls());
            Assert.Equal(World.Source, trial.Follows);
        });
    }

    /// <summary>The other side of E3: a replacement of an import that deletes first does stop, and starts.</summary>
    [Theory]
    [MemberData(nameof(Replacements))]
    public void An_imported_link_that_is_deleted_before_it_is_replaced_is_stopped_and_started(string maker, string mode)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAsync(trial, maker);
            await ImportAsync(trial, ["command", "sh1a/cl"]);
            await trial.UpAsync("", Trial.Program);
            var (program, run) = Replacing(trial, mode, Trial.Program);
            await trial.UpWithoutPreviewAsync("X S(full)", program, run);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>E11: a program that has only the placeholder for a password could not start again: nothing is
    /// stopped.</summary>
    [Theory]
    [MemberData(nameof(Replacements))]
    public void Without_a_password_for_the_start_a_replacement_does_not_stop(string maker, string mode)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAsync(trial, maker);
            await ImportAsync(trial, ["command", "sh1a/cl"]);
            var (program, run) = Replacing(trial, mode, trial.Stored.Inputs);
            Trial.Names(await trial.FailsAsync("", program, run), "source.password");
            Assert.Equal(World.Source, trial.Follows);

            var replaced = mode == "replaceOnChanges" ? Trial.WithOtherHost : Trial.Program;
            await trial.UpWithoutPreviewAsync("X S(full)", replaced, run);
        });
    }

    /// <summary>E23: a program that only looks at a link works on when there is none.</summary>
    [Theory]
    [InlineData("stopped")]
    [InlineData("promoted")]
    [InlineData("never linked")]
    public void Where_there_is_no_link_a_look_answers_stopped_with_a_warning(string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            var end = await UnlinkedAsync(trial, how);
            var result = await LookAsync(trial);

            Assert.Contains(trial.State, how == "promoted" ? ["promoted", "stopped"] : new[] { "stopped" });
            Assert.Contains(end ?? World.Standby, string.Join('\n', result.Warnings), StringComparison.Ordinal);
        });
    }

    /// <summary>The other side of E23: a link that is there is answered, without a warning.</summary>
    [Theory]
    [MemberData(nameof(AllMakers))]
    public void Where_there_is_a_link_a_look_answers_replicating(string maker)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAsync(trial, maker);
            var result = await LookAsync(trial);
            Assert.Equal("replicating", trial.State);
            Assert.Empty(result.Warnings);
        });
    }

    /// <summary>E23: the engine refuses to import what has no inputs.</summary>
    [Theory]
    [InlineData("stopped")]
    [InlineData("never linked")]
    public void Where_there_is_no_link_nothing_can_be_imported(string how)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await UnlinkedAsync(trial, how);
            using var run = new Run(trial.Stack, new RunOptions(), preview: false);
            using var process = await trial.World.StartAsync(run);
            var read = await ReadAsync(process.Provider, Trial.Id, trial);
            Assert.Equal(PropertyValue.Of("stopped"), read?.State["state"]);
            Assert.Null(read?.Inputs);

            Assert.False((await trial.Stack.ImportAsync(Trial.Name, Trial.Id)).Succeeded);
            Assert.Null(trial.Stack.State.Find(Trial.Name));
        });
    }

    /// <summary>E13: the first password that a program sets after an import is no edit, in a replacement either.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_replacement_of_an_import_with_the_first_password_calls_nothing(bool tainted)
    {
        using var trial = new Trial();
        trial.Run(async () =>
        {
            await LinkAsync(trial, Console);
            await ImportAsync(trial, ["command", "sh1a/cl"]);
            if (tainted)
                trial.Stack.Taint(Trial.Name);

            var run = new RunOptions { Refresh = true, Replace = tainted ? [] : [Trial.Name] };
            await trial.UpWithoutPreviewAsync("", Trial.Program.Password("An0ther@456"), run);
            Assert.Equal("replicating", trial.State);
        });
    }

    /// <summary>How an imported link was started last is no declaration: a program that says otherwise copies nothing.
    /// Once the program's own inputs are in the state, an edit of <c>syncWay</c> copies.</summary>
    [Theory]
    [InlineData(Echo.Full)]
    [InlineData(Echo.None)]
    public void A_program_that_declares_a_full_copy_leaves_an_imported_link_as_it_is(Echo echo)
    {
        using var trial = new Trial(new Knobs { Echo = echo });
        trial.Run(async () =>
        {
            await trial.UpAsync("S(full)");
            await trial.UpAsync("X S(increment)", Trial.WithOtherHost);
            trial.Stack.Forget(Trial.Name);
            trial.Options = new ResourceOptions { Import = Trial.Id };
            var import = await trial.Stack.UpAsync();
            Assert.Equal("", trial.TakeCalls());
            Assert.True(import.Succeeded || echo == Echo.None);
            Assert.Equal(World.Source, trial.Follows);
        });
    }

    /// <summary>Somebody other than the trial's stack makes the link.</summary>
    private static async Task LinkAsync(Trial trial, string maker)
    {
        if (maker == AnotherStack)
        {
            var other = trial.World.NewStack("prod", World.Link(Trial.Name));
            Assert.True((await other.UpAsync()).Succeeded);
            Assert.Equal("S(full)", trial.TakeCalls());
            await trial.PassAsync(TimeSpan.FromMinutes(10));
            return;
        }

        var source = Trial.From(World.Source);
        await trial.AtConsoleAsync(cloud =>
            maker == Console
                ? cloud.StartByConsole(World.Standby, source)
                : trial
                    .World.Api.ByKey(maker == SameKey ? ApiOptions.DemoAccessKeyId : "QYSCRIPT")
                    .Start(World.Standby, source)
        );
    }

    /// <param name="trial">The trial.</param>
    /// <param name="how">How, and by which spelling of the id.</param>
    private static async Task ImportAsync(Trial trial, string[] how)
    {
        var id = how[1].Replace("cl", World.Standby, StringComparison.Ordinal);
        if (how[0] == "command")
        {
            var result = await trial.Stack.ImportAsync(Trial.Name, id);
            trial.Expect(result, succeeds: true, "");
        }
        else
        {
            trial.Options = new ResourceOptions { Import = id };
            await trial.UpAsync("", Trial.Program);
        }
    }

    private static (PropertyMap Program, RunOptions Run) Replacing(Trial trial, string mode, PropertyMap program)
    {
        trial.Options = new ResourceOptions
        {
            DeleteBeforeReplace = true,
            ReplaceOnChanges = mode == "replaceOnChanges" ? ["source.host"] : [],
        };
        if (mode == "taint")
            trial.Stack.Taint(Trial.Name);

        return (
            mode == "replaceOnChanges" ? program.Source("host", "192.168.0.233") : program,
            new RunOptions { Replace = mode == "--replace" ? [Trial.Name] : [] }
        );
    }

    /// <returns>The job that ended the link; null: there never was one.</returns>
    private static async Task<string?> UnlinkedAsync(Trial trial, string how)
    {
        if (how == "never linked")
            return null;

        await LinkAsync(trial, Script);
        return await trial.FailOverAsync(how);
    }

    private static async Task<RunResult> LookAsync(Trial trial)
    {
        trial.Options = new ResourceOptions { Get = Trial.Id };
        return await trial.UpAsync("", PropertyMap.Empty);
    }

    private static async Task<ReadResult> ImportByCallAsync(Trial trial)
    {
        using var run = new Run(trial.Stack, new RunOptions(), preview: false);
        using var process = await trial.World.StartAsync(run);
        return Assert.IsType<ReadResult>(await ReadAsync(process.Provider, Trial.Id, trial));
    }

    private static Task<ReadResult?> ReadAsync(IProvider provider, string id, Trial trial) =>
        provider.ReadAsync(
            new ReadRequest(
                id,
                trial.Stack.UrnOf(Trial.Name),
                Names.StandbyReplication,
                PropertyMap.Empty,
                PropertyMap.Empty,
                null
            ),
            CancellationToken.None
        );

    private static async Task CheckAndCompareAsync(IProvider provider, ReadResult import, Trial trial)
    {
        var urn = trial.Stack.UrnOf(Trial.Name);
        var check = await provider.CheckAsync(
            new CheckRequest(urn, Names.StandbyReplication, import.Inputs!, Trial.Program),
            CancellationToken.None
        );
        Assert.Empty(check.Failures);
        await provider.DiffAsync(
            new DiffRequest(import.Id, urn, Names.StandbyReplication, import.State, import.Inputs!, check.Inputs, []),
            CancellationToken.None
        );
    }

    private static Task DeleteAsync(IProvider provider, ReadResult import, Trial trial) =>
        provider.DeleteAsync(
            new DeleteRequest(
                import.Id,
                trial.Stack.UrnOf(Trial.Name),
                Names.StandbyReplication,
                import.State,
                import.Inputs!,
                null
            ),
            CancellationToken.None
        );
}
