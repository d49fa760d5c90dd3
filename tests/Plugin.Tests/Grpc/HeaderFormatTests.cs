using QingCloudMySqlStandby.Plugin.Grpc;

namespace QingCloudMySqlStandby.Plugin.Tests.Grpc;

public sealed class HeaderFormatTests
{
    [Theory]
    [InlineData("1H", 3600)]
    [InlineData("2M", 120)]
    [InlineData("30S", 30)]
    [InlineData("1500m", 1.5)]
    [InlineData("250000u", 0.25)]
    [InlineData("1n", 0.0000001)]
    [InlineData("0S", 0)]
    [InlineData("99999999H", 40 * 86400)]
    public void A_timeout_is_digits_and_a_unit(string header, double seconds)
    {
        Assert.True(GrpcTimeout.TryParse(header, out var timeout));
        Assert.Equal(TimeSpan.FromSeconds(seconds), timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("123456789S")]
    public void Anything_else_is_no_timeout(string header)
    {
        Assert.False(GrpcTimeout.TryParse(header, out _));
    }

    [Theory]
    [InlineData(0.0000001, "1m")]
    [InlineData(1.5, "1500m")]
    [InlineData(86400 * 30, "2592000S")]
    [InlineData(1e10, "99999999S")]
    public void A_timeout_is_written_in_a_unit_that_fits(double seconds, string header)
    {
        Assert.Equal(header, GrpcTimeout.Format(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("Application/GRPC; charset=x", true)]
    [InlineData("application/grpcish", false)]
    [InlineData("application/json", false)]
    [InlineData(null, false)]
    public void A_content_type_is_grpcs_or_not(string? contentType, bool isGrpc)
    {
        Assert.Equal(isGrpc, GrpcHeaders.IsGrpc(contentType));
    }

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%41%", "A%")]
    [InlineData("a%C3%A4ö", "aäö")]
    public void A_message_from_elsewhere_is_read_as_well_as_can_be(string text, string message)
    {
        Assert.Equal(message, StatusText.Decode(text));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("AA", 1)]
    [InlineData("AA==", 1)]
    [InlineData("AAA", 2)]
    [InlineData("AAAA", 3)]
    public void Binary_trailers_are_read_with_and_without_padding(string text, int length)
    {
        Assert.Equal(new byte[length], StatusText.DecodeBinary(text));
    }
}
