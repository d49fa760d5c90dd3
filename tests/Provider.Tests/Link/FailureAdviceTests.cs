using QingCloudMySqlStandby.Link;

namespace QingCloudMySqlStandby.Link;

public sealed class FailureAdviceTests
{
    [Theory]
    [InlineData("error connecting to master 'u@10.0.0.1:3306' - Error_code: 1045", "refused source.user")]
    [InlineData(
        "ERROR 1045 (28000): Access denied for user 'u'@'10.0.0.2' (using password: YES)",
        "refused source.user"
    )]
    [InlineData("1045, 2059", "authentication plugin")]
    [InlineData("Authentication plugin 'caching_sha2_password' reported error", "mysql_native_password")]
    [InlineData("MY-002061", "authentication plugin")]
    [InlineData("2003", "source.port")]
    [InlineData("Unknown MySQL server host 'db'", "source.host")]
    [InlineData("Got fatal error 1236 from master when reading data from binary log", "syncWay to full")]
    [InlineData("Could not find first log file name in binary log index file", "OVERWRITES")]
    [InlineData("[1227]", "privilege")]
    [InlineData("Access denied; you need (at least one of) the SUPER privilege(s)", "GRANT REPLICATION SLAVE")]
    [InlineData("String 'x' is too long for MASTER_PASSWORD (should be no longer than 32)", "32 bytes")]
    [InlineData("Error_code: 1062; Duplicate entry", "syncWay to full")]
    [InlineData("1032", "not the source's")]
    [InlineData("1593: equal MySQL server UUIDs", "UUID")]
    [InlineData("1130", "'user'@'%'")]
    [InlineData("ER 1785 gtid", "gtid_mode")]
    [InlineData("1040", "max_connections")]
    public void An_error_of_MySQL_leads_to_its_advice(string errorCodes, string advice) =>
        Assert.Contains(advice, FailureAdvice.AfterStart(errorCodes), StringComparison.Ordinal);

    [Fact]
    public void Each_error_has_its_own_advice()
    {
        var advice = FailureAdvice.AfterStart("2003, 1236");

        Assert.Contains("could not reach", advice, StringComparison.Ordinal);
        Assert.Contains("purged", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("privilege", advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("10450, 10.1236")]
    [InlineData("the job was ended")]
    public void Without_a_known_error_the_advice_is_general(string errorCodes) =>
        Assert.Contains("GTID", FailureAdvice.AfterStart(errorCodes), StringComparison.Ordinal);
}
