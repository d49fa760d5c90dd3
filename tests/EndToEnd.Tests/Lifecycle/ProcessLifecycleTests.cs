using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>A link's life as a user's commands see it: the engine, the plugin's process, HTTP and the simulator, in
/// real time.</summary>
public sealed class ProcessLifecycleTests : IAsyncLifetime
{
    private LiveStack _stack = null!;

    public async ValueTask InitializeAsync() => _stack = await LiveStack.StartAsync();

    public async ValueTask DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    public async Task A_preview_changes_nothing_and_an_up_starts_once_by_POST()
    {
        var preview = await _stack.Engine.PreviewAsync();
        Assert.Equal(0, _stack.Server.Submissions("start_standby"));
        var up = await _stack.Engine.UpAsync();

        Succeeded(preview);
        Succeeded(up);
        Assert.Equal("replicating", State(up));
        var submission = Assert.Single(_stack.Server.Calls.Of("RunClusterCustomService"));
        Assert.Equal(
            ("POST", LiveStack.Password),
            (submission.Method, _stack.Cloud.LinkOf(SimulatedCloudServer.Standby)!.Source.Password)
        );
        Assert.All([.. preview.Plugins, .. up.Plugins], plugin => Assert.Equal(0, plugin.ExitCode));
        Assert.Contains(
            up.Statuses,
            status => status.Message.StartsWith("start_standby: job " + "j-", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_unchanged_program_changes_nothing()
    {
        Succeeded(await _stack.Engine.UpAsync());

        Succeeded(await _stack.Engine.UpAsync(new RunOptions { ExpectNoChanges = true }));
        Succeeded(await _stack.Engine.RefreshAsync(new RunOptions { ExpectNoChanges = true }));
        Succeeded(await _stack.Engine.PreviewAsync(new RunOptions { Refresh = true, ExpectNoChanges = true }));
        Assert.Single(_stack.Server.Calls.Of("RunClusterCustomService"));
    }

    [Fact]
    public async Task A_failover_at_the_console_is_found_refused_and_accepted()
    {
        Succeeded(await _stack.Engine.UpAsync());
        _stack.Cloud.PlanJobs(new JobPlan { Duration = TimeSpan.Zero });
        _stack.Cloud.PromoteByConsole(SimulatedCloudServer.Standby);

        var refresh = await _stack.Engine.RefreshAsync();
        Assert.Equal(["state"], Assert.Single(refresh.Steps).Changes.Keys);
        Assert.Equal("promoted", State(refresh));
        foreach (var refused in new[] { await _stack.Engine.PreviewAsync(), await _stack.Engine.UpAsync() })
            Assert.Contains("was failed over", Assert.Single(refused.Errors), StringComparison.Ordinal);

        _stack.Program("promoted: true");
        Succeeded(await _stack.Engine.UpAsync());
        Succeeded(await _stack.Engine.DestroyAsync());
        Assert.Equal((1, 0), (_stack.Server.Submissions("start_standby"), _stack.Server.Submissions("stop_standby")));
    }

    [Fact]
    public async Task A_destroy_stops_the_link()
    {
        Succeeded(await _stack.Engine.UpAsync());
        var destroy = await _stack.Engine.DestroyAsync();

        Succeeded(destroy);
        Assert.Empty(destroy.State.Resources);
        Assert.Equal(1, _stack.Server.Submissions("stop_standby"));
        Assert.Null(_stack.Cloud.LinkOf(SimulatedCloudServer.Standby));
    }

    [Fact]
    public async Task A_resource_that_leaves_the_program_stops_its_link()
    {
        Succeeded(await _stack.Engine.UpAsync());
        _stack.EmptyProgram();
        Succeeded(await _stack.Engine.UpAsync());

        Assert.Null(_stack.Cloud.LinkOf(SimulatedCloudServer.Standby));
    }

    [Fact]
    public async Task A_link_made_elsewhere_is_listed_imported_and_in_need_of_nothing()
    {
        _stack.Cloud.StartByConsole(
            SimulatedCloudServer.Standby,
            new SourceEndpoint(SimulatedCloudServer.Source, "pek3a") { Password = LiveStack.Password }
        );

        var listed = await _stack.Engine.ListAsync(
            "qingcloud-mysql-standby:StandbyReplication",
            PropertyMap.Empty.With("zone", PropertyValue.Of("sh1a"))
        );
        var (id, _) = Assert.Single(listed.Listed);
        var import = await _stack.Engine.ImportAsync(
            "qingcloud-mysql-standby:StandbyReplication",
            "orders-dr",
            id,
            protect: false
        );

        Succeeded(import);
        Assert.Equal("sh1a/cl-ouhutv70", id);
        var up = await _stack.Engine.UpAsync();
        Succeeded(up);
        Assert.Equal(StepKind.Same, Assert.Single(up.Steps).Kind);
        Assert.Equal(0, _stack.Server.Submissions("start_standby"));
        AssertNoSecrets();
    }

    [Fact]
    public async Task After_Ctrl_C_the_next_up_waits_on()
    {
        _stack.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(4));
        using var interrupt = new CancellationTokenSource();
        _stack.Output.When("start_standby: job", interrupt.Cancel);

        var broken = await _stack.Engine.UpAsync(new RunOptions { Interrupt = interrupt.Token });

        Assert.True(broken.Cancelled);
        Assert.Equal("starting", State(broken));
        Assert.Contains(broken.Errors, error => error.Contains("runs on in the cloud", StringComparison.Ordinal));
        Assert.All(broken.Plugins, plugin => Assert.Equal(0, plugin.ExitCode));
        var up = await _stack.Engine.UpAsync();
        Succeeded(up);
        Assert.Equal("replicating", State(up));
        Assert.Equal(1, _stack.Server.Submissions("start_standby"));
    }

    [Fact]
    public async Task A_create_whose_plugin_is_killed_is_taken_over_by_the_next()
    {
        _stack.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(4));
        IReadOnlyList<PluginHandle> plugins = [];
        _stack.Output.When("start_standby: job", () => plugins[0].Kill());

        var broken = await _stack.Engine.UpAsync(
            new RunOptions
            {
                AtStep = point =>
                {
                    plugins = point.Plugins;
                    return Task.CompletedTask;
                },
            }
        );
        Assert.False(broken.Succeeded);
        _stack.Engine.Cancel();

        Succeeded(await _stack.Engine.UpAsync());
        Assert.Equal(1, _stack.Server.Submissions("start_standby"));
    }

    [Fact]
    public async Task A_create_whose_engine_is_killed_is_taken_over_by_the_next()
    {
        _stack.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(4));
        using var crash = new CancellationTokenSource();
        _stack.Output.When("start_standby: job", crash.Cancel);

        var broken = await _stack.Engine.UpAsync(new RunOptions { Crash = crash.Token });
        Assert.True(broken.Crashed);
        await Task.WhenAll(
            broken.Plugins.Select(plugin => plugin.WaitForExitAsync(TestContext.Current.CancellationToken))
        );
        _stack.Engine.Cancel();

        Succeeded(await _stack.Engine.UpAsync());
        Assert.Equal(1, _stack.Server.Submissions("start_standby"));
    }

