using QingCloudMySqlStandby.Link.Configuration;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link;

public sealed class ConfigurationTests
{
    [Fact]
    public void Nothing_is_required()
    {
        var settings = ProviderConfig.Read(PropertyMap.Empty);

        Assert.Empty(ProviderConfig.Check(PropertyMap.Empty).Failures);
        Assert.True(settings.Preflight);
        Assert.Equal(2000, settings.Client.ApiCallsPerHour);
        Assert.Equal(RequestMethod.Post, settings.Client.RequestMethod);
    }

    [Fact]
    public void Texts_from_pulumi_config_and_typed_values_from_a_program_mean_the_same()
    {
        var texts = PropertyMap
            .Empty.With("useInstanceRole", PropertyValue.Of("true"))
            .With("preflight", PropertyValue.Of("false"))
            .With("apiCallsPerHour", PropertyValue.Of("500"))
            .With("requestMethod", PropertyValue.Of("GET"));
        var typed = texts
            .With("useInstanceRole", PropertyValue.Of(true))
            .With("preflight", PropertyValue.Of(false))
            .With("apiCallsPerHour", PropertyValue.Of(500));

        Assert.Equal(ProviderConfig.Read(typed), ProviderConfig.Read(texts));
        Assert.False(ProviderConfig.Read(texts).Preflight);
        Assert.Equal(500, ProviderConfig.Read(texts).Client.ApiCallsPerHour);
    }

    [Fact]
    public void Keys_of_the_engine_are_let_be()
    {
        var args = PropertyMap
            .Empty.With("version", PropertyValue.Of("1.2.3"))
            .With("__internal", PropertyValue.Of(PropertyMap.Empty));

        var result = ProviderConfig.Check(args);

        Assert.Empty(result.Failures);
        Assert.Equal(args, result.Inputs);
    }

    [Theory]
    [InlineData("accessKeyID")]
    [InlineData("region")]
    public void A_key_that_is_no_setting_is_a_failure_that_names_the_settings(string key)
    {
        var failure = Assert.Single(
            ProviderConfig.Check(PropertyMap.Empty.With(key, PropertyValue.Of("hush"))).Failures
        );

        Assert.Equal(key, failure.Property);
        Assert.Contains("accessKeyId, secretAccessKey, zone", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zone", "SH1A")]
    [InlineData("endpoint", "api.qingcloud.com")]
    [InlineData("endpoint", "ftp://api.qingcloud.com/")]
    [InlineData("endpoint", "http://api.qingcloud.com/iaas/")]
    [InlineData("endpoint", "https://user@api.qingcloud.com/iaas/")]
    [InlineData("endpoint", "https://api.qingcloud.com/iaas/?a=b")]
    [InlineData("useInstanceRole", "yes")]
    [InlineData("preflight", "1")]
    [InlineData("apiCallsPerHour", "many")]
    [InlineData("apiCallsPerHour", "59")]
    [InlineData("apiCallsPerHour", "100.5")]
    [InlineData("requestMethod", "PUT")]
    [InlineData("accessKeyId", "")]
    [InlineData("secretAccessKey", "")]
    [InlineData("accessKeyId", "KEY\n")]
    [InlineData("secretAccessKey", "hush\r\n")]
    [InlineData("secretAccessKey", "hu\u0001sh")]
    [InlineData("secretAccessKey", " hush")]
    public void A_bad_value_is_a_failure_of_its_key(string key, string value)
    {
        var failure = Assert.Single(
            ProviderConfig.Check(PropertyMap.Empty.With(key, PropertyValue.Of(value))).Failures
        );

        Assert.Equal(key, failure.Property);
        Assert.Matches("must be|is empty|ends with a line break|contains a", failure.Reason);
        Assert.DoesNotContain("hush", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zone")]
    [InlineData("endpoint")]
    [InlineData("useInstanceRole")]
    [InlineData("credentialsFile")]
    [InlineData("preflight")]
    [InlineData("apiCallsPerHour")]
    [InlineData("requestMethod")]
    public void An_empty_string_means_that_a_setting_is_not_set(string key)
    {
        var args = PropertyMap.Empty.With(key, PropertyValue.Of(""));

        Assert.Empty(ProviderConfig.Check(args).Failures);
        Assert.Equal(ProviderConfig.Read(PropertyMap.Empty), ProviderConfig.Read(args));
    }

    [Fact]
    public void A_number_in_place_of_a_string_gets_the_hint_for_YAML()
    {
        var args = PropertyMap.Empty.With("secretAccessKey", PropertyValue.Of(42));

        Assert.Contains(
            "type: string",
            Assert.Single(ProviderConfig.Check(args).Failures).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("accessKeyId")]
    [InlineData("endpoint")]
    [InlineData("useInstanceRole")]
    [InlineData("apiCallsPerHour")]
    public void A_value_of_the_wrong_kind_is_a_failure(string key)
    {
        var list = new PropertyValue.ListValue([PropertyValue.Of(1)]);

        Assert.Equal(key, Assert.Single(ProviderConfig.Check(PropertyMap.Empty.With(key, list)).Failures).Property);
    }

    [Fact]
    public void Unknown_values_pass_in_a_preview()
    {
        var args = PropertyMap.From(ProviderConfig.Keys.Select(key => KeyValuePair.Create(key, PropertyValue.Unknown)));

        Assert.Empty(ProviderConfig.Check(args).Failures);
        Assert.Null(ProviderConfig.Read(args).Client.AccessKeyId);
    }

    [Fact]
    public void Keys_in_clear_become_secrets()
    {
        var args = PropertyMap
            .Empty.With("accessKeyId", PropertyValue.Of("key"))
            .With("secretAccessKey", PropertyValue.Of("hush"));

        var inputs = ProviderConfig.Check(args).Inputs;

        Assert.True(inputs["accessKeyId"].IsSecret);
        Assert.True(inputs["secretAccessKey"].IsSecret);
    }

    [Fact]
    public void A_change_of_the_configuration_never_replaces_the_provider()
    {
        var old = PropertyMap
            .Empty.With("zone", PropertyValue.Of("sh1a"))
            .With("endpoint", PropertyValue.Of("https://a/"));
        var now = PropertyMap.Empty.With("zone", PropertyValue.Of("gd2")).With("accessKeyId", PropertyValue.Of("k"));

        var diff = ConfigDiff.Run(new DiffRequest("", "", "", old, old, now, []));

        Assert.Equal(["accessKeyId", "endpoint", "zone"], diff.Changes.Keys.Order(StringComparer.Ordinal));
        Assert.All(diff.Changes.Values, change => Assert.False(change.Replace));
        Assert.Empty(ConfigDiff.Run(new DiffRequest("", "", "", old, old, old, [])).Changes);
    }
}
