namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class InterruptionTests : IDisposable
{
    private readonly TestStack _stack = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Dispose();
        _stack.Dispose();
    }

    [Fact]
    public async Task The_first_interrupt_cancels_the_operation_and_saves_what_it_answers()
    {
        _stack.Cloud.OnCreate = StopThenWaitAsync;

        var result = await _stack
            .Program(
                """
                resources:
                  thing: { type: test:Thing }
                  after: { type: test:Thing, options: { dependsOn: "${thing}" } }
                """
            )
            .Engine.UpAsync(new RunOptions { Interrupt = _stop.Token });

        Assert.True(result.Cancelled);
        Assert.False(result.Succeeded);
        Assert.Equal(["was cancelled"], _stack.Engine.ReadState().Find("thing")!.InitErrors);
        Assert.Null(_stack.Engine.ReadState().Find("after"));
        Assert.Empty(_stack.Engine.ReadState().PendingOperations);
        Assert.Equal(0, Assert.Single(result.Plugins).ExitCode);
    }

    [Fact]
    public async Task A_crash_during_a_call_leaves_the_operation_pending_and_the_plugin_to_itself()
    {
        _stack.Cloud.OnCreate = StopThenWaitAsync;

        var result = await _stack.Thing("{ name: a }").Engine.UpAsync(new RunOptions { Crash = _stop.Token });

        Assert.True(result.Crashed);
        Assert.Equal("creating", Assert.Single(_stack.Engine.ReadState().PendingOperations).Kind);
        Assert.Null(_stack.Engine.ReadState().Find("thing"));

        // The end of its standard input shows the plugin that the engine is gone.
        await Assert.Single(result.Plugins).WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(StepPhase.Recorded, 0)]
    [InlineData(StepPhase.Answered, 1)]
    public async Task A_crash_at_either_side_of_a_step_saves_nothing_of_it(StepPhase phase, int created)
    {
        var result = await _stack
            .Thing("{ name: a }")
            .Engine.UpAsync(
                new RunOptions
                {
                    AtStep = point => point.Phase == phase ? throw new EngineCrashException() : Task.CompletedTask,
                }
            );

        Assert.True(result.Crashed);
        Assert.Equal(created, _stack.Cloud.Things.Count);
        Assert.Single(_stack.Engine.ReadState().PendingOperations);
        Assert.Null(_stack.Engine.ReadState().Find("thing"));
    }

    [Fact]
    public async Task An_interrupted_creation_is_warned_of_until_it_is_settled()
    {
        await CrashAsync();

        var first = await _stack.Engine.UpAsync();
        var second = await _stack.Engine.UpAsync();
        await _stack.Engine.RefreshAsync(new RunOptions { ClearPendingCreates = true });
        var third = await _stack.Engine.UpAsync();

        Assert.True(first.Succeeded, _stack.Output.ToString());
        Assert.Contains("creating", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Assert.NotNull(first.State.Find("thing"));
        Assert.Single(second.Warnings);
        Assert.Empty(third.Warnings);
    }

    [Fact]
    public async Task An_interrupted_update_is_warned_of_once()
    {
        await _stack.Thing("{ size: 1 }").Engine.UpAsync();
        _stack.Thing("{ size: 2 }");
        await CrashAsync();
        Assert.Equal("updating", Assert.Single(_stack.Engine.ReadState().PendingOperations).Kind);

        var first = await _stack.Engine.UpAsync();
        var second = await _stack.Engine.UpAsync();

        Assert.Single(first.Warnings);
        Assert.Empty(second.Warnings);
    }

    [Fact]
    public async Task An_unknown_failure_is_reported_as_such_and_ends_the_operation()
    {
        _stack.Cloud.OnCreate = (_, _) => throw new PluginException(PluginErrorCode.Unknown, "who knows");

        var result = await _stack.Thing("{ name: a }").Engine.UpAsync();

        Assert.Equal(StepOutcome.FailedUnknown, Assert.Single(result.Steps).Outcome);
        Assert.Empty(_stack.Engine.ReadState().PendingOperations);
    }

    [Fact]
    public async Task A_failure_keeps_what_succeeded_and_begins_nothing_new()
    {
        _stack.Cloud.OnUpdate = _ => throw new PluginException(PluginErrorCode.FailedPrecondition, "no");
        await _stack
            .Program(
                """
                resources:
                  thing: { type: test:Thing, properties: { size: 1 } }
                  gone: { type: test:Thing }
                """
            )
            .Engine.UpAsync();

        var result = await _stack.Thing("{ size: 2 }").Engine.UpAsync();

        Assert.Equal("no", Assert.Single(result.Errors));
        Assert.Equal(StepOutcome.Failed, Assert.Single(result.Steps).Outcome);
        Assert.NotNull(_stack.Engine.ReadState().Find("gone"));
        Assert.Equal(PropertyValue.Of(1), _stack.Engine.ReadState().Find("thing")!.Inputs["size"]);
    }

    [Fact]
    public async Task A_killed_run_keeps_the_stack_until_it_is_cancelled()
    {
        await _stack
            .Thing("{ size: 2 }")
            .Engine.UpAsync(new RunOptions { AtStep = _ => throw new EngineCrashException() });

        await Assert.ThrowsAsync<EngineException>(() => _stack.Engine.UpAsync());
        Assert.True((await _stack.Engine.PreviewAsync()).Succeeded, _stack.Output.ToString());
        _stack.Engine.Cancel();
        Assert.True((await _stack.Engine.UpAsync()).Succeeded, _stack.Output.ToString());
    }

    private async Task CrashAsync()
    {
        await _stack
            .Thing("{ size: 2 }")
            .Engine.UpAsync(
                new RunOptions
                {
                    AtStep = point =>
                        point.Phase == StepPhase.Recorded ? throw new EngineCrashException() : Task.CompletedTask,
                }
            );
        _stack.Engine.Cancel();
    }

    private async Task<CreateResult> StopThenWaitAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new ResourceInitException("t-1", request.Inputs, request.Inputs, ["was cancelled"]);
        }

        throw new InvalidOperationException();
    }
}
