using System.Globalization;
using QingCloudMySqlStandby.Link.Health;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Which of a node's values is how far it is behind: what cannot be told is unknown, and never 0.</summary>
public sealed class MeterValueTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 2, 0, TimeSpan.Zero);

    private static readonly Meter Lag = new("seconds_behind_master", "s", true, 1);
    private static readonly Meter Role = new("mysql_role", "", false, 1);
    private static readonly Meter Connections = new("connections", "count", true, 1);
    private static readonly Meter Uptime = new("uptime", "s", true, 1);

    private static readonly Meter[] Usual = [Role, Connections, Uptime, Lag];

    /// <summary>Words and numbers show the order, or nothing does.</summary>
    [Theory]
    [InlineData("healthy|1|S|12|99|720", "720")]
    [InlineData("healthy|S|12|99|720", "720")]
    [InlineData("S|12|99|720", "720")]
    [InlineData("healthy|12|S|720|99", "720")]
    [InlineData("healthy|1|S|12|99|0", "0")]
    [InlineData("healthy|1|S|12|99|-1", "no value")]
    [InlineData("healthy|1|S|12|99|", "no value")]
    [InlineData("healthy|1|S|12|99|None", "no value")]
    [InlineData("healthy|1|S|12|99|NULL", "no value")]
    [InlineData("healthy|1|S|12|99|NaN", "no value")]
    [InlineData("healthy|1|720|99|12|S", "720")]
    [InlineData("healthy|1|S|S|99|720", "can be told")]
    [InlineData("healthy|1|2|S|12|99|720", "can be told")]
    [InlineData("1|1|S|12|99|720", "can be told")]
    [InlineData("S|12|99", "can be told")]
    [InlineData("healthy|1|S|12|99|a while", "can be told")]
    [InlineData("healthy|1|7|12|99|720", "several values")]
    [InlineData("healthy|1|7|7|7|7", "7")]
    public void A_value_is_told_apart_by_words_and_numbers(string values, string expected) =>
        AssertRead(expected, null, Usual, values);

    /// <summary>QingCloud's own sample: the health, then the meters by name. Its word is in the middle, so that the
    /// reverse fits too.</summary>
    [Theory]
    [InlineData("outstanding", "0")]
    [InlineData("received", "several values")]
    [InlineData("received@8/10", "22")]
    [InlineData("znode@10/10", "4")]
    public void The_published_sample_is_in_the_order_of_names(string named, string expected)
    {
        Meter[] meters =
        [
            .. new[] { "received", "avg", "outstanding", "max", "min", "mode", "active", "znode", "sent" }.Select(
                meter => new Meter(meter, meter == "mode" ? "" : "s", meter != "mode", 1)
            ),
        ];

        var name = LagMeter.Parse(named)!;
        var meter = Array.Find(meters, meter => meter.Name == name.Name)!;

        AssertShows(expected, Read(meter, name, meters, "healthy|1|0|0|0|follower|0|22|21|4"));
    }

    [Fact]
    public void Numbers_alone_do_not_show_their_order()
    {
        Meter[] meters = [Lag, Connections, Uptime];

        AssertRead("several values", null, meters, "healthy|12|720|99", "healthy|12|720|98");
    }

    [Fact]
    public void An_order_must_fit_at_every_time() =>
        AssertRead("can be told", null, Usual, "healthy|1|12|S|99|720", "healthy|1|S|12|99|720");

    [Fact]
    public void A_single_meter_needs_no_order() => AssertRead("720", null, [Lag], "healthy|1|720");

    /// <summary>Of the orders that a server may have, whichever it is: the value is the meter's own, or unknown.</summary>
    [Fact]
    public void A_value_that_is_read_is_the_meters_own()
    {
        var random = new Random(24);
        var known = Enumerable.Range(0, 2000).Count(_ => IsReadRight(random));

        Assert.InRange(known, 200, 1800);
    }

    private static bool IsReadRight(Random random)
    {
        Meter[] meters =
        [
            .. Enumerable
                .Range(0, random.Next(0, 6))
                .Select(_ => new Meter(random.GetHexString(4, lowercase: true), "count", random.Next(3) > 0, 1))
                .Append(Lag),
        ];
        random.Shuffle(meters);
        Meter[] order = random.Next(2) == 0 ? meters : [.. meters.OrderBy(meter => meter.Name, StringComparer.Ordinal)];
        if (random.Next(2) == 0)
            Array.Reverse(order = [.. order]);

        string[] others = [.. new[] { "healthy", "1" }.Take(random.Next(3))];
        var truth = random.Next(1000, 2000);
        var values = order.Select(meter =>
            meter == Lag ? $"{truth}"
            : meter.IsNumber ? $"{random.Next(1000)}"
            : "word"
        );
        var read = Show(Read(Lag, null, meters, string.Join('|', [.. others, .. values])));
        Assert.True(
            read == $"{truth}" || !int.TryParse(read, CultureInfo.InvariantCulture, out _),
            $"{read} in place of {truth}"
        );
        return read == $"{truth}";
    }

    [Theory]
    [InlineData("seconds_behind_master@6/6", "99")]
    [InlineData("seconds_behind_master@4/6", "720")]
    [InlineData("seconds_behind_master@1/6", "no value")]
    [InlineData("seconds_behind_master@4/7", "6 values, and not 7")]
    public void A_named_place_decides(string named, string expected) =>
        AssertRead(expected, LagMeter.Parse(named), Usual, "healthy|1|7|720|8|99");

    [Theory]
    [InlineData("s", 1, "12.1", "13")]
    [InlineData("ms", 1, "1500", "2")]
    [InlineData("min", 0.1, "25", "150")]
    [InlineData("s", 1, "99999999999999999999", "2147483647")]
    public void Values_are_seconds_rounded_up(string unit, double scale, string value, string expected)
    {
        var meter = new Meter("lag", unit, true, scale);

        Assert.Equal(expected, Show(Read(meter, null, [meter], $"healthy|{value}")));
    }

    [Theory]
    [InlineData(14, "720")]
    [InlineData(16, "no current value")]
    [InlineData(-14, "720")]
    [InlineData(-16, "no current value")]
    public void An_old_value_says_nothing_of_now(int minutes, string expected)
    {
        var readings = new MeterReadings([Lag], [new MeterPoint(Now.AddMinutes(-minutes), ["healthy", "720"])], Now);

        AssertShows(expected, MeterValue.Read(Lag, null, [Lag], readings));
    }

    [Fact]
    public void The_newest_time_at_which_anything_was_measured_counts()
    {
        var readings = new MeterReadings(
            [Lag],
            [
                new MeterPoint(Now.AddMinutes(-12), ["healthy", "10"]),
                new MeterPoint(Now.AddMinutes(-7), ["healthy", "20"]),
                new MeterPoint(Now.AddMinutes(-2), []),
            ],
            Now
        );

        Assert.Equal(new Lag.Known(20, Now.AddMinutes(-7), Lag.Name), MeterValue.Read(Lag, null, [Lag], readings));
    }

    [Fact]
    public void Where_nothing_was_measured_nothing_is_known() =>
        AssertShows("no current value", MeterValue.Read(Lag, null, [Lag], new MeterReadings([Lag], [], Now)));

    private static Lag Read(Meter meter, LagMeter? named, Meter[] meters, params string[] texts) =>
        MeterValue.Read(
            meter,
            named,
            meters,
            new MeterReadings(
                meters,
                [
                    .. texts.Select(
                        (text, i) => new MeterPoint(Now.AddMinutes((-5 * (texts.Length - 1 - i)) - 2), text.Split('|'))
                    ),
                ],
                Now
            )
        );

    private static void AssertRead(string expected, LagMeter? named, Meter[] meters, params string[] texts) =>
        AssertShows(expected, Read(Lag, named, meters, texts));

    private static void AssertShows(string expected, Lag lag) =>
        Assert.Contains(expected, Show(lag), StringComparison.Ordinal);

    private static string Show(Lag lag) =>
        lag switch
        {
            Link.Health.Lag.Known known => FormattableString.Invariant($"{known.Seconds}"),
            Link.Health.Lag.Unknown unknown => unknown.Why,
            _ => throw new InvalidOperationException(lag.ToString()),
        };
}
