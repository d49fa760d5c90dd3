using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Parameters are compared by what they mean.</summary>
public sealed class ParameterValueTests
{
    [Theory]
    [InlineData("1G", 1073741824.0)]
    [InlineData("1g", 1073741824.0)]
    [InlineData("1GB", 1073741824.0)]
    [InlineData("1 GiB", 1073741824.0)]
    [InlineData("1024M", 1073741824.0)]
    [InlineData("1048576K", 1073741824.0)]
    [InlineData("1073741824", 1073741824.0)]
    [InlineData("1T", 1099511627776.0)]
    [InlineData(" 30 ", 30.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("-1", null)]
    [InlineData("ON", null)]
    [InlineData("", null)]
    [InlineData("1GG", null)]
    public void A_value_is_read_by_its_meaning(string text, double? expected) =>
        Assert.Equal(expected, ParameterValue.Number(text));

    [Theory]
    [InlineData("max_allowed_packet", "1024M", "")]
    [InlineData("Max_allowed_packet", "1073741824", "")]
    [InlineData("max_allowed_packets", "16M", "max_allowed_packet 1G (now 16M)")]
    [InlineData("max-allowed-packet", "16M", "max_allowed_packet 1G (now 16M)")]
    [InlineData("Wait_timeout", "28800", "wait_timeout 3600 (now 28800)")]
    [InlineData("connect_timeout", "thirty", "connect_timeout 30 (now thirty)")]
    [InlineData("autocommit", "0", "")]
    public void A_parameter_is_known_in_every_spelling(string name, string value, string wrong)
    {
        var parameters = new ClusterParameters("cl-1", new Dictionary<string, string> { [name] = value });

        Assert.Equal(wrong, string.Join(", ", parameters.Wrong));
        Assert.Equal(wrong.Length == 0, parameters.Warning is null);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", null)]
    [InlineData("for ever", null)]
    public void Binary_logs_are_kept_for_days(string value, int? days)
    {
        var parameters = new ClusterParameters("cl-1", new Dictionary<string, string> { ["Expire_logs_days"] = value });

        Assert.Equal(days, parameters.BinaryLogsKept?.TotalDays);
    }

    [Fact]
    public void Parameters_that_could_not_be_read_are_not_taken_for_right() =>
        Assert.Equal(
            "The parameters of cl-1 could not be read, and were not compared.",
            new ClusterParameters("cl-1", new Dictionary<string, string>()).Warning
        );
}
