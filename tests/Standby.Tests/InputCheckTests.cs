using QingCloudMySqlStandby.Link.Inputs;

namespace QingCloudMySqlStandby.Standby.Tests;

public sealed class InputCheckTests
{
    private static readonly Dictionary<string, PropertyValue> Values = new(StringComparer.Ordinal)
    {
        ["absent"] = PropertyValue.Null,
        ["empty"] = PropertyValue.Of(""),
        ["text"] = PropertyValue.Of("no such thing"),
        ["number"] = PropertyValue.Of(7),
        ["flag"] = PropertyValue.Of(true),
        ["list"] = new PropertyValue.ListValue([PropertyValue.Of(1)]),
        ["object"] = PropertyValue.Of(PropertyMap.Empty.With("a", PropertyValue.Of(1))),
        ["fraction"] = PropertyValue.Of(3306.5),
        ["too small"] = PropertyValue.Of(0),
        ["too large"] = PropertyValue.Of(65536),
        ["not a number"] = PropertyValue.Of(double.NaN),
        ["upper case"] = PropertyValue.Of("PEK3A"),
        ["with a blank"] = PropertyValue.Of("192.168. 0.1"),
        ["with a newline"] = PropertyValue.Of("cl-abc\n"),
    };

    [Fact]
    public void Defaults_are_filled_in_and_the_rest_stays_as_it_was()
    {
        var result = InputCheck.Run(Sample.Program.Without("zone"), defaultZone: "sh1a");

        Assert.Empty(result.Failures);
        Assert.Equal(PropertyValue.Of("sh1a"), result.Inputs["zone"]);
        Assert.Equal(PropertyValue.Of("maininstance"), result.Inputs["role"]);
        Assert.Equal(PropertyValue.Of(false), result.Inputs["promoted"]);
        Assert.Equal(PropertyValue.Of("stop"), result.Inputs["onDelete"]);
        Assert.Equal(PropertyValue.Of(Sample.Source.With("port", PropertyValue.Of(3306))), result.Inputs["source"]);
    }

    [Fact]
    public void Checking_what_was_checked_changes_nothing()
    {
        var again = InputCheck.Run(Sample.Inputs, defaultZone: "gd2");

        Assert.Empty(again.Failures);
        Assert.Equal(Sample.Inputs, again.Inputs);
    }

    [Fact]
    public void A_password_in_clear_becomes_a_secret()
    {
        var result = InputCheck.Run(
            Sample.Program.WithSource("password", PropertyValue.Of("in clear")),
            defaultZone: null
        );

        var source = StandbyInputs.Map(result.Inputs["source"]);
        Assert.Equal(PropertyValue.Of("in clear").AsSecret(), source["password"]);
    }

    [Fact]
    public void A_secret_source_stays_a_secret_and_gets_its_defaults()
    {
        var result = InputCheck.Run(
            Sample.Program.With("source", PropertyValue.Of(Sample.Source).AsSecret()),
            defaultZone: null
        );

        Assert.Empty(result.Failures);
        Assert.True(result.Inputs["source"].IsSecret);
        Assert.Equal(PropertyValue.Of(3306), StandbyInputs.Map(result.Inputs["source"])["port"]);
    }

