using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>A link's life, from the plugin's protocol down to the wire, on simulated time.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly World _world = new();
    private readonly LinkStack _stack;

    public LifecycleTests() => _stack = new LinkStack(_world);

    private static PropertyMap Program => World.LinkInputs;

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Create_starts_the_link_once_by_POST_and_waits_for_it() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");

            Assert.Equal("replicating", _stack.LinkState);
            Assert.Equal("sh1a/cl-ouhutv70", _stack.Stored!.Id);
            Assert.NotNull(_world.Cloud.LinkOf(World.Standby));
            var order = Assert.Single(_world.Api.Calls.Of("RunClusterCustomService"));
            Assert.Equal("POST", order.Method);
            Assert.DoesNotContain("Passwd", order.Url, StringComparison.Ordinal);
            Assert.Contains(
                _stack.Lines,
                line => line.StartsWith("status: start_standby: job " + "j-", StringComparison.Ordinal)
            );
        });

    [Fact]
    public void An_unchanged_program_changes_nothing_after_create_refresh_and_import() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await UpAsync(Program, "same");
            Assert.Equal("same", (await _stack.RefreshAsync()).Done);
            await UpAsync(Program, "same");

            Assert.Equal("import", (await _stack.ImportAsync("cl-ouhutv70")).Done);
            await UpAsync(Program, "same");
            Assert.Equal(1, _world.Submissions("start_standby"));
        });

    [Fact]
    public void Delete_stops_the_link_and_waits() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await UpAsync(null, "delete");

            Assert.Null(_stack.Stored);
            Assert.Null(_world.Cloud.LinkOf(World.Standby));
            Assert.Equal(1, _world.Submissions("stop_standby"));
        });

    [Theory]
    [InlineData("host", "10.0.0.9")]
    [InlineData("user", "other_user")]
    [InlineData("password", "An0ther!")]
    public void Another_address_stops_and_starts_with_increment(string name, string value) =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            var changed = Program.WithSource(name, PropertyValue.Of(value));
            Assert.Equal("update", (await _stack.PreviewAsync(changed)).Done);
            await UpAsync(changed, "update");

            var link = _world.Cloud.LinkOf(World.Standby)!;
            Assert.Equal(SyncWay.Increment, link.SyncWay);
            Assert.Contains(value, new[] { link.Source.Host, link.Source.User, link.Source.Password });
            Assert.Equal("replicating", _stack.LinkState);
            await UpAsync(changed, "same");
            Assert.Equal("same", (await _stack.RefreshAsync()).Done);
        });

    [Fact]
    public void Another_source_stops_and_starts_as_declared() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await UpAsync(Program.WithSource("clusterId", PropertyValue.Of(World.OtherSource)), "update");

            Assert.Equal(World.OtherSource, _world.Cloud.LinkOf(World.Standby)!.Source.ClusterId);
            Assert.Equal(SyncWay.Full, _world.Cloud.LinkOf(World.Standby)!.SyncWay);
            Assert.Equal((1, 2), (_world.Submissions("stop_standby"), _world.Submissions("start_standby")));
        });

    [Theory]
    [InlineData(
        "source.clusterId",
        "start_standby (increment) on cl-ouhutv70 (name of cl-ouhutv70) from cl-9np7ig3h in pek3a: the standby keeps its data; where both sides were written to, they differ from then on"
    )]
    [InlineData(
        "source.zone",
        "start_standby (increment) on cl-ouhutv70 (name of cl-ouhutv70) from cl-9np7ig3g in gd2: the standby keeps its data; where both sides were written to, they differ from then on"
    )]
    [InlineData(
        "syncWay",
        "start_standby (full) on cl-ouhutv70 (name of cl-ouhutv70) from cl-9np7ig3g in pek3a: the standby's data is OVERWRITTEN"
    )]
    public void A_preview_says_what_a_change_stops_starts_and_overwrites(string what, string starts) =>
        _world.Run(async () =>
        {
            await UpAsync(Program.With("syncWay", PropertyValue.Of("increment")), "create");
            var full = Program.With("syncWay", PropertyValue.Of(what == "syncWay" ? "full" : "increment"));
            var changed = what switch
            {
                "source.clusterId" => full.WithSource("clusterId", PropertyValue.Of(World.OtherSource)),
                "source.zone" => full.WithSource("zone", PropertyValue.Of("gd2")),
                _ => full,
            };

            var preview = await _stack.PreviewAsync(changed);

            Assert.True(preview.IsSuccess, preview.Message);
            Assert.Equal("update", preview.Done);
            Assert.Contains(
                _stack.Lines,
                line => line == $"info: stop_standby on cl-ouhutv70 (name of cl-ouhutv70), then {starts}"
            );
            Assert.Equal((0, 1), (_world.Submissions("stop_standby"), _world.Submissions("start_standby")));
        });

    [Fact]
    public void A_change_that_would_cut_a_foreign_link_is_refused_in_its_preview() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            _world.Cloud.ChangeSource(World.Standby, new SourceEndpoint(World.OtherSource, World.SourceZone));
            await Task.Delay(TimeSpan.FromMinutes(5), _world.Time);
            var changed = Program.WithSource("zone", PropertyValue.Of("gd2"));

            Assert.Contains(World.OtherSource, (await _stack.PreviewAsync(changed)).Message, StringComparison.Ordinal);
            Assert.Contains(World.OtherSource, (await _stack.UpAsync(changed)).Message, StringComparison.Ordinal);
            Assert.Equal(0, _world.Submissions("stop_standby"));
        });

    [Fact]
    public void Another_standby_is_linked_before_the_old_link_goes() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await UpAsync(Program.With("clusterId", PropertyValue.Of(World.OtherStandby)), "replace");

            Assert.NotNull(_world.Cloud.LinkOf(World.OtherStandby));
            Assert.Null(_world.Cloud.LinkOf(World.Standby));
            Assert.Equal("sh1a/cl-ouhutv71", _stack.Stored!.Id);
            Assert.Equal(
                ["start_standby", "start_standby", "stop_standby"],
                _world.Api.Calls.Of("RunClusterCustomService").Select(call => call.Service)
            );
        });

    [Fact]
    public void A_planned_switchover_promotes_and_waits() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await UpAsync(Promoted, "update");

            Assert.Equal("promoted", _stack.LinkState);
            Assert.Contains(World.Standby, _world.Cloud.Writable);
            await UpAsync(Promoted, "same");
            Assert.Equal("same", (await _stack.RefreshAsync()).Done);
            await UpAsync(null, "delete");
            Assert.Equal((1, 0), (_world.Submissions("promote_standby"), _world.Submissions("stop_standby")));
        });

    [Fact]
    public void A_promotion_that_the_job_refuses_leaves_the_link_and_says_what_to_do() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            _world.Cloud.SetLagging(World.Standby);

            var result = await _stack.UpAsync(Promoted);
            Assert.Contains("promote_standby was tried", result.Message, StringComparison.Ordinal);
            Assert.Contains("is writable again", result.Message, StringComparison.Ordinal);
            Assert.Contains("the link is unchanged", result.Message, StringComparison.Ordinal);
            Assert.NotNull(_world.Cloud.LinkOf(World.Standby));

            _world.Cloud.SetLagging(World.Standby, lagging: false);
            await UpAsync(Promoted, "update");
            Assert.Equal("promoted", _stack.LinkState);
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_failover_outside_Pulumi_is_reported_and_never_undone(string how) =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await FailOverAsync(how);

            Assert.Equal("update: state", (await _stack.RefreshAsync()).Done);
            Assert.Equal(how, _stack.LinkState);
            foreach (var result in new[] { await _stack.PreviewAsync(Program), await _stack.UpAsync(Program) })
            {
                Assert.Contains("was failed over: it was " + how, result.Message, StringComparison.Ordinal);
                Assert.Contains("promoted: true", result.Message, StringComparison.Ordinal);
                Assert.Contains($"relinkAfter: {_world.Cloud.Jobs[0].Id}", result.Message, StringComparison.Ordinal);
            }

            await UpAsync(Promoted, "update");
            Assert.Equal((1, 0), (_world.Submissions("start_standby"), _world.Submissions("promote_standby")));
            await UpAsync(null, "delete");
            Assert.Equal(0, _world.Submissions("stop_standby"));
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_state_file_older_than_the_failover_undoes_nothing(string how) =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await FailOverAsync(how);

            var credentials = await _stack.UpAsync(Program.WithSource("password", PropertyValue.Of("An0ther!")));
            var source = await _stack.UpAsync(Program.WithSource("clusterId", PropertyValue.Of(World.OtherSource)));

            Assert.Contains("was failed over", credentials.Message, StringComparison.Ordinal);
            Assert.Contains("was failed over", source.Message, StringComparison.Ordinal);
            Assert.NotNull(_stack.Stored);
            Assert.Equal((1, 0), (_world.Submissions("start_standby"), _world.Submissions("stop_standby")));
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void With_relinkAfter_the_link_is_started_again(string how) =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await FailOverAsync(how);
            await _stack.RefreshAsync();
            var relink = Program.With("relinkAfter", PropertyValue.Of(_world.Cloud.Jobs[0].Id));

            Assert.Equal("update", (await _stack.PreviewAsync(relink)).Done);
            await UpAsync(relink, "update");

            Assert.Equal("replicating", _stack.LinkState);
            Assert.Equal(2, _world.Submissions("start_standby"));
        });

    [Fact]
    public void An_interrupted_create_waits_on_for_the_same_job() =>
        _world.Run(async () =>
        {
            _world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(2));
            using var interrupt = new CancellationTokenSource(TimeSpan.FromMinutes(10), _world.Time);

            var interrupted = await _stack.UpAsync(Program, interrupt.Token);

            Assert.True(interrupted.IsPartial);
            Assert.Contains("continues in the cloud", interrupted.Message, StringComparison.Ordinal);
            Assert.Equal("starting", _stack.LinkState);
            await UpAsync(Program, "update");
            Assert.Equal("replicating", _stack.LinkState);
            Assert.Equal(1, _world.Submissions("start_standby"));
        });

    [Fact]
    public void A_create_that_takes_too_long_says_so_and_keeps_the_job() =>
        _world.Run(async () =>
        {
            _world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(10));

            var late = await _stack.UpAsync(Program);

            Assert.Contains("time limit of 6h00m", late.Message, StringComparison.Ordinal);
            Assert.Contains("customTimeouts", late.Message, StringComparison.Ordinal);
            await UpAsync(Program, "update");
            Assert.Equal(1, _world.Submissions("start_standby"));
        });

    [Theory]
    [InlineData(JobOutcome.Failed)]
    [InlineData(JobOutcome.DoneWithFailure)]
    public void A_failed_start_ends_at_once_with_its_error_codes(JobOutcome outcome) =>
        _world.Run(async () =>
        {
            _world.Cloud.PlanJobs(
                new JobPlan
                {
                    Service = "start_standby",
                    Outcome = outcome,
                    ErrorCodes = "4711",
                }
            );

            var failed = await _stack.UpAsync(Program);

            Assert.Contains("error_codes 4711", failed.Message, StringComparison.Ordinal);
            Assert.Contains("source.user has SUPER", failed.Message, StringComparison.Ordinal);
            Assert.Null(_stack.Stored);
            await UpAsync(Program, "create");
        });

    [Fact]
    public void A_start_that_fails_after_the_interruption_is_started_again() =>
        _world.Run(async () =>
        {
            _world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
            _world.Cloud.PlanJobs(
                new JobPlan
                {
                    Service = "start_standby",
                    Outcome = JobOutcome.Failed,
                    ErrorCodes = "4711",
                }
            );
            using var interrupt = new CancellationTokenSource(TimeSpan.FromMinutes(10), _world.Time);
            await _stack.UpAsync(Program, interrupt.Token);
            await Task.Delay(TimeSpan.FromHours(2), _world.Time);

            await UpAsync(Program, "update");

            Assert.Equal("replicating", _stack.LinkState);
            Assert.Equal(SyncWay.Full, _world.Cloud.LinkOf(World.Standby)!.SyncWay);
            Assert.Equal(2, _world.Submissions("start_standby"));
        });

    [Fact]
    public void An_update_that_is_interrupted_between_stop_and_start_is_finished_by_the_next() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            _world.Cloud.SetDuration("stop_standby", TimeSpan.FromMinutes(20));
            var changed = Program.WithSource("host", PropertyValue.Of("10.0.0.9"));
            using var interrupt = new CancellationTokenSource(TimeSpan.FromMinutes(5), _world.Time);
            await _stack.UpAsync(changed, interrupt.Token);
            Assert.Equal("starting", _stack.LinkState);
            await Task.Delay(TimeSpan.FromHours(1), _world.Time);

            await UpAsync(changed, "update");

            var link = _world.Cloud.LinkOf(World.Standby)!;
            Assert.Equal(("10.0.0.9", SyncWay.Increment), (link.Source.Host, link.SyncWay));
            Assert.Equal((2, 1), (_world.Submissions("start_standby"), _world.Submissions("stop_standby")));
        });

    [Fact]
    public void After_a_crash_Create_adopts_its_own_job() =>
        _world.Run(async () =>
        {
            _world.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
            using var crash = new CancellationTokenSource(TimeSpan.FromMinutes(10), _world.Time);
            await _stack.UpAsync(Program, crash.Token);
            _stack.Stored = null;

            await UpAsync(Program, "create");
            _stack.Stored = null;
            await UpAsync(Program, "create");

            Assert.Equal("replicating", _stack.LinkState);
            Assert.Equal(1, _world.Submissions("start_standby"));
        });

    [Fact]
    public void A_foreign_link_is_refused_by_name() =>
        _world.Run(async () =>
        {
            _world.Cloud.StartByConsole(World.Standby, new SourceEndpoint(World.OtherSource, World.SourceZone));
            await Task.Delay(TimeSpan.FromMinutes(1), _world.Time);

            foreach (var result in new[] { await _stack.PreviewAsync(Program), await _stack.UpAsync(Program) })
                Assert.Contains("a user at the console", result.Message, StringComparison.Ordinal);

            Assert.Equal(0, _world.Submissions("start_standby"));
        });

    [Fact]
    public void A_start_that_is_refused_for_a_link_that_no_job_shows_names_that_link() =>
        _world.Run(async () =>
        {
            var source = new SourceEndpoint(World.OtherSource, World.SourceZone);
            _world.Cloud.StartByConsole(World.OtherStandby, source);
            _world.Cloud.PlanJobs(new JobPlan("start_standby", VanishesAfter: TimeSpan.FromMinutes(3)));
            _world.Cloud.StartByConsole(World.Standby, source);
            await Task.Delay(TimeSpan.FromMinutes(5), _world.Time);

            var refused = await _stack.UpAsync(World.LinkInputs);

            Assert.Contains("replicates from cl-9np7ig3h", refused.Message, StringComparison.Ordinal);
            Assert.Contains("pulumi import", refused.Message, StringComparison.Ordinal);
            Assert.Equal(1, _world.Submissions("start_standby"));
        });

    [Fact]
    public void A_start_that_is_refused_for_another_reason_is_not_submitted_again() =>
        _world.Run(async () =>
        {
            _world.Api.AddFault("ret=1400,service=start_standby");

            var refused = await _stack.UpAsync(World.LinkInputs);

            Assert.Contains("ret_code 1400", refused.Message, StringComparison.Ordinal);
            Assert.Null(_stack.Stored);
            Assert.Equal(1, _world.Submissions("start_standby"));
        });

    [Fact]
    public void A_source_changed_at_the_console_is_shown_property_by_property() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            _world.Cloud.ChangeSource(
                World.Standby,
                new SourceEndpoint(World.OtherSource, World.SourceZone) { Host = "10.1.1.1", User = "dba" }
            );
            await Task.Delay(TimeSpan.FromMinutes(5), _world.Time);

            var refreshed = await _stack.RefreshAsync();

            Assert.Equal("update: source.clusterId, source.host, source.user", refreshed.Done);
            Assert.True(
                QingCloudMySqlStandby
                    .Link.Inputs.StandbyInputs.Map(_stack.Stored!.Outputs["source"])["password"]
                    .IsSecret
            );
        });

    [Fact]
    public void An_imported_link_is_not_stopped_for_a_start_whose_password_is_not_known() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            await _stack.ImportAsync("sh1a/cl-ouhutv70");
            var changed = Program
                .WithSource(
                    "password",
                    PropertyValue.Of(QingCloudMySqlStandby.Link.Inputs.StandbyInputs.UnreadablePassword)
                )
                .WithSource("host", PropertyValue.Of("10.0.0.9"));

            foreach (var result in new[] { await _stack.PreviewAsync(changed), await _stack.UpAsync(changed) })
                Assert.Contains("Set source.password", result.Message, StringComparison.Ordinal);

            Assert.Equal(0, _world.Submissions("stop_standby"));
        });

    [Fact]
    public void A_cluster_that_was_deleted_is_gone() =>
        _world.Run(async () =>
        {
            await UpAsync(Program, "create");
            _world.Cloud.SetStatus(World.Standby, ClusterStatus.Ceased);

            Assert.Equal("gone", (await _stack.RefreshAsync()).Done);
            Assert.Null(_stack.Stored);
        });

    [Theory]
    [InlineData("suspended", "must be active")]
    [InlineData("unknown", "does not exist")]
    public void A_preview_says_what_an_up_would_refuse(string what, string expected) =>
        _world.Run(async () =>
        {
            var program = what == "unknown" ? Program.With("clusterId", PropertyValue.Of("cl-nowhere")) : Program;
            if (what == "suspended")
                _world.Cloud.SetStatus(World.Standby, ClusterStatus.Suspended);

            Assert.Contains(expected, (await _stack.PreviewAsync(program)).Message, StringComparison.Ordinal);
            Assert.Contains(expected, (await _stack.UpAsync(program)).Message, StringComparison.Ordinal);
        });

    [Fact]
    public void Of_two_resources_on_one_standby_the_second_is_refused() =>
        _world.Run(async () =>
        {
            var provider = await _world.StartProviderAsync();
            var first = await provider.CheckAsync(Check("one"), CancellationToken.None);
            var second = await provider.CheckAsync(Check("two"), CancellationToken.None);

            Assert.Empty(first.Failures);
            var failure = Assert.Single(second.Failures);
            Assert.Equal("clusterId", failure.Property);
            Assert.Contains("::one", failure.Reason, StringComparison.Ordinal);
        });

    private static PropertyMap Promoted => Program.With("promoted", PropertyValue.Of(true));

    private static CheckRequest Check(string name) =>
        new(
            $"urn:pulumi:dev::shop::{Names.StandbyReplication}::{name}",
            Names.StandbyReplication,
            PropertyMap.Empty,
            Program
        );

    private async Task UpAsync(PropertyMap? program, string expected)
    {
        var result = await _stack.UpAsync(program);
        Assert.True(result.IsSuccess, result.Message);
        Assert.Equal(expected, result.Done);
    }

    private async Task FailOverAsync(string how)
    {
        _ =
            how == "promoted"
                ? _world.Cloud.PromoteByConsole(World.Standby)
                : _world.Cloud.StopByConsole(World.Standby);
        await Task.Delay(TimeSpan.FromMinutes(5), _world.Time);
    }
}
