using QingCloudMySqlStandby.EndToEnd.Tests.Runbook;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>examples/yaml-switchover: there and back by four edits, and what happens when edits are skipped.</summary>
public sealed class SwitchoverExampleTests : IAsyncLifetime
{
    private CommandLine _commands = null!;

    public async ValueTask InitializeAsync() => _commands = await CommandLine.StartAsync();

    public async ValueTask DisposeAsync() => await _commands.DisposeAsync();

    [Fact]
    public async Task Four_edits_lead_there_and_back_and_at_no_time_do_the_two_follow_each_other()
    {
        await UpAsync("1-linked", standbyFollows: true, sourceFollows: false);
        await UpAsync("2-switched-over", standbyFollows: false, sourceFollows: false);
        await UpAsync("3-failing-back", standbyFollows: false, sourceFollows: true);
        await UpAsync("4-failed-back", standbyFollows: false, sourceFollows: false);
        await ConsentAsync();
        await UpAsync("5-home", standbyFollows: true, sourceFollows: false);
        await UpAsync("1-linked", standbyFollows: true, sourceFollows: false);

        AssertNeverBothWays();
        Assert.Equal(3, _commands.Cloud.Submissions("start_standby"));
    }

    [Fact]
    public async Task Two_edits_at_once_are_carried_out_in_their_order()
    {
        await UpAsync("1-linked", standbyFollows: true, sourceFollows: false);
        await UpAsync("3-failing-back", standbyFollows: false, sourceFollows: true);

        AssertNeverBothWays();
    }

    [Fact]
    public async Task Going_home_before_the_old_primary_is_promoted_is_refused()
    {
        await UpAsync("1-linked", standbyFollows: true, sourceFollows: false);
        await UpAsync("3-failing-back", standbyFollows: false, sourceFollows: true);

        await ConsentAsync();
        var (succeeded, output) = await _commands.In("5-home").RunAsync("pulumi up");

        Assert.False(succeeded);
        Assert.Contains("Each would overwrite the other", output, StringComparison.Ordinal);
        AssertNeverBothWays();
        await UpAsync("4-failed-back", standbyFollows: false, sourceFollows: false);
        await UpAsync("5-home", standbyFollows: true, sourceFollows: false);
        AssertNeverBothWays();
    }

    [Fact]
    public async Task Going_back_to_the_first_program_after_the_switchover_is_refused()
    {
        await UpAsync("1-linked", standbyFollows: true, sourceFollows: false);
        await UpAsync("2-switched-over", standbyFollows: false, sourceFollows: false);

        var (succeeded, output) = await _commands.In("1-linked").RunAsync("pulumi up");

        Assert.False(succeeded);
        Assert.Contains("promoted was true and is now false", output, StringComparison.Ordinal);
        Assert.Equal(1, _commands.Cloud.Submissions("start_standby"));
    }

    private async Task UpAsync(string step, bool standbyFollows, bool sourceFollows)
    {
        var (succeeded, output) = await _commands.In(step).RunAsync("pulumi up");

        Assert.True(succeeded, output);
        Assert.Equal((standbyFollows, sourceFollows), (Follows(OrdersCloud.Standby), Follows(OrdersCloud.Source)));
        var serving = step is "2-switched-over" or "3-failing-back" ? OrdersCloud.Standby : OrdersCloud.Source;
        Assert.Equal([serving], _commands.Cloud.Cloud.Writable);
        (succeeded, output) = await _commands.RunAsync("pulumi preview --expect-no-changes");
        Assert.True(succeeded, output);
    }

    private async Task ConsentAsync()
    {
        await _commands.RunAsync("pulumi stack output --json");
        await _commands.RunAsync("pulumi config set relinkAfter j-xxxxxxxxxxx");
    }

    private bool Follows(string cluster) => _commands.Cloud.Cloud.LinkOf(cluster) is not null;

    /// <summary>Walks through the history: a link ends before the other begins.</summary>
    private void AssertNeverBothWays()
    {
        var linked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var past in _commands.Cloud.Cloud.History)
        {
            _ = past.Kind switch
            {
                ClusterEventKind.Linked => linked.Add(past.ClusterId),
                ClusterEventKind.Promoted or ClusterEventKind.Stopped or ClusterEventKind.StartFailed => linked.Remove(
                    past.ClusterId
                ),
                _ => false,
            };
            Assert.InRange(linked.Count, 0, 1);
        }
    }
}
