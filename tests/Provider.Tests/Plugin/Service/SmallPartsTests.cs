using QingCloudMySqlStandby.Plugin.Service;

namespace QingCloudMySqlStandby.Plugin.Service;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_timeout_that_is_no_length_of_time_leaves_the_provider_its_own(double seconds)
    {
        Assert.Null(CallTimeout.Of(seconds));
    }

    [Theory]
    [InlineData(1.5, 1.5)]
    [InlineData(21600, 21600)]
    [InlineData(1e18, 40 * 86400)]
    [InlineData(double.MaxValue, 40 * 86400)]
    [InlineData(double.PositiveInfinity, 40 * 86400)]
    public void A_timeout_is_read_and_bounded_by_what_timers_take(double seconds, double expected)
    {
        Assert.Equal(TimeSpan.FromSeconds(expected), CallTimeout.Of(seconds));
    }

    [Fact]
    public void A_tiny_timeout_is_still_one()
    {
        Assert.Equal(TimeSpan.FromTicks(1), CallTimeout.Of(double.Epsilon));
    }

    [Theory]
    [InlineData("pkg:index:Given", "urn:pulumi:s::p::pkg:index:Other::n", "pkg:index:Given")]
    [InlineData("", "urn:pulumi:s::p::pkg:index:T::n", "pkg:index:T")]
    [InlineData("", "urn:pulumi:s::p::a:b:Parent$pkg:index:T::name::with::colons", "pkg:index:T")]
    [InlineData("", "nonsense", "")]
    [InlineData("", "", "")]
    public void A_type_is_the_requests_or_else_the_urns(string type, string urn, string expected)
    {
        Assert.Equal(expected, ResourceType.Of(type, urn));
    }
}
