using QingCloudMySqlStandby.Link.Health;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Which meter shows how far a standby is behind.</summary>
public sealed class MeterChoiceTests
{
    [Theory]
    [InlineData("seconds_behind_master:s connections:count", "seconds_behind_master")]
    [InlineData("slave_delay:s uptime:s", "slave_delay")]
    [InlineData("replication_lag:ms", "replication_lag")]
    [InlineData("落后主节点的秒数:秒", "落后主节点的秒数")]
    [InlineData("Lag:Seconds", "Lag")]
    [InlineData("repl-lag:minutes", "repl-lag")]
    [InlineData("transactions_behind_primary:count lag:s", "lag")]
    [InlineData("transactions_behind_primary:count", "no meter of its nodes shows it")]
    [InlineData("uptime:s", "it has uptime")]
    [InlineData("lag:", "no meter of its nodes shows it")]
    [InlineData("", "it has no meters")]
    [InlineData("lag:s delay:s", "more than one meter may show it: name one with lagMeter (it has delay, lag)")]
    public void A_meter_is_found_by_what_its_description_says(string meters, string expected) =>
        Assert.Contains(expected, Choose(meters, null), StringComparison.Ordinal);

    [Theory]
    [InlineData("lag:s delay:s", "delay", "delay")]
    [InlineData("lag:s uptime:s", "uptime", "uptime")]
    [InlineData("lag:s uptime:s", "uptime@2/5", "uptime")]
    [InlineData("lag:s uptime:s", "absent", "it has no meter absent; it has lag, uptime")]
    [InlineData("lag:s rows:count", "rows", "its meter rows counts no time (its unit is count)")]
    [InlineData("lag:s mode:", "mode", "its meter mode counts no time (it has no unit)")]
    public void A_meter_that_the_user_names_is_taken(string meters, string named, string expected) =>
        Assert.Equal(expected, Choose(meters, LagMeter.Parse(named)));

    [Fact]
    public void Words_are_no_time()
    {
        var (meter, why) = MeterChoice.Of([new Meter("lag", "s", false, 1)], LagMeter.Parse("lag"));

        Assert.Null(meter);
        Assert.Contains("its values are words", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lag", true)]
    [InlineData("lag@1/1", true)]
    [InlineData("lag@14/14", true)]
    [InlineData("lag@15/14", false)]
    [InlineData("lag@0/14", false)]
    [InlineData("lag@3", false)]
    [InlineData("lag@a/b", false)]
    [InlineData("two words", false)]
    [InlineData("", false)]
    [InlineData("lag\n", false)]
    public void A_name_has_a_form(string text, bool isRight) => Assert.Equal(isRight, LagMeter.Parse(text) is not null);

    private static string Choose(string meters, LagMeter? named)
    {
        var described = meters
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(meter => meter.Split(':'))
            .Select(parts => new Meter(parts[0], parts[1], true, 1));
        var (meter, why) = MeterChoice.Of([.. described], named);
        return meter?.Name ?? why!;
    }
}
