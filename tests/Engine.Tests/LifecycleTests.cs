using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class LifecycleTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task Up_creates_then_finds_nothing_to_do()
    {
        _stack.Thing("{ name: a }");

        var first = await _stack.Engine.UpAsync();
        var second = await _stack.Engine.UpAsync(new RunOptions { ExpectNoChanges = true });

        Assert.True(first.Succeeded, _stack.Output.ToString());
        Assert.Equal(StepKind.Create, Assert.Single(first.Steps).Kind);
        Assert.True(second.Succeeded, _stack.Output.ToString());
        Assert.Equal(StepKind.Same, Assert.Single(second.Steps).Kind);
        Assert.Equal(["create t-1"], _stack.Cloud.Deeds);
        Assert.Equal(0, Assert.Single(second.Plugins).ExitCode);
    }

    [Fact]
    public async Task Preview_calls_create_as_a_preview_and_saves_nothing()
    {
        _stack
            .Thing("{ name: a }")
            .Program(
                """
                resources:
                  thing: { type: test:Thing, properties: { name: a } }
                  after: { type: test:Thing, properties: { name: "b-${thing.state}", size: 2 } }
                """
            );

        var result = await _stack.Engine.PreviewAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(2, result.Calls.Count(call => call is { Method: "Create", Preview: true }));
        var after = _stack.Cloud.Requests.OfType<CreateRequest>().Last();
        Assert.IsType<PropertyValue.UnknownValue>(after.Inputs["name"]);
        Assert.Empty(_stack.Cloud.Things);
        Assert.Equal(StackState.Empty, _stack.Engine.ReadState());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task What_is_deleted_with_another_is_not_replaced_with_it(string deleteBeforeReplace)
    {
        await _stack
            .Program(
                $$"""
                resources:
                  one:
                    type: test:Thing
                    properties: { name: a }
                    options: { deleteBeforeReplace: {{deleteBeforeReplace}} }
                  other: { type: test:Thing, properties: { name: b }, options: { deletedWith: "${one}" } }
                """
            )
            .Engine.UpAsync();
        var one = _stack.Engine.ReadState().Find("one")!.Urn.Value;

        var result = await _stack.Engine.UpAsync(new RunOptions { Replace = [one] });

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Contains(result.Steps, step => step is { Name: "one", Kind: StepKind.CreateReplacement });
        Assert.Equal(StepKind.Same, Assert.Single(result.Steps, step => step.Name == "other").Kind);
    }

    [Fact]
    public async Task A_destroy_by_the_program_over_an_empty_state_leaves_the_provider_that_it_made()
    {
        var result = await _stack.Thing("{ name: a }").Engine.DestroyAsync(new RunOptions { RunProgram = true });

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Empty(_stack.Cloud.Deeds);
        Assert.Contains(_stack.Engine.ReadState().Resources, resource => resource.Urn.Type == "pulumi:providers:test");
    }

    [Fact]
    public async Task A_changed_input_updates_in_place()
    {
        await _stack.Thing("{ name: a, size: 1 }").Engine.UpAsync();

        var result = await _stack.Thing("{ name: a, size: 2 }").Engine.UpAsync();

        var step = Assert.Single(result.Steps);
        Assert.Equal(StepKind.Update, step.Kind);
        Assert.Equal(PropertyChangeKind.Update, step.Changes["size"]);
        Assert.Contains("[diff: ~size]", _stack.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["create t-1", "update t-1"], _stack.Cloud.Deeds);
    }

    [Fact]
    public async Task A_replacement_creates_the_new_one_first()
    {
        await _stack.Thing("{ name: a }").Engine.UpAsync();

        var result = await _stack.Thing("{ name: b }").Engine.UpAsync();

        Assert.Equal([StepKind.CreateReplacement, StepKind.DeleteReplaced], result.Steps.Select(step => step.Kind));
        Assert.Equal(["create t-1", "create t-2", "delete t-1"], _stack.Cloud.Deeds);
        Assert.Equal("t-2", result.State.Find("thing")!.Id);
        Assert.DoesNotContain(result.State.Resources, resource => resource.Delete);
    }

    [Fact]
    public async Task A_replacement_deletes_the_old_one_first_when_the_provider_says_so()
    {
        await _stack.Thing("{ place: a }").Engine.UpAsync();

        var result = await _stack.Thing("{ place: b }").Engine.UpAsync();

        Assert.Equal([StepKind.DeleteReplaced, StepKind.CreateReplacement], result.Steps.Select(step => step.Kind));
        Assert.Equal(["create t-1", "delete t-1", "create t-2"], _stack.Cloud.Deeds);
        Assert.Single(result.Plugins);
    }

    [Fact]
    public async Task The_program_decides_against_the_provider_which_comes_first()
    {
        await _stack.Thing("{ place: a }").Engine.UpAsync();

        await _stack.Thing("{ place: b }", "{ deleteBeforeReplace: false }").Engine.UpAsync();

        Assert.Equal(["create t-1", "create t-2", "delete t-1"], _stack.Cloud.Deeds);
    }

    [Fact]
    public async Task What_a_replacement_would_replace_too_is_deleted_before_it()
    {
        const string Program = """
            resources:
              first: { type: test:Thing, properties: { place: PLACE } }
              second: { type: test:Thing, properties: { name: "${first.id}" } }
            """;
        await _stack.Program(Program).Engine.UpAsync();

        var result = await _stack.Program(Program.Replace("PLACE", "b", StringComparison.Ordinal)).Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(
            ["create t-1", "create t-2", "delete t-2", "delete t-1", "create t-3", "create t-4"],
            _stack.Cloud.Deeds
        );
        Assert.Equal("t-3", ((PropertyValue.TextValue)result.State.Find("second")!.Inputs["name"]).Value);
    }

    [Fact]
    public async Task A_replacement_whose_second_half_fails_is_taken_up_again()
    {
        await _stack.Thing("{ place: a }").Engine.UpAsync();
        _stack.Cloud.OnCreate = (_, _) => throw new PluginException(PluginErrorCode.FailedPrecondition, "not now");
        var failed = await _stack.Thing("{ place: b }").Engine.UpAsync();
        Assert.True(failed.State.Find("thing")!.PendingReplacement);
        _stack.Cloud.OnCreate = null;

        var result = await _stack.Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(["create t-1", "delete t-1", "create t-2"], _stack.Cloud.Deeds);
        Assert.False(result.State.Find("thing")!.PendingReplacement);
    }

    [Fact]
    public async Task What_the_program_has_no_more_is_deleted_after_what_depends_on_it()
    {
        await _stack
            .Program(
                """
                resources:
                  first: { type: test:Thing }
                  second: { type: test:Thing, options: { dependsOn: [ "${first}" ] } }
                """
            )
            .Engine.UpAsync();

        var result = await _stack.Program("resources: {}").Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(["create t-1", "create t-2", "delete t-2", "delete t-1"], _stack.Cloud.Deeds);
    }

    [Fact]
    public async Task Destroy_leaves_nothing()
    {
        await _stack.Thing("{ name: a }").Engine.UpAsync();

        var preview = await _stack.Engine.DestroyAsync(new RunOptions { PreviewOnly = true });
        var result = await _stack.Engine.DestroyAsync();

        Assert.Equal(StepKind.Delete, Assert.Single(preview.Steps).Kind);
        Assert.DoesNotContain(preview.Calls, call => call.Method == "Delete");
        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Empty(_stack.Engine.ReadState().Resources);
        Assert.Empty(_stack.Cloud.Things);
    }

    [Fact]
    public async Task A_protected_resource_is_neither_deleted_nor_replaced()
    {
        await _stack.Thing("{ name: a }", "{ protect: true }").Engine.UpAsync();

        var destroyed = await _stack.Engine.DestroyAsync();
        var replaced = await _stack.Thing("{ name: b }", "{ protect: true }").Engine.UpAsync();

        Assert.False(destroyed.Succeeded);
        Assert.False(replaced.Succeeded);
        Assert.Equal(["create t-1"], _stack.Cloud.Deeds);
        Assert.Contains(replaced.Errors, error => error.Contains("protected", StringComparison.Ordinal));
        var unprotected = await _stack.Thing("{ name: a }").Engine.UpAsync();
        Assert.True(unprotected.Succeeded, _stack.Output.ToString());
        Assert.True((await _stack.Engine.DestroyAsync()).Succeeded);
    }

    [Fact]
    public async Task A_retained_resource_is_only_forgotten()
    {
        await _stack.Thing("{ name: a }", "{ retainOnDelete: true }").Engine.UpAsync();

        await _stack.Engine.DestroyAsync();

        Assert.Single(_stack.Cloud.Things);
        Assert.Empty(_stack.Engine.ReadState().Resources);
    }

    [Fact]
    public async Task Ignored_changes_keep_the_old_input()
    {
        await _stack.Thing("{ name: a, size: 1 }").Engine.UpAsync();

        var result = await _stack.Thing("{ name: a, size: 2 }", "{ ignoreChanges: [ size ] }").Engine.UpAsync();

        Assert.Equal(StepKind.Same, Assert.Single(result.Steps).Kind);
        Assert.Equal(PropertyValue.Of(1), result.State.Find("thing")!.Inputs["size"]);
        Assert.Equal(["size"], _stack.Cloud.Requests.OfType<DiffRequest>().Last().IgnoreChanges);
    }

    [Fact]
    public async Task Wrong_inputs_fail_before_anything_happens()
    {
        var result = await _stack.Thing("{ wrong: yes }").Engine.UpAsync();

        Assert.False(result.Succeeded);
        Assert.Contains("'wrong'", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(result.Calls, call => call.Method == "Create");
    }

    [Fact]
    public async Task Custom_timeouts_reach_the_provider()
    {
        await _stack.Thing("{ name: a }", "{ customTimeouts: { create: 6h } }").Engine.UpAsync();

        Assert.Equal(TimeSpan.FromHours(6), Assert.Single(_stack.Cloud.Requests.OfType<CreateRequest>()).Timeout);
        Assert.Equal(21600, _stack.Engine.ReadState().Find("thing")!.Timeouts.Create);
    }

    [Fact]
    public async Task Independent_resources_are_created_at_the_same_time()
    {
        var both = new TaskCompletionSource();
        var waiting = 0;
        _stack.Cloud.OnCreate = async (request, cancellationToken) =>
        {
            if (Interlocked.Increment(ref waiting) == 2)
                both.SetResult();

            await both.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            return new CreateResult(_stack.Cloud.NewId(), request.Inputs.With("state", PropertyValue.Of("ready")));
        };

        var result = await _stack
            .Program(
                """
                resources:
                  first: { type: test:Thing }
                  second: { type: test:Thing }
                """
            )
            .Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
    }

    [Fact]
    public async Task Statuses_are_shown_as_they_come()
    {
        var result = await _stack.Thing("{ name: a }").Engine.UpAsync();

        Assert.Contains(result.Statuses, status => status is { Urn.Name: "thing", Message: "creating" });
        Assert.Contains("thing: creating", _stack.Output.ToString(), StringComparison.Ordinal);
    }
}
