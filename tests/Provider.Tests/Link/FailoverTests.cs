using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>A failover is never undone by <c>up</c>: whatever the state file still says, and however the update came to
/// an end.</summary>
public sealed class FailoverTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("promoted", "promote_standby")]
    [InlineData("stopped", "stop_standby")]
    public void Refresh_reports_the_job_and_its_time(string how, string service) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync(how);
            var job = _rig.Cloud.Jobs[0];

            await _rig.Stack.RefreshAsync();

            Assert.Equal(job.Id, _rig.Stack.Stored!.Outputs["jobId"] is PropertyValue.TextValue id ? id.Value : null);
            var warning = Assert.Single(
                _rig.Stack.Lines,
                line => line.StartsWith("warning:", StringComparison.Ordinal)
            );
            Assert.Contains(
                $"was {how} by job {job.Id} ({service}, {job.CreatedAt:yyyy-MM-ddTHH:mm:ssZ}, submitted " + "by",
                warning,
                StringComparison.Ordinal
            );
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_replacement_that_deletes_first_ends_at_its_Delete(string how) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync(how);
            var provider = await _rig.World.StartProviderAsync();
            await LifecycleRig.CheckAsync(provider, _rig.Stack.Urn, LifecycleRig.Program);

            var refused = await Assert.ThrowsAnyAsync<PluginException>(() =>
                _rig.DeleteAsync(provider, _rig.Stack.Stored!)
            );

            Assert.Contains("was failed over", refused.Message, StringComparison.Ordinal);
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    /// <summary>The engine deletes dependents of a replaced resource before the program has come to them: no Check
    /// announced it.</summary>
    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_replacement_that_deletes_before_the_program_declares_stops_at_its_Create(string how) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync(how);
            var provider = await _rig.World.StartProviderAsync();

            await _rig.DeleteAsync(provider, _rig.Stack.Stored!);
            var inputs = await LifecycleRig.CheckAsync(provider, _rig.Stack.Urn, LifecycleRig.Program);
            var refused = await Assert.ThrowsAnyAsync<PluginException>(() =>
                LifecycleRig.CreateAsync(provider, _rig.Stack.Urn, inputs)
            );

            Assert.Contains("was failed over", refused.Message, StringComparison.Ordinal);
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void A_replacement_that_creates_first_on_the_same_cluster_keeps_the_link() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            var provider = await _rig.World.StartProviderAsync();
            var inputs = await LifecycleRig.CheckAsync(provider, _rig.Stack.Urn, LifecycleRig.Program);

            await LifecycleRig.CreateAsync(provider, _rig.Stack.Urn, inputs);
            await _rig.DeleteAsync(provider, _rig.Stack.Stored!);

            Assert.NotNull(_rig.Cloud.LinkOf(World.Standby));
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void A_resource_that_was_renamed_without_an_alias_does_not_take_the_link_over() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            var renamed = new LinkStack(_rig.World, "orders-renamed");

            foreach (
                var result in new[]
                {
                    await renamed.PreviewAsync(LifecycleRig.Program),
                    await renamed.UpAsync(LifecycleRig.Program),
                }
            )
            {
                Assert.Contains(
                    "was started by another resource of this stack",
                    result.Message,
                    StringComparison.Ordinal
                );
                Assert.Contains("alias", result.Message, StringComparison.Ordinal);
                Assert.Contains("pulumi import", result.Message, StringComparison.Ordinal);
            }

            Assert.NotNull(_rig.Cloud.LinkOf(World.Standby));
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_lost_state_file_comes_back_by_accepting_the_failover(string how) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync(how);
            _rig.Stack.Stored = null;

            await _rig.UpAsync(LifecycleRig.Promoted, "create");

            Assert.Equal(how, _rig.Stack.LinkState);
            await _rig.UpAsync(LifecycleRig.Promoted, "same");
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void A_new_start_after_a_deletion_takes_consent_and_is_announced() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.UpAsync(null, "delete");
            await _rig.RefusedAsync(
                LifecycleRig.Program,
                "it was stopped by job j-",
                $"relinkAfter: {_rig.Cloud.Jobs[0].Id}"
            );

            await _rig.Stack.PreviewAsync(_rig.Relink);
            Assert.Contains(
                _rig.Stack.Lines,
                line =>
                    line.StartsWith("info: start_standby (full) on cl-ouhutv70", StringComparison.Ordinal)
                    && line.Contains("OVERWRITTEN; it was stopped by job j-", StringComparison.Ordinal)
            );
            await _rig.UpAsync(_rig.Relink, "create");
            Assert.Contains(
                _rig.Stack.Lines,
                line =>
                    line.StartsWith("warning: the standby cl-ouhutv70 was stopped by job j-", StringComparison.Ordinal)
                    && line.EndsWith(
                        "start_standby (full) OVERWRITES what was written to it since",
                        StringComparison.Ordinal
                    )
            );
        });

    [Fact]
    public void A_stop_that_failed_takes_consent_though_a_start_failed_after_it() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.PlanJobs(new JobPlan("start_standby", VanishesAfter: TimeSpan.FromMinutes(3)));
            _rig.Cloud.PlanJobs(new JobPlan("stop_standby", JobOutcome.Failed, TakesEffect: true));
            _rig.Cloud.PlanJobs(new JobPlan("start_standby", JobOutcome.Failed));
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync("stopped");
            var stop = _rig.Cloud.Jobs[0].Id;
            _rig.Cloud.StartByConsole(World.Standby, new SourceEndpoint(World.Source, World.SourceZone));
            await _rig.PassAsync(TimeSpan.FromMinutes(5));
            _rig.Stack.Stored = null;

            await _rig.RefusedAsync(LifecycleRig.Program, $"relinkAfter: {stop}");
            await _rig.UpAsync(LifecycleRig.Promoted, "create");
            await _rig.UpAsync(LifecycleRig.Promoted, "same");

            Assert.Equal((1, 0, 0), _rig.Submissions);
            await _rig.UpAsync(LifecycleRig.RelinkAfter(stop), "update");
            Assert.Equal((2, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void What_would_not_be_accepted_is_not_offered() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.StartByConsole(World.Standby, new SourceEndpoint(World.OtherSource, World.SourceZone));
            await _rig.PassAsync(TimeSpan.FromMinutes(5));
            await _rig.FailOverAsync("stopped");

            var refused = await _rig.Stack.UpAsync(LifecycleRig.Program);

            Assert.Contains($"- relinkAfter: {_rig.Cloud.Jobs[0].Id}", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("promoted: true", refused.Message, StringComparison.Ordinal);
            await _rig.RefusedAsync(LifecycleRig.Promoted, "promoted: true cannot be carried out");
        });

    [Fact]
    public void Consent_is_for_one_event_alone() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync("promoted");
            var consent = _rig.Relink;
            await _rig.UpAsync(consent, "update");
            await _rig.UpAsync(consent, "same");
            await _rig.FailOverAsync("stopped");

            await _rig.RefusedAsync(
                consent.WithSource("user", PropertyValue.Of("dba")),
                $"relinkAfter: {_rig.Cloud.Jobs[0].Id}",
                "which does not cover that"
            );
            Assert.Equal((2, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Consent_needs_no_refresh() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync("promoted");

            Assert.Equal("update", (await _rig.Stack.PreviewAsync(_rig.Relink)).Done);
            await _rig.UpAsync(_rig.Relink, "update");

            Assert.Equal((2, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Taking_promoted_back_is_refused_without_consent() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.UpAsync(LifecycleRig.Promoted, "update");
            var consent = _rig.Relink;

            await _rig.RefusedAsync(
                LifecycleRig.Program,
                "promoted was true and is now false",
                $"relinkAfter: {_rig.Cloud.Jobs[0].Id}"
            );
            Assert.Equal("update", (await _rig.Stack.PreviewAsync(consent)).Done);
            await _rig.UpAsync(consent, "update");

            Assert.Equal((2, 0, 1), _rig.Submissions);
            await _rig.UpAsync(LifecycleRig.Program, "update");
            await _rig.UpAsync(LifecycleRig.Program, "same");
            Assert.Equal((2, 0, 1), _rig.Submissions);
        });

    [Fact]
    public void An_update_broken_off_after_its_stop_can_be_accepted_as_a_failover() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            _rig.Cloud.SetDuration("stop_standby", TimeSpan.FromMinutes(20));
            await _rig.BreakOffAsync(
                LifecycleRig.Program.WithSource("host", PropertyValue.Of("10.0.0.9")),
                TimeSpan.FromMinutes(5)
            );
            await _rig.PassAsync(TimeSpan.FromHours(1));

            await _rig.UpAsync(LifecycleRig.Promoted, "update");

            Assert.Equal("stopped", _rig.Stack.LinkState);
            await _rig.UpAsync(LifecycleRig.Promoted, "same");
            Assert.Equal("same", (await _rig.Stack.RefreshAsync()).Done);
            Assert.Equal((1, 1, 0), _rig.Submissions);
        });

    [Fact]
    public void A_start_whose_jobs_are_out_of_sight_is_not_started_again_by_guess() =>
        _rig.Run(async () =>
        {
            await BreakOffAndPurgeAsync();

            await _rig.RefusedAsync(LifecycleRig.Program, "Nothing was changed", "relinkAfter: 20");
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void A_start_whose_jobs_are_out_of_sight_is_started_again_with_consent() =>
        _rig.Run(async () =>
        {
            await BreakOffAndPurgeAsync();

            await _rig.UpAsync(LifecycleRig.RelinkAfter(_rig.Now), "update");

            Assert.Equal("replicating", _rig.Stack.LinkState);
            Assert.Equal((2, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void A_failover_that_only_the_tab_shows_is_left_alone_by_a_deletion() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.PlanJobs(new JobPlan { VanishesAfter = TimeSpan.FromHours(1), Times = null });
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync("promoted");
            await _rig.PassAsync(TimeSpan.FromDays(1));

            Assert.True((await _rig.Stack.DestroyAsync()).IsSuccess);

            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Two_links_in_a_circle_are_refused_until_one_is_promoted() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            var back = new LinkStack(_rig.World, "orders-back");

            var refused = await back.UpAsync(Back);

            Assert.Contains("Each would overwrite the other", refused.Message, StringComparison.Ordinal);
            Assert.Contains("dependsOn", refused.Message, StringComparison.Ordinal);
            Assert.Null(back.Stored);
            Assert.Equal(1, _rig.World.Submissions("start_standby"));
            await _rig.UpAsync(LifecycleRig.Promoted, "update");
            Assert.True((await back.UpAsync(Back)).IsSuccess);
            Assert.Equal("replicating", back.LinkState);
        });

    [Theory]
    [InlineData("host", "10.1.1.1")]
    [InlineData("user", "dba")]
    [InlineData("clusterId", World.OtherSource)]
    [InlineData("password", "An0ther!")]
    public void A_source_changed_at_the_console_is_shown_by_its_property(string name, string value) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            var source = new SourceEndpoint(World.Source, World.SourceZone);
            _rig.Cloud.ChangeSource(
                World.Standby,
                name switch
                {
                    "host" => source with { Host = value },
                    "user" => source with { User = value },
                    "clusterId" => source with { ClusterId = value },
                    _ => source with { Password = value },
                }
            );
            await _rig.PassAsync(TimeSpan.FromMinutes(5));

            var refreshed = await _rig.Stack.RefreshAsync();

            Assert.Equal(name == "password" ? "same" : $"update: source.{name}", refreshed.Done);
            var read = QingCloudMySqlStandby.Link.Inputs.StandbyInputs.Map(_rig.Stack.Stored!.Inputs["source"]);
            Assert.Equal(PropertyValue.Of("Passwd@123").AsSecret(), read["password"]);
            Assert.Equal(PropertyValue.Of(name == "password" ? "Passwd@123" : value), read[name].Bare);
            Assert.Equal("replicating", _rig.Stack.LinkState);
        });

    [Fact]
    public void A_preview_refuses_while_an_input_is_unknown_too() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            await _rig.FailOverAsync("promoted");
            await _rig.Stack.RefreshAsync();
            var unknown = LifecycleRig.Program.WithSource("password", PropertyValue.Unknown);

            Assert.Contains(
                "was failed over",
                (await _rig.Stack.PreviewAsync(unknown)).Message,
                StringComparison.Ordinal
            );
            foreach (var accepted in new[] { PropertyValue.Of(true), PropertyValue.Unknown })
            {
                var preview = await _rig.Stack.PreviewAsync(unknown.With("promoted", accepted));
                Assert.True(preview.IsSuccess, preview.Message);
            }
        });

    [Theory]
    [InlineData("suspended", "must be active")]
    [InlineData("busy", "another operation is under way")]
    public void A_preview_of_a_switchover_says_what_is_in_its_way(string what, string expected) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(LifecycleRig.Program, "create");
            if (what == "suspended")
            {
                _rig.Cloud.Knobs = _rig.Cloud.Knobs with { SuspendEndsLink = false };
                _rig.Cloud.SetStatus(World.Standby, ClusterStatus.Suspended);
            }
            else
            {
                _rig.Cloud.SetDuration("RestartClusters", TimeSpan.FromHours(1));
                _rig.Cloud.Restart(World.Standby);
            }

            Assert.Contains(
                expected,
                (await _rig.Stack.PreviewAsync(LifecycleRig.Promoted)).Message,
                StringComparison.Ordinal
            );
            Assert.Equal(0, _rig.World.Submissions("promote_standby"));
        });

    /// <summary>The old source as a standby of the new primary.</summary>
    private static PropertyMap Back =>
        PropertyMap
            .Empty.With("clusterId", PropertyValue.Of(World.Source))
            .With("zone", PropertyValue.Of(World.SourceZone))
            .With("syncWay", PropertyValue.Of("increment"))
            .With(
                "source",
                PropertyValue.Of(
                    PropertyMap
                        .Empty.With("clusterId", PropertyValue.Of(World.Standby))
                        .With("zone", PropertyValue.Of(World.StandbyZone))
                        .With("host", PropertyValue.Of("192.168.10.17"))
                        .With("user", PropertyValue.Of("migrate_user"))
                        .With("password", PropertyValue.Of("Passwd@123").AsSecret())
                )
            );

    /// <summary>The create is broken off, the link comes up and is promoted, and the history forgets all of
    /// it.</summary>
    private async Task BreakOffAndPurgeAsync()
    {
        _rig.Cloud.PlanJobs(new JobPlan { VanishesAfter = TimeSpan.FromHours(3), Times = null });
        _rig.Cloud.SetDuration("start_standby", TimeSpan.FromHours(1));
        await _rig.BreakOffAsync(LifecycleRig.Program, TimeSpan.FromMinutes(10));
        await _rig.PassAsync(TimeSpan.FromHours(2));
        await _rig.FailOverAsync("promoted");
        await _rig.PassAsync(TimeSpan.FromDays(1));
    }
}
