using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>A link's life with the plugin's process, over the protocol and HTTP, in real time.</summary>
public sealed class ProcessLifecycleTests : IAsyncLifetime
{
    private LiveStack _live = null!;

    public async ValueTask InitializeAsync() => _live = await LiveStack.StartAsync();

    public async ValueTask DisposeAsync() => await _live.DisposeAsync();

    [Fact]
    public async Task An_up_starts_once_by_POST_and_a_destroy_stops()
    {
        Succeeded(await _live.Stack.PreviewAsync());
        Assert.Equal(0, _live.Cloud.Submissions("start_standby"));
        var up = await _live.Stack.UpAsync();

        Succeeded(up);
        Assert.Equal("replicating", _live.State);
        Assert.Contains(up.Statuses, status => status.StartsWith("start_standby: job j-", StringComparison.Ordinal));
        var submission = Assert.Single(_live.Cloud.Calls.Of("RunClusterCustomService"));
        Assert.Equal("POST", submission.Method);
        Assert.Equal(LiveStack.Password, _live.Cloud.Cloud.LinkOf(OrdersCloud.Standby)!.Source.Password);
        Succeeded(await _live.Stack.DestroyAsync());
        Assert.Null(_live.Cloud.Cloud.LinkOf(OrdersCloud.Standby));
        Assert.All(_live.Plugin.Processes, plugin => Assert.Equal(0, plugin.ExitCode));
    }

    [Fact]
    public async Task A_link_made_elsewhere_is_listed_imported_and_in_need_of_nothing()
    {
        _live.Cloud.Cloud.StartByConsole(
            OrdersCloud.Standby,
            new SourceEndpoint(OrdersCloud.Source, "pek3a") { Password = LiveStack.Password }
        );

        var listed = Assert.Single(await _live.Stack.ListAsync(query: PropertyMap.Empty.With("zone", "sh1a")));
        Succeeded(await _live.Stack.ImportAsync(LiveStack.Name, listed.Id));
        var up = await _live.Stack.UpAsync();

        Succeeded(up);
        Assert.False(up.HasChanges);
        Assert.Equal(0, _live.Cloud.Submissions("start_standby"));
    }

    [Fact]
    public async Task After_Ctrl_C_the_next_up_waits_on()
    {
        _live.Cloud.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(4));
        using var interrupt = new CancellationTokenSource();
        _live.WhenStarted(interrupt.Cancel);

        var broken = await _live.Stack.UpAsync(new RunOptions { Interrupt = interrupt.Token });

        Assert.True(broken.Interrupted);
        Assert.Equal("starting", _live.State);
        Assert.Contains(broken.Errors, error => error.Contains("start_standby job j-", StringComparison.Ordinal));
        Assert.Equal(0, Assert.Single(_live.Plugin.Processes).ExitCode);
        Succeeded(await _live.Stack.UpAsync());
        Assert.Equal("replicating", _live.State);
        Assert.Equal(1, _live.Cloud.Submissions("start_standby"));
    }

    [Fact]
    public async Task A_create_whose_plugin_is_killed_is_taken_over_by_the_next()
    {
        _live.Cloud.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(4));
        _live.WhenStarted(() => _live.Plugin.Processes[^1].Kill());

        Assert.False((await _live.Stack.UpAsync()).Succeeded);
        Succeeded(await _live.Stack.UpAsync());

        Assert.Equal(1, _live.Cloud.Submissions("start_standby"));
    }

    [Fact]
    public async Task A_plugin_ends_with_its_engine_and_the_next_takes_its_create_over()
    {
        _live.Cloud.Cloud.SetDuration("start_standby", TimeSpan.FromSeconds(4));
        using var crash = new CancellationTokenSource();
        _live.WhenStarted(crash.Cancel);

        Assert.True((await _live.Stack.UpAsync(new RunOptions { Crash = crash.Token })).Died);
        await Assert.Single(_live.Plugin.Processes).Died.WaitAsync(TestContext.Current.CancellationToken);
        Succeeded(await _live.Stack.UpAsync());

        Assert.Equal(1, _live.Cloud.Submissions("start_standby"));
    }

    [Fact]
    public async Task No_secret_shows_in_URLs_output_or_state()
    {
        _live.Cloud.Cloud.PlanJobs(
            new JobPlan
            {
                Service = "start_standby",
                Outcome = JobOutcome.Failed,
                ErrorCodes = "4711",
            }
        );
        Assert.False((await _live.Stack.UpAsync()).Succeeded);
        Succeeded(await _live.Stack.UpAsync());
        _live.Declare(promoted: true);
        Succeeded(await _live.Stack.UpAsync());

        string[] secrets = ["Passwd@123", "Passwd%40123", ApiOptions.DemoSecretAccessKey];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, _live.Traces, StringComparison.Ordinal));
        Assert.All(
            _live.Cloud.Calls.Kept,
            call => Assert.All(secrets, secret => Assert.DoesNotContain(secret, call.Url, StringComparison.Ordinal))
        );
    }

    private static void Succeeded(RunResult run) => Assert.True(run.Succeeded, string.Join('\n', run.Errors));
}
