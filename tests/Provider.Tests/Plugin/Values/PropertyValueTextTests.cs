namespace QingCloudMySqlStandby.Plugin.Values;

/// <summary>A value as text, as an assertion or a debugger shows it.</summary>
public sealed class PropertyValueTextTests
{
    [Fact]
    public void Every_kind_has_a_text_of_finite_length() =>
        Assert.All(
            [
                PropertyValue.Null,
                PropertyValue.Unknown,
                PropertyValue.Of(true),
                PropertyValue.Of(1),
                PropertyValue.Of("x"),
                PropertyValue.Of(PropertyMap.Empty.With("flag", PropertyValue.Of(true))),
            ],
            value => Assert.InRange(value.ToString().Length, 1, 200)
        );

    [Fact]
    public void A_secret_has_none_of_its_value() =>
        Assert.DoesNotContain("Passwd", PropertyValue.Of("Passwd@123").AsSecret().ToString(), StringComparison.Ordinal);
}
