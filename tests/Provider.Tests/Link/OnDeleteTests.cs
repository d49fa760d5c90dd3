using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>What deleting a link does to the standby.</summary>
public sealed class OnDeleteTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    private static PropertyMap Promoting => LifecycleRig.Program.With("onDelete", PropertyValue.Of("promote"));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void With_onDelete_promote_the_standby_is_promoted() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.UpAsync(Promoting, "update");
            Assert.Equal((1, 0, 0), _rig.Submissions);

            await _rig.UpAsync(null, "delete");

            Assert.Equal((1, 0, 1), _rig.Submissions);
            Assert.Equal(Release.Promoted, _rig.Cloud.Cluster(World.Standby)!.Release);
            Assert.Null(_rig.Stack.Stored);
        });

    [Fact]
    public void A_promotion_that_is_refused_keeps_the_resource() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(Promoting, "create");
            _rig.Cloud.SetLagging(World.Standby);

            var refused = await _rig.Stack.DestroyAsync();

            Assert.Contains("promote_standby failed: job j-", refused.Message, StringComparison.Ordinal);
            Assert.Contains("it is replicating by job j-", refused.Message, StringComparison.Ordinal);
            Assert.NotNull(_rig.Cloud.LinkOf(World.Standby));
            Assert.NotNull(_rig.Stack.Stored);
            _rig.Cloud.SetLagging(World.Standby, lagging: false);
            await _rig.UpAsync(null, "delete");
        });

    [Fact]
    public void A_replacement_on_the_cluster_needs_the_standby_as_a_standby() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(Promoting, "create");
            var provider = await _rig.World.StartProviderAsync();
            var inputs = await LifecycleRig.CheckAsync(provider, _rig.Stack.Urn, Promoting);

            await _rig.DeleteAsync(provider, _rig.Stack.Stored!);
            await LifecycleRig.CreateAsync(provider, _rig.Stack.Urn, inputs);

            Assert.Equal((2, 1, 0), _rig.Submissions);
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void Deleting_what_was_failed_over_calls_nothing(string how) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(Promoting, "create");
            await _rig.FailOverAsync(how);

            await _rig.UpAsync(null, "delete");

            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Deleting_a_link_whose_start_is_out_of_sight_asks_whether_there_is_one() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.Knobs = _rig.Cloud.Knobs with { StandbyTab = StandbyTab.Absent };
            _rig.Cloud.SetDuration("start_standby", TimeSpan.FromMinutes(10));
            _rig.Cloud.PlanJobs(
                new JobPlan("start_standby", JobOutcome.Failed, VanishesAfter: TimeSpan.FromMinutes(3))
            );
            Assert.False((await _rig.Stack.UpAsync(LifecycleRig.Program)).IsSuccess);
            await _rig.PassAsync(TimeSpan.FromHours(1));

            var refused = await _rig.Stack.UpAsync(null);

            Assert.Contains(
                "Nothing shows that the link is this resource's",
                refused.Message,
                StringComparison.Ordinal
            );
            Assert.Contains("pulumi state delete", refused.Message, StringComparison.Ordinal);
            Assert.NotNull(_rig.Stack.Stored);
        });

    [Fact]
    public void Deleting_the_link_of_a_cluster_that_was_deleted_calls_nothing() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(Promoting, "create");
            _rig.Cloud.SetStatus(World.Standby, ClusterStatus.Ceased);

            await _rig.UpAsync(null, "delete");

            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Deleting_a_link_that_another_user_is_promoting_is_refused_until_that_has_ended() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            _rig.Cloud.SetDuration("promote_standby", TimeSpan.FromMinutes(10));
            _rig.Cloud.PromoteByConsole(World.Standby);

            Assert.Contains(
                "operation is under way",
                (await _rig.Stack.UpAsync(null)).Message,
                StringComparison.Ordinal
            );
            await _rig.PassAsync(TimeSpan.FromMinutes(11));
            await _rig.UpAsync(null, "delete");

            Assert.Equal((1, 0, 0), _rig.Submissions);
            Assert.Contains(World.Standby, _rig.Cloud.Writable);
        });

    [Fact]
    public void Deleting_a_link_that_is_somebody_elses_by_now_is_refused() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            _rig.Cloud.ChangeSource(World.Standby, new SourceEndpoint(World.OtherSource, World.SourceZone));
            await _rig.PassAsync(TimeSpan.FromMinutes(5));

            var refused = await _rig.Stack.DestroyAsync();

            Assert.Contains("is not the one that this resource made", refused.Message, StringComparison.Ordinal);
            Assert.NotNull(_rig.Cloud.LinkOf(World.Standby));
        });
}
