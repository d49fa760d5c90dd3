namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class UnreadyResourceTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task It_is_saved_with_its_reasons()
    {
        var result = await CreateUnreadyAsync();

        Assert.False(result.Succeeded);
        Assert.Equal(StepOutcome.Partial, Assert.Single(result.Steps).Outcome);
        var saved = _stack.Engine.ReadState().Find("thing")!;
        Assert.Equal("t-1", saved.Id);
        Assert.Equal(["still starting"], saved.InitErrors);
        Assert.True(saved.RefreshBeforeUpdate);
        Assert.Empty(_stack.Engine.ReadState().PendingOperations);
    }

    [Fact]
    public async Task The_next_run_reads_it_first_then_updates_it_as_its_diff_says()
    {
        await CreateUnreadyAsync();

        var result = await _stack.Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(
            ["Read", "Diff", "Check", "Diff", "Update"],
            result.Calls.Where(call => call.Urn?.Type == "test:index:Thing").Select(call => call.Method)
        );
        Assert.Equal([StepKind.Refresh, StepKind.Update], result.Steps.Select(step => step.Kind));
        Assert.Empty(result.State.Find("thing")!.InitErrors);
    }

    [Fact]
    public async Task A_preview_reads_it_first_too_and_previews_the_update()
    {
        await CreateUnreadyAsync();

        var result = await _stack.Engine.PreviewAsync();

        Assert.Equal([StepKind.Refresh, StepKind.Update], result.Steps.Select(step => step.Kind));
        Assert.Single(result.Calls, call => call is { Method: "Update", Preview: true });
        Assert.Equal(["still starting"], _stack.Engine.ReadState().Find("thing")!.InitErrors);
    }

    [Fact]
    public async Task Once_read_as_ready_it_needs_no_update()
    {
        await CreateUnreadyAsync();
        _stack.Cloud.Things["t-1"] = _stack.Cloud.Things["t-1"].With("state", PropertyValue.Of("ready"));

        var result = await _stack.Engine.UpAsync();

        Assert.Equal([StepKind.Refresh, StepKind.Same], result.Steps.Select(step => step.Kind));
    }

    [Fact]
    public async Task An_update_that_ends_unready_keeps_the_old_inputs_and_the_new_outputs()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        _stack.Cloud.OnUpdate = request =>
            throw new ResourceInitException(
                request.Id,
                request.NewInputs.With("state", PropertyValue.Of("updating")),
                request.NewInputs,
                ["still updating"]
            );

        var result = await _stack.Thing("{ size: 2 }").Engine.UpAsync();

        Assert.False(result.Succeeded);
        var saved = _stack.Engine.ReadState().Find("thing")!;
        Assert.Equal(PropertyValue.Of(1), saved.Inputs["size"]);
        Assert.Equal(PropertyValue.Of("updating"), saved.Outputs["state"]);
        Assert.Equal(["still updating"], saved.InitErrors);
    }

    [Fact]
    public async Task A_read_that_reports_it_unready_warns_and_keeps_the_reasons()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        _stack.Cloud.OnRead = request =>
            throw new ResourceInitException(request.Id, request.State, request.Inputs, ["it " + "fell ill"]);

        var refresh = await _stack.Engine.RefreshAsync();
        _stack.Cloud.OnRead = null;

        Assert.True(refresh.Succeeded, _stack.Output.ToString());
        Assert.Contains("it fell ill", Assert.Single(refresh.Warnings), StringComparison.Ordinal);
        Assert.Equal(["it fell ill"], _stack.Engine.ReadState().Find("thing")!.InitErrors);
    }

    private Task<RunResult> CreateUnreadyAsync()
    {
        _stack.Cloud.OnCreate = (request, _) =>
        {
            var state = request.Inputs.With("state", PropertyValue.Of("starting"));
            _stack.Cloud.Things["t-1"] = state;
            throw new ResourceInitException("t-1", state, request.Inputs, ["still starting"]);
        };
        return _stack.Thing("{ name: a }").Engine.UpAsync();
    }
}
