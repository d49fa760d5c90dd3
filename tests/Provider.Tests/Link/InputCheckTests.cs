using QingCloudMySqlStandby.Link.Inputs;

namespace QingCloudMySqlStandby.Link;

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

    [Theory]
    [InlineData("zone")]
    [InlineData("role")]
    [InlineData("promoted")]
    [InlineData("fenceSource")]
    [InlineData("onDelete")]
    [InlineData("relinkAfter")]
    [InlineData("source.port")]
    public void An_empty_string_for_an_optional_property_means_that_it_is_not_set(string path)
    {
        var unset = InputCheck.Run(Set(path, PropertyValue.Null), defaultZone: "sh1a");

        foreach (var empty in new[] { Values["empty"], Values["empty"].AsSecret() })
        {
            var result = InputCheck.Run(Set(path, empty), defaultZone: "sh1a");

            Assert.Empty(result.Failures);
            Assert.Equal(StandbyInputs.Read(unset.Inputs), StandbyInputs.Read(result.Inputs));
            Assert.DoesNotContain(result.Inputs.Values, value => value.Bare == Values["empty"]);
        }
    }

    [Theory]
    [InlineData("clusterId", "number")]
    [InlineData("source.user", "number")]
    [InlineData("source.password", "number")]
    [InlineData("source.password", "flag")]
    public void A_number_in_place_of_a_string_gets_the_hint_for_YAML(string path, string kind)
    {
        var failure = Assert.Single(InputCheck.Run(Set(path, Values[kind]), defaultZone: null).Failures);

        Assert.Contains("type: string", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("source.password", "hush-hush-hush-hush-hush-hush-hush", "34 bytes")]
    [InlineData("source.password", "\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6\u5bc6", "33 bytes")]
    [InlineData("source.password", "hush\n", "ends with a line break")]
    [InlineData("source.password", "hush\r\n", "ends with a line break")]
    [InlineData("source.password", "hu\tsh", "control character")]
    [InlineData("source.user", "migrate_user_migrate_user_migrate", "33 characters")]
    [InlineData("source.user", "migrate_user\n", "ends with a line break")]
    [InlineData("source.user", " migrate_user", "blank")]
    [InlineData("source.user", "migrate\0user", "control character")]
    [InlineData("source.host", "10.0.0.256", "four numbers")]
    [InlineData("source.host", "0.0.0.0", "no machine")]
    [InlineData("source.host", "192.168.0.232\n", "control character")]
    [InlineData("role", "maininstance\n", "\\n")]
    public void A_value_that_cannot_work_is_a_failure_before_a_link_is_stopped_for_it(
        string path,
        string value,
        string problem
    )
    {
        var failure = Assert.Single(InputCheck.Run(Set(path, PropertyValue.Of(value)), defaultZone: null).Failures);

        Assert.Equal(path, failure.Property);
        Assert.Contains(problem, failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Reason);
    }

    [Theory]
    [InlineData("source.password", "12345678901234567890123456789012")]
    [InlineData("source.password", " with blanks ")]
    [InlineData("source.password", StandbyInputs.UnreadablePassword)]
    [InlineData("source.user", "migrate_user_migrate_user_migrat")]
    [InlineData("source.user", "\u7528\u6237\u7528\u6237\u7528\u6237\u7528\u6237\u7528\u6237\u7528\u6237")]
    [InlineData("source.host", "DB.example.com.")]
    [InlineData("relinkAfter", "j-pfiu9d1waxq")]
    [InlineData("relinkAfter", "2026-11-30T14:00:00Z")]
    [InlineData("relinkAfter", "2026-11-30T14:00:00.25Z")]
    [InlineData("relinkAfter", "2026-11-30T22:00:00+08:00")]
    [InlineData("relinkAfter", "2999-01-01T00:00:00Z")]
    public void A_value_that_can_work_passes(string path, string value) =>
        Assert.Empty(InputCheck.Run(Set(path, PropertyValue.Of(value)), defaultZone: null).Failures);

    [Theory]
    [InlineData("2026-11-30")]
    [InlineData("2026-11-30T14:00:00")]
    [InlineData("2026-11-30 14:00:00Z")]
    [InlineData("2026-13-30T14:00:00Z")]
    [InlineData("2026-11-30T25:00:00Z")]
    [InlineData("now")]
    [InlineData("j-")]
    [InlineData("cl-ouhutv70")]
    public void Anything_else_is_no_consent(string relinkAfter)
    {
        var result = InputCheck.Run(Set("relinkAfter", PropertyValue.Of(relinkAfter)), defaultZone: null);

        var failure = Assert.Single(result.Failures);
        Assert.Equal("relinkAfter", failure.Property);
        Assert.Contains("2026-11-30T14:00:00Z", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" Passwd@123", "blank")]
    [InlineData("Passwd@123\u200b", "not shown")]
    [InlineData("********", "mask")]
    [InlineData("<hidden>", "mask")]
    public void An_odd_password_is_a_warning(string password, string warning)
    {
        var inputs = InputCheck.Run(Set("source.password", PropertyValue.Of(password)), defaultZone: null).Inputs;

        var said = Assert.Single(InputCheck.Warnings(inputs));
        Assert.Contains(warning, said, StringComparison.Ordinal);
        Assert.DoesNotContain(password, said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ordinary_password_is_none() => Assert.Empty(InputCheck.Warnings(Sample.Inputs));

    [Fact]
    public void A_plain_password_leaves_as_a_secret_however_it_came_in()
    {
        var plain = Sample.Inputs.WithSource("password", PropertyValue.Of("in clear"));
        var wrapped = plain.With("source", new PropertyValue.OutputValue(plain["source"], IsSecretOutput: false, []));

        foreach (var properties in new[] { plain, wrapped })
        {
            var source = StandbyInputs.Map(Secrets.Mark(properties)["source"]);
            Assert.Equal(PropertyValue.Of("in clear").AsSecret(), source["password"]);
        }

        Assert.Equal(Sample.Inputs, Secrets.Mark(Sample.Inputs));
        Assert.Equal(PropertyMap.Empty, Secrets.Mark(PropertyMap.Empty));
    }

    [Fact]
    public void Without_a_zone_the_same_cluster_stays_in_that_of_its_last_update()
    {
        var program = Sample.Program.Without("zone");
        var unknown = program.With("clusterId", PropertyValue.Unknown);
        var other = program.With("clusterId", PropertyValue.Of("cl-other"));

        Assert.True(InputCheck.NeedsZone(program));
        Assert.True(InputCheck.NeedsZone(program.With("zone", Values["empty"])));
        Assert.False(InputCheck.NeedsZone(Sample.Program));
        Assert.False(InputCheck.NeedsZone(program.With("zone", PropertyValue.Unknown)));
        Assert.Equal("sh1a", InputCheck.ZoneOfLastUpdate(Sample.Inputs, program));
        Assert.Equal("sh1a", InputCheck.ZoneOfLastUpdate(Sample.Inputs, unknown));
        Assert.Null(InputCheck.ZoneOfLastUpdate(Sample.Inputs, other));
        Assert.Null(InputCheck.ZoneOfLastUpdate(PropertyMap.Empty, program));
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
