using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>getStandbyHealth: is data arriving, and how late? What is not known is absent.</summary>
public sealed class StandbyHealthTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_link_that_is_up_to_date_is_no_second_behind() =>
        _rig.Run(async () =>
        {
            await LinkAsync();

            var answer = await HealthAsync();

            Assert.Equal(("True", "replicating"), (Text(answer, "isLinked"), Text(answer, "state")));
            Assert.Equal(
                ("0", "seconds_behind_master", "2026-03-04T05:20:00Z"),
                (Text(answer, "lagSeconds"), Text(answer, "lagMeter"), Text(answer, "lagMeasuredAt"))
            );
            Assert.Equal(
                "cln-ouhutv701 maininstance active healthy;cln-ouhutv702 maininstance active healthy;"
                    + "cln-ouhutv703 maininstance active healthy",
                Nodes(answer)
            );
            Assert.Contains(
                "its 3 nodes are healthy, and 0s behind by its meter seconds_behind_master, measured at 2026-03-04T05:20:00Z.",
                Text(answer, "summary"),
                StringComparison.Ordinal
            );
        });

    [Fact]
    public void A_standby_that_receives_nothing_falls_behind() =>
        _rig.Run(async () =>
        {
            await FallBehindAsync();

            var answer = await HealthAsync();

            Assert.Equal(("True", "replicating"), (Text(answer, "isLinked"), Text(answer, "state")));
            Assert.Equal($"{Truth.TotalSeconds}", Text(answer, "lagSeconds"));
            Assert.Contains("12m00s behind by", Text(answer, "summary"), StringComparison.Ordinal);
        });

    /// <summary>Whatever QingCloud's answers look like, what is reported is what is so.</summary>
    [Fact]
    public void A_lag_that_is_reported_is_the_true_one() =>
        _rig.Run(async () =>
        {
            await FallBehindAsync();
            var known = 0;
            foreach (var knobs in EveryAnswer())
            {
                _rig.Cloud.Knobs = knobs;

                var answer = await HealthAsync();

                Assert.Equal("replicating", Text(answer, "state"));
                Assert.True(
                    Text(answer, "lagSeconds") is not { } seconds || seconds == $"{Truth.TotalSeconds}",
                    $"{Text(answer, "summary")} {knobs}"
                );
                Assert.True(
                    Text(answer, "lagSeconds") is null == (Text(answer, "lagMeasuredAt") is null)
                        && Text(answer, "lagSeconds") is null == (Text(answer, "lagMeter") is null)
                );
                known += Text(answer, "lagSeconds") is null ? 0 : 1;
            }

            Assert.Equal(36, known);
        });

    [Theory]
    [InlineData("no meter", "no meter of its nodes shows it; it has connections, mysql_role, uptime")]
    [InlineData("null", "there is no current value of its meter seconds_behind_master")]
    [InlineData("-1", "its meter seconds_behind_master has no value")]
    [InlineData("blank", "its meter seconds_behind_master has no value")]
    [InlineData("source gone", "its meter seconds_behind_master has no value")]
    [InlineData("refused", "DescribeClusterNodes was refused (ret_code 1400)")]
    public void What_is_not_known_is_absent_and_said(string what, string why) =>
        _rig.Run(async () =>
        {
            await LinkAsync();
            _rig.Cloud.Knobs = what switch
            {
                "no meter" => _rig.Cloud.Knobs with { LagMeter = Simulator.LagMeter.Absent },
                "null" => _rig.Cloud.Knobs with { MeterData = MeterData.Null },
                "-1" => _rig.Cloud.Knobs with { MeterData = MeterData.MinusOne },
                "blank" => _rig.Cloud.Knobs with { MeterData = MeterData.Blank },
                "refused" => _rig.Cloud.Knobs with { HealthRefused = true },
                _ => _rig.Cloud.Knobs,
            };
            if (what == "source gone")
                _rig.Cloud.Suspend(World.Source);

            await _rig.PassAsync(TimeSpan.FromMinutes(5));

            var answer = await HealthAsync();

            Assert.Equal("True", Text(answer, "isLinked"));
            foreach (var absent in new[] { "lagSeconds", "lagMeasuredAt", "lagMeter" })
                Assert.False(answer.ContainsKey(absent), absent);

            Assert.Contains(
                $"it is not known how far it is behind, because {why}",
                Text(answer, "summary"),
                StringComparison.Ordinal
            );
            Assert.Equal(what == "refused", Nodes(answer).Length == 0);
        });

    [Fact]
    public void A_node_that_is_not_healthy_is_named() =>
        _rig.Run(async () =>
        {
            await LinkAsync();
            _rig.Cloud.SetHealth("cln-ouhutv702", healthy: false);

            var answer = await HealthAsync();

            Assert.Contains("cln-ouhutv702 maininstance active unhealthy", Nodes(answer), StringComparison.Ordinal);
            Assert.Contains(
                "node cln-ouhutv702 is active and unhealthy",
                Text(answer, "summary"),
                StringComparison.Ordinal
            );
        });

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_cluster_that_follows_no_source_is_behind_none(string how) =>
        _rig.Run(async () =>
        {
            await LinkAsync();
            await _rig.FailOverAsync(how);

            var answer = await HealthAsync();

            Assert.Equal(("False", how), (Text(answer, "isLinked"), Text(answer, "state")));
            Assert.False(answer.ContainsKey("lagSeconds"));
            Assert.Contains("does not replicate", Text(answer, "summary"), StringComparison.Ordinal);
            Assert.Contains(_rig.Cloud.Jobs[0].Id, Text(answer, "summary"), StringComparison.Ordinal);
            Assert.Empty(_rig.World.Api.Calls.Of("GetClusterMonitor"));
        });

    [Fact]
    public void It_costs_a_few_calls_and_one_for_each_node_and_changes_nothing() =>
        _rig.Run(async () =>
        {
            await LinkAsync();
            var before = (_rig.World.Api.Calls.Total, _rig.Submissions);

            await HealthAsync();

            Assert.InRange(_rig.World.Api.Calls.Total - before.Total, 5, 8);
            Assert.Equal(3, _rig.World.Api.Calls.Of("GetClusterMonitor").Count);
            Assert.Equal(before.Submissions, _rig.Submissions);
        });

    [Theory]
    [InlineData("uptime", "833", "uptime")]
    [InlineData("uptime@5/6", "833", "uptime")]
    [InlineData("seconds_behind_master@6/6", "0", "seconds_behind_master")]
    [InlineData("seconds_behind_master@6/7", null, "6 values, and not 7")]
    [InlineData("slave_delay", null, "it has no meter slave_delay; it has")]
    [InlineData("connections", null, "counts no time (its unit is count)")]
    public void A_meter_can_be_named(string meter, string? seconds, string summary) =>
        _rig.Run(async () =>
        {
            await LinkAsync();

            var answer = await HealthAsync(meter);

            Assert.Equal(seconds, Text(answer, "lagSeconds"));
            Assert.Contains(summary, Text(answer, "summary"), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("two words")]
    [InlineData("lag@1")]
    [InlineData(7.0)]
    [InlineData(true)]
    public void A_name_that_is_none_is_refused_without_a_call(object meter) =>
        _rig.Run(async () =>
        {
            var value = meter switch
            {
                string text => PropertyValue.Of(text),
                double number => PropertyValue.Of(number),
                _ => PropertyValue.Of(true),
            };

            var result = await CallAsync(Arguments.With("lagMeter", value));

            var failure = Assert.Single(result.Failures);
            Assert.Equal("lagMeter", failure.Property);
            Assert.Contains("name@place/count", failure.Reason, StringComparison.Ordinal);
            Assert.Equal(0, _rig.World.Api.Calls.Total);
        });

    [Fact]
    public void An_empty_name_is_none() =>
        _rig.Run(async () =>
        {
            await LinkAsync();

            Assert.Equal("0", Text(await HealthAsync(""), "lagSeconds"));
        });

    [Fact]
    public void Arguments_that_are_not_known_yet_make_the_answer_unknown() =>
        _rig.Run(async () =>
        {
            var result = await CallAsync(Arguments.With("lagMeter", PropertyValue.Unknown));

            Assert.Empty(result.Failures);
            Assert.Equal(
                ["isLinked", "lagMeasuredAt", "lagMeter", "lagSeconds", "nodes", "state", "summary"],
                result.Return.Keys
            );
            Assert.All(result.Return.Values, value => Assert.IsType<PropertyValue.UnknownValue>(value));
        });

    [Fact]
    public void A_cluster_that_does_not_exist_is_an_error_that_names_it() =>
        _rig.Run(async () =>
        {
            var error = await Assert.ThrowsAsync<PluginException>(() =>
                CallAsync(PropertyMap.Empty.With("clusterId", PropertyValue.Of("cl-nowhere")))
            );

            Assert.Contains("cl-nowhere does not exist in zone sh1a", error.Message, StringComparison.Ordinal);
        });

    private static PropertyMap Arguments => PropertyMap.Empty.With("clusterId", PropertyValue.Of(World.Standby));

    /// <summary>How far the standby is behind, at the time that was measured last.</summary>
    private static TimeSpan Truth => TimeSpan.FromMinutes(12);

    /// <summary>A link, and time enough for its nodes to be measured.</summary>
    private async Task LinkAsync()
    {
        await _rig.UpAsync(LifecycleRig.Program, "create");
        await UntilAsync(22);
    }

    /// <summary>A standby that misses a write since twelve minutes before it was measured last.</summary>
    private async Task FallBehindAsync()
    {
        await _rig.UpAsync(LifecycleRig.Program, "create");
        await UntilAsync(28);
        _rig.Cloud.SetLagging(World.Standby);
        Assert.NotNull(_rig.Cloud.WriteTo(World.Source));
        await UntilAsync(42);
    }

    /// <summary>Waits until that many minutes past the hour in which everything begins.</summary>
    private Task UntilAsync(int minute)
    {
        var now = _rig.World.Time.GetUtcNow();
        return _rig.PassAsync(TimeSpan.FromMinutes(minute) - (now.TimeOfDay - TimeSpan.FromHours(now.Hour)));
    }

    /// <summary>Every form of answer that shows a lag, or does not.</summary>
    private IEnumerable<Knobs> EveryAnswer() =>
        from meter in Enum.GetValues<Simulator.LagMeter>()
        from data in Enum.GetValues<MeterData>()
        from gaps in Enum.GetValues<MeterGaps>()
        from isReversed in new[] { false, true }
        from isBeijing in new[] { false, true }
        select _rig.Cloud.Knobs with
        {
            LagMeter = meter,
            MeterData = data,
            MeterGaps = gaps,
            MeterValuesReversed = isReversed,
            MeterTimeIsBeijing = isBeijing,
        };

    private async Task<PropertyMap> HealthAsync(string? meter = null)
    {
        var result = await CallAsync(Arguments.With("lagMeter", meter));
        Assert.Empty(result.Failures);
        return result.Return;
    }

    private async Task<InvokeResult> CallAsync(PropertyMap args)
    {
        var provider = await _rig.World.StartProviderAsync();
        return await provider.InvokeAsync(new InvokeRequest(Names.GetStandbyHealth, args), CancellationToken.None);
    }

    private static string Nodes(PropertyMap answer) =>
        string.Join(
            ';',
            Assert
                .IsType<PropertyValue.ListValue>(answer["nodes"])
                .Items.Select(StandbyInputs.Map)
                .Select(node =>
                    $"{Text(node, "id")} {Text(node, "role")} {Text(node, "status")} {Text(node, "health")}"
                )
        );

    private static string? Text(PropertyMap map, string name) =>
        map[name].Bare switch
        {
            PropertyValue.TextValue text => text.Value,
            PropertyValue.BoolValue flag => flag.Value.ToString(),
            PropertyValue.NumberValue number => FormattableString.Invariant($"{number.Value}"),
            _ => null,
        };
}
