using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.Link.Schema;

namespace QingCloudMySqlStandby.Link;

/// <summary>The README's table of changes.</summary>
public sealed class DiffTests
{
    [Fact]
    public void Nothing_changed_is_no_diff() => Assert.Empty(Run(Sample.Inputs).Changes);

    [Fact]
    public void A_secret_or_an_output_of_the_same_value_is_no_diff()
    {
        var output = new PropertyValue.OutputValue(PropertyValue.Of("sh1a"), IsSecretOutput: true, ["urn:a"]);

        Assert.Empty(Run(Sample.Inputs.With("zone", output)).Changes);
    }

    [Theory]
    [InlineData("clusterId", "cl-other", true)]
    [InlineData("zone", "gd2", true)]
    [InlineData("role", "other", false)]
    [InlineData("source.clusterId", "cl-other", false)]
    [InlineData("source.zone", "gd2", false)]
    [InlineData("source.host", "10.0.0.9", false)]
    [InlineData("source.user", "other", false)]
    [InlineData("source.password", "other", false)]
    [InlineData("onDelete", "promote", false)]
    public void A_changed_string_means_what_the_table_says(string path, string value, bool replace)
    {
        var diff = Run(Set(Sample.Inputs, path, PropertyValue.Of(value)));

        var change = Assert.Single(diff.Changes);
        Assert.Equal(path, change.Key);
        Assert.Equal(new PropertyChange(ChangeKind.Update, replace), change.Value);
        Assert.False(diff.DeleteBeforeReplace);
    }

    [Fact]
    public void Consent_to_start_over_a_job_is_an_update() =>
        Assert.Equal(
            new PropertyChange(ChangeKind.Add),
            Assert
                .Single(Run(Sample.Inputs.With("relinkAfter", PropertyValue.Of("j-1"))).Changes, Is("relinkAfter"))
                .Value
        );

    [Fact]
    public void Another_port_is_an_update() =>
        Assert.False(Run(Sample.Inputs.WithSource("port", PropertyValue.Of(3307))).Changes["source.port"].Replace);

    [Fact]
    public void From_increment_to_full_is_an_update()
    {
        var old = Sample.Inputs.With("syncWay", PropertyValue.Of("increment"));

        Assert.False(Run(Sample.Inputs, old).Changes["syncWay"].Replace);
    }

    [Fact]
    public void From_full_to_increment_is_nothing_to_do() =>
        Assert.Empty(Run(Sample.Inputs.With("syncWay", PropertyValue.Of("increment"))).Changes);

    [Fact]
    public void An_unknown_cluster_is_a_replacement_in_a_preview() =>
        Assert.True(Run(Sample.Inputs.With("clusterId", PropertyValue.Unknown)).Changes["clusterId"].Replace);

    [Fact]
    public void An_unknown_source_is_shown_at_each_of_its_properties()
    {
        var diff = Run(Sample.Inputs.With("source", PropertyValue.Unknown));

        Assert.Equal(6, diff.Changes.Count);
        Assert.All(diff.Changes.Keys, path => Assert.StartsWith("source.", path, StringComparison.Ordinal));
    }

    [Fact]
    public void Promotion_is_an_update()
    {
        var change = Assert.Single(Run(Sample.Inputs.With("promoted", PropertyValue.Of(true))).Changes, Is("promoted"));

        Assert.False(change.Value.Replace);
    }

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_failed_over_link_is_an_update_of_state(string state)
    {
        var diff = Run(Sample.Inputs, state: state);

        var change = Assert.Single(diff.Changes);
        Assert.Equal("state", change.Key);
        Assert.Equal(new PropertyChange(ChangeKind.Update, Replace: false, IsInputDiff: false), change.Value);
    }

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped")]
    public void A_failover_that_the_program_accepts_is_no_drift(string state)
    {
        var inputs = Sample.Inputs.With("promoted", PropertyValue.Of(true));

        Assert.Empty(Run(inputs, inputs, state).Changes);
    }

    [Fact]
    public void Taking_a_promotion_back_is_an_update_that_can_be_refused()
    {
        var old = Sample.Inputs.With("promoted", PropertyValue.Of(true));

        var diff = Run(Sample.Inputs, old, "promoted");

        Assert.All(diff.Changes.Values, change => Assert.False(change.Replace));
        Assert.Contains("promoted", diff.Changes.Keys);
    }

    [Theory]
    [InlineData("starting")]
    [InlineData("promoting")]
    public void Work_under_way_is_an_update_of_state_so_that_Update_waits(string state) =>
        Assert.False(Run(Sample.Inputs, state: state).Changes["state"].Replace);

    [Fact]
    public void A_promotion_that_did_not_happen_yet_is_an_update_of_state()
    {
        var inputs = Sample.Inputs.With("promoted", PropertyValue.Of(true));

        Assert.Contains("state", Run(inputs, inputs, "replicating").Changes.Keys);
    }

    [Fact]
    public void The_password_of_an_imported_link_is_no_change()
    {
        var old = Sample.Inputs.WithSource(
            "password",
            PropertyValue.Of(QingCloudMySqlStandby.Link.Inputs.StandbyInputs.UnreadablePassword).AsSecret()
        );

        Assert.Empty(Run(Sample.Inputs, old).Changes);
    }

    private static DiffResult Run(PropertyMap news, PropertyMap? olds = null, string state = "replicating") =>
        Diff.Run(
            new DiffRequest(
                "sh1a/cl-ouhutv70",
                Sample.Urn,
                Names.StandbyReplication,
                Sample.State(LinkState.Replicating).With("state", PropertyValue.Of(state)),
                olds ?? Sample.Inputs,
                news,
                []
            )
        );

    private static Predicate<KeyValuePair<string, PropertyChange>> Is(string path) => change => change.Key == path;

    private static PropertyMap Set(PropertyMap map, string path, PropertyValue value) =>
        path.StartsWith("source.", StringComparison.Ordinal) ? map.WithSource(path[7..], value) : map.With(path, value);
}