    [Theory]
    [InlineData("clusterId", "absent")]
    [InlineData("clusterId", "empty")]
    [InlineData("clusterId", "text")]
    [InlineData("clusterId", "number")]
    [InlineData("clusterId", "with a newline")]
    [InlineData("zone", "absent")]
    [InlineData("zone", "upper case")]
    [InlineData("zone", "list")]
    [InlineData("role", "empty")]
    [InlineData("role", "flag")]
    [InlineData("syncWay", "absent")]
    [InlineData("syncWay", "text")]
    [InlineData("syncWay", "number")]
    [InlineData("source", "absent")]
    [InlineData("source", "text")]
    [InlineData("source", "list")]
    [InlineData("promoted", "text")]
    [InlineData("promoted", "number")]
    [InlineData("onDelete", "text")]
    [InlineData("onDelete", "object")]
    [InlineData("relinkAfter", "number")]
    [InlineData("source.clusterId", "absent")]
    [InlineData("source.clusterId", "text")]
    [InlineData("source.zone", "absent")]
    [InlineData("source.zone", "upper case")]
    [InlineData("source.host", "absent")]
    [InlineData("source.host", "empty")]
    [InlineData("source.host", "with a blank")]
    [InlineData("source.host", "number")]
    [InlineData("source.port", "text")]
    [InlineData("source.port", "fraction")]
    [InlineData("source.port", "too small")]
    [InlineData("source.port", "too large")]
    [InlineData("source.port", "not a number")]
    [InlineData("source.user", "absent")]
    [InlineData("source.user", "object")]
    [InlineData("source.password", "absent")]
    [InlineData("source.password", "empty")]
    [InlineData("source.password", "list")]
    public void A_bad_value_is_one_failure_that_names_the_property_and_the_cure(string path, string kind)
    {
        var result = InputCheck.Run(Set(path, Values[kind]), defaultZone: null);

        var failure = Assert.Single(result.Failures);
        Assert.Equal(path, failure.Property);
        Assert.Matches("set it to|must be", failure.Reason);
    }

    [Theory]
    [InlineData("clusterId")]
    [InlineData("zone")]
    [InlineData("role")]
    [InlineData("syncWay")]
    [InlineData("source")]
    [InlineData("promoted")]
    [InlineData("onDelete")]
    [InlineData("relinkAfter")]
    [InlineData("source.clusterId")]
    [InlineData("source.host")]
    [InlineData("source.port")]
    [InlineData("source.password")]
    public void An_unknown_value_passes_and_stays_unknown(string path)
    {
        var unknown = new PropertyValue.OutputValue(null, IsSecretOutput: true, []);

        var result = InputCheck.Run(Set(path, unknown), defaultZone: null);

        Assert.Empty(result.Failures);
        Assert.Null(StandbyInputs.Read(result.Inputs));
        Assert.True(result.Inputs[path.Split('.')[0]].HasUnknowns);
    }

    [Fact]
    public void A_misspelt_property_is_named_with_the_right_spelling()
    {
        var result = InputCheck.Run(Sample.Program.With("clusterID", PropertyValue.Of("cl-1")), defaultZone: null);

        var failure = Assert.Single(result.Failures);
        Assert.Equal("clusterID", failure.Property);
        Assert.Contains("did you mean clusterId?", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_property_of_the_source_is_named_with_the_ones_there_are()
    {
        var result = InputCheck.Run(Sample.Program.WithSource("passwd", PropertyValue.Of("x")), defaultZone: null);

        var failure = Assert.Single(result.Failures);
        Assert.Equal("source.passwd", failure.Property);
        Assert.Contains("password", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_is_not_its_own_source()
    {
        var result = InputCheck.Run(
            Sample.Program.WithSource("clusterId", PropertyValue.Of(Sample.StandbyCluster)),
            defaultZone: null
        );

        Assert.Equal("source.clusterId", Assert.Single(result.Failures).Property);
    }

    [Fact]
    public void A_failure_never_quotes_a_secret()
    {
        var result = InputCheck.Run(
            Sample
                .Program.With("clusterId", PropertyValue.Of("hush-hush").AsSecret())
                .WithSource(
                    "host",
                    new PropertyValue.OutputValue(PropertyValue.Of("hush hush"), IsSecretOutput: true, [])
                ),
            defaultZone: null
        );

        Assert.Equal(2, result.Failures.Count);
        Assert.All(result.Failures, failure => Assert.DoesNotContain("hush", failure.Reason, StringComparison.Ordinal));
    }

    private static PropertyMap Set(string path, PropertyValue value) =>
        path.Split('.') switch
        {
            [var name] => Sample.Program.With(name, value),
            [_, var name] => Sample.Program.WithSource(name, value),
            _ => throw new ArgumentException(path, nameof(path)),
        };
}