    [Fact]
    public async Task No_secret_shows_in_URLs_output_or_state()
    {
        _stack.Cloud.PlanJobs(
            new JobPlan
            {
                Service = "start_standby",
                Outcome = JobOutcome.Failed,
                ErrorCodes = "4711",
            }
        );
        Assert.False((await _stack.Engine.UpAsync()).Succeeded);
        Succeeded(await _stack.Engine.UpAsync());
        _stack.Program("promoted: true");
        Succeeded(await _stack.Engine.UpAsync());

        AssertNoSecrets();
    }

    [Fact]
    public async Task A_key_that_is_wrong_is_said_to_be_wrong_and_not_shown()
    {
        await using var wrong = await LiveStack.StartAsync("a-key-that-opens-nothing");
        var up = await wrong.Engine.UpAsync();

        Assert.Contains("1200", Assert.Single(up.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("opens-nothing", wrong.Traces, StringComparison.Ordinal);
    }

    private static string? State(RunResult run) =>
        run.State.Find("orders-dr")?.Outputs["state"] is PropertyValue.TextValue text ? text.Value : null;

    private void Succeeded(RunResult run) => Assert.True(run.Succeeded, _stack.Output.ToString());

    private void AssertNoSecrets()
    {
        string[] secrets = ["Passwd@123", "Passwd%40123", ApiOptions.DemoSecretAccessKey];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, _stack.Traces, StringComparison.Ordinal));
        Assert.All(
            _stack.Server.Calls.Kept,
            call => Assert.All(secrets, secret => Assert.DoesNotContain(secret, call.Url, StringComparison.Ordinal))
        );
    }
}
