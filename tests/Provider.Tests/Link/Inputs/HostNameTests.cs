using QingCloudMySqlStandby.Link.Inputs;

namespace QingCloudMySqlStandby.Link.Inputs;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("db.example.com", "DB.Example.COM")]
    [InlineData("db.example.com", "db.example.com.")]
    [InlineData("192.168.0.232", "192.168.0.232.")]
    [InlineData("192.168.0.232", " 192.168.0.232 ")]
    [InlineData("fd00::1", "[fd00::1]")]
    [InlineData("fd00::1", "FD00:0:0:0:0:0:0:1")]
    [InlineData("fd00::a:1", "fd00:0000::000A:0001")]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1")]
    [InlineData("10.0.0.1", "[::FFFF:0a00:0001]")]
    [InlineData("b\u00fccher.example", "xn--bcher-kva.example")]
    [InlineData("B\u00dcCHER.example.", "xn--bcher-kva.EXAMPLE")]
    public void Spellings_of_one_host_are_the_same(string one, string other)
    {
        Assert.True(HostName.AreSame(one, other));
        Assert.True(HostName.AreSame(other, one));
        Assert.Equal(HostName.Normalize(one), HostName.Normalize(HostName.Normalize(other)));
    }

    [Theory]
    [InlineData("192.168.0.232", "192.168.0.233")]
    [InlineData("db.example.com", "db.example.org")]
    [InlineData("db.example.com", "example.com")]
    [InlineData("10.0.0.1", "::10.0.0.1")]
    [InlineData("10.0.0.10", "10.0.0.010")]
    [InlineData("fd00::1", "fd00::2")]
    [InlineData("fe80::1%1", "fe80::1%2")]
    [InlineData("", "10.0.0.1")]
    [InlineData(null, "10.0.0.1")]
    public void Other_hosts_are_not(string? one, string? other)
    {
        Assert.False(HostName.AreSame(one, other));
        Assert.False(HostName.AreSame(other, one));
    }

    [Fact]
    public void Two_missing_hosts_are_the_same() => Assert.True(HostName.AreSame(null, null));

    [Theory]
    [InlineData("192.168.0.232")]
    [InlineData("10.0.0.255")]
    [InlineData("192.168.0.232.")]
    [InlineData("db")]
    [InlineData("DB-1.example.com.")]
    [InlineData("db_1.internal")]
    [InlineData("1.db.internal")]
    [InlineData("3com")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("fd00::1")]
    [InlineData("[fd00::1]")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("localhost.example.com")]
    public void A_host_that_can_be_reached_has_no_problem(string host) => Assert.Null(HostName.Problem(host));

    [Theory]
    [InlineData("10.0.0.256", "four numbers")]
    [InlineData("10.0.0", "four numbers")]
    [InlineData("10.0.0.1.2", "four numbers")]
    [InlineData("10.0.0.01", "leading zeros")]
    [InlineData("010.0.0.1", "leading zeros")]
    [InlineData("3232235752", "four numbers")]
    [InlineData("0xC0A800E8", "four numbers")]
    [InlineData("10.0.0.0x1", "four numbers")]
    [InlineData("0.0.0.0", "no machine")]
    [InlineData("::", "no machine")]
    [InlineData("[::]", "no machine")]
    [InlineData("::ffff:0.0.0.0", "no machine")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.1.2.3", "loopback")]
    [InlineData("::1", "loopback")]
    [InlineData("::ffff:127.0.0.1", "loopback")]
    [InlineData("localhost", "the standby itself")]
    [InlineData("LOCALHOST.", "the standby itself")]
    [InlineData("db.localhost", "the standby itself")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%eth0", "zone index")]
    [InlineData("mysql://10.0.0.1", "host alone")]
    [InlineData("10.0.0.1/24", "host alone")]
    [InlineData("user@10.0.0.1", "host alone")]
    [InlineData("10.0.0.1:3306", "source.port")]
    [InlineData("db.example.com:3306", "source.port")]
    [InlineData("fd00::1::2", "no IPv6")]
    [InlineData("[10.0.0.1]", "brackets")]
    [InlineData("[db]", "brackets")]
    [InlineData("[fd00::1", "no IPv6")]
    [InlineData("192.168. 0.1", "blank")]
    [InlineData("10.0.0.1\n", "control")]
    [InlineData("\u00a0db", "blank")]
    [InlineData("db..example.com", "empty")]
    [InlineData(".", "empty")]
    [InlineData(".db", "empty")]
    [InlineData("-db.example.com", "hyphen")]
    [InlineData("db!.example.com", "letters")]
    [InlineData("b\u00fccher.example", "xn--bcher-kva.example")]
    public void A_host_that_cannot_be_reached_has_one(string host, string problem) =>
        Assert.Contains(problem, HostName.Problem(host), StringComparison.Ordinal);

    [Fact]
    public void Names_are_as_long_as_DNS_allows()
    {
        var label = new string('a', 63);

        Assert.Null(HostName.Problem($"{label}.{label}.{label}.{label[..61]}"));
        Assert.Contains("253", HostName.Problem($"{label}.{label}.{label}.{label[..62]}"), StringComparison.Ordinal);
        Assert.Contains("63", HostName.Problem($"{label}a.example"), StringComparison.Ordinal);
    }
}
