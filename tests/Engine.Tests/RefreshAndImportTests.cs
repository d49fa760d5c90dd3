namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class RefreshAndImportTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task Refresh_shows_drift_from_the_programs_side_and_saves_it()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        Drift("size", PropertyValue.Of(7));

        var result = await _stack.Engine.RefreshAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        var step = Assert.Single(result.Steps);
        Assert.Equal(PropertyChangeKind.Update, step.Changes["size"]);
        Assert.Equal(PropertyValue.Of(7), _stack.Engine.ReadState().Find("thing")!.Inputs["size"]);
        var diff = _stack.Cloud.Requests.OfType<DiffRequest>().Last();
        Assert.Equal((PropertyValue.Of(7), PropertyValue.Of(1)), (diff.OldInputs["size"], diff.NewInputs["size"]));
    }

    [Fact]
    public async Task What_appeared_is_shown_as_added_though_the_provider_sees_it_go()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        Drift("extra", PropertyValue.Of("x"));

        var result = await _stack.Engine.RefreshAsync();

        Assert.Equal(PropertyChangeKind.Add, Assert.Single(result.Steps).Changes["extra"]);
    }

    [Fact]
    public async Task What_is_gone_is_forgotten_and_created_again()
    {
        await _stack.Thing("{ name: a }").Engine.UpAsync();
        _stack.Cloud.Things.Clear();

        var result = await _stack.Engine.UpAsync(new RunOptions { Refresh = true });

        Assert.Equal([StepKind.Refresh, StepKind.Create], result.Steps.Select(step => step.Kind));
        Assert.Equal("t-2", result.State.Find("thing")!.Id);
    }

    [Fact]
    public async Task A_preview_of_a_refresh_saves_nothing()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        Drift("size", PropertyValue.Of(7));

        var result = await _stack.Engine.RefreshAsync(new RunOptions { PreviewOnly = true });

        Assert.True(result.HasChanges);
        Assert.Equal(PropertyValue.Of(1), _stack.Engine.ReadState().Find("thing")!.Inputs["size"]);
    }

    [Fact]
    public async Task A_read_that_fails_fails_the_refresh_and_changes_nothing()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        _stack.Cloud.OnRead = _ => throw new PluginException(PluginErrorCode.Unavailable, "no answer");

        var result = await _stack.Engine.RefreshAsync();

        Assert.False(result.Succeeded);
        Assert.Equal("no answer", Assert.Single(result.Errors));
        Assert.NotNull(_stack.Engine.ReadState().Find("thing"));
    }

    [Fact]
    public async Task Import_takes_a_resource_in_and_its_snippet_changes_nothing()
    {
        _stack.Cloud.Things["t-9"] = PropertyMap
            .Empty.With("size", PropertyValue.Of(3))
            .With("state", PropertyValue.Of("ready"));
        _stack.Program("resources: {}");

        var import = await _stack.Engine.ImportAsync("test:Thing", "found", "t-9");

        Assert.True(import.Succeeded, _stack.Output.ToString());
        Assert.Empty(import.Warnings);
        var read = Assert.Single(_stack.Cloud.Requests.OfType<ReadRequest>());
        Assert.Equal((PropertyMap.Empty, PropertyMap.Empty), (read.State, read.Inputs));
        Assert.True(_stack.Engine.ReadState().Find("found")!.Protect);
        var up = await _stack.Program(import.Snippet!).Engine.UpAsync(new RunOptions { ExpectNoChanges = true });
        Assert.True(up.Succeeded, _stack.Output.ToString());
    }

    [Fact]
    public async Task Import_of_what_does_not_exist_fails()
    {
        var result = await _stack.Program("resources: {}").Engine.ImportAsync("test:Thing", "lost", "t-9");

        Assert.False(result.Succeeded);
        Assert.Contains("t-9", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Null(_stack.Engine.ReadState().Find("lost"));
    }

    [Fact]
    public async Task The_import_option_reads_then_updates_what_differs()
    {
        _stack.Cloud.Things["t-9"] = PropertyMap
            .Empty.With("size", PropertyValue.Of(3))
            .With("state", PropertyValue.Of("ready"));
        _stack.Thing("{ size: 4 }", "{ import: t-9 }");

        var first = await _stack.Engine.UpAsync();
        var second = await _stack.Engine.UpAsync();

        Assert.Equal([StepKind.Import, StepKind.Update], first.Steps.Select(step => step.Kind));
        Assert.Equal(StepKind.Same, Assert.Single(second.Steps).Kind);
        Assert.Equal(["update t-9"], _stack.Cloud.Deeds);
    }

    private void Drift(string key, PropertyValue value) =>
        _stack.Cloud.Things["t-1"] = _stack.Cloud.Things["t-1"].With(key, value);
}
