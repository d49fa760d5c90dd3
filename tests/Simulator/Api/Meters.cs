using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>What MySQL Plus measures on a node, in QingCloud's compressed form: the first element is the time and the
/// values, each further one the values a step later. The values of a time are one string.</summary>
internal sealed class Meters(SimulatedCloud cloud)
{
    /// <summary>The meter that holds what an application defines itself.</summary>
    public const string Id = "stats";

    private const string NotAvailable = "NA";

    // MySQL Plus measures the lag every five minutes.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BeijingOffset = TimeSpan.FromHours(8);

    private Knobs Knobs => cloud.Knobs;

    public JsonObject Of(ClusterView cluster, NodeView node, DateTimeOffset start, DateTimeOffset end, TimeSpan step) =>
        new()
        {
            ["meter_id"] = Id,
            ["meter_info"] = new JsonObject { ["items"] = Items(cluster) },
            ["data_set"] = Compressed(
                [.. Times(start, end, step).Select(time => new Point(time, TextAt(time, cluster, node)))],
                step
            ),
        };

    /// <summary>The names of the values, and their units.</summary>
    public JsonObject Items(ClusterView cluster) =>
        new(
            Values(cluster, "", TimeSpan.Zero)
                .Select(item => KeyValuePair.Create<string, JsonNode?>(item.Name, Item(item)))
        );

    private static JsonObject Item(Value item) =>
        new()
        {
            ["unit"] = item.Unit,
            ["value_type"] = item.Unit.Length == 0 ? "str" : "int",
            ["statistics_type"] = "latest",
            ["scale_factor_when_display"] = 1,
        };

    private IEnumerable<DateTimeOffset> Times(DateTimeOffset start, DateTimeOffset end, TimeSpan step)
    {
        var last = Math.Min(end.UtcTicks, cloud.Time.GetUtcNow().UtcTicks);
        var first = (start.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks;
        for (var ticks = first; ticks <= last; ticks += step.Ticks)
            yield return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>The values at a time as one string; null: nothing was measured then.</summary>
    private string? TextAt(DateTimeOffset time, ClusterView cluster, NodeView node)
    {
        var wasMeasured = time.UtcTicks % Interval.Ticks == 0 && time >= cluster.CreatedAt;
        if (!wasMeasured || cluster.Status != ClusterStatus.Active || Knobs.MeterData == MeterData.Null)
            return null;

        var age = cloud.Time.GetUtcNow() - time;
        var values = Values(cluster, LagText(cluster, node, age), time - cluster.CreatedAt).Select(value => value.Text);
        var ordered = Knobs.MeterValuesReversed ? values.Reverse() : values;
        return string.Join('|', [node.IsHealthy ? "healthy" : "unhealthy", "1", .. ordered]);
    }

    private IEnumerable<Value> Values(ClusterView cluster, string lag, TimeSpan uptime)
    {
        yield return new Value("mysql_role", "", cluster.Link is null ? "M" : "S");
        yield return new Value("connections", "count", "12");
        yield return new Value("uptime", "s", Seconds(uptime));
        if (NameOfLag() is { } name)
            yield return new Value(name, Knobs.LagMeter == LagMeter.Milliseconds ? "ms" : "s", lag);

        if (cluster.Spec.Edition == Edition.Financial)
            yield return new Value("transactions_behind_primary", "count", "0");
    }

    private string? NameOfLag() =>
        Knobs.LagMeter switch
        {
            LagMeter.SecondsBehind => "seconds_behind_master",
            LagMeter.OtherName => "slave_delay",
            LagMeter.Milliseconds => "replication_lag",
            _ => null,
        };

    private string LagText(ClusterView cluster, NodeView node, TimeSpan age)
    {
        if (Knobs.MeterData == MeterData.MinusOne || cloud.ReadsItsSource(cluster.Id) == false)
            return "-1";

        if (Knobs.MeterData == MeterData.Blank)
            return "";

        // The replicas follow the primary of their own cluster without delay.
        var isOfSource = node.IsPrimary && Knobs.PrimaryReportsLag;
        var lag = (isOfSource ? cloud.LagOf(cluster.Id) : null) ?? TimeSpan.Zero;
        var then = lag > age ? lag - age : TimeSpan.Zero;
        return Knobs.LagMeter == LagMeter.Milliseconds
            ? then.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)
            : Seconds(then);
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    private JsonArray Compressed(List<Point> points, TimeSpan step)
    {
        var measured = points.FindIndex(point => point.Text is not null);
        if (measured < 0)
            return Knobs.MeterData == MeterData.Null ? new JsonArray([.. points.Select(_ => (JsonNode?)null)]) : [];

        var elements = new JsonArray(new JsonArray(Stamp(points[measured].Time), points[measured].Text));
        var skipped = 0;
        foreach (var point in points.Skip(measured + 1))
        {
            var isSpanned = Knobs.MeterGaps == MeterGaps.Span && (point.Text is null || skipped > 0);
            if (!isSpanned)
                elements.Add(point.Text ?? (Knobs.MeterGaps == MeterGaps.Null ? null : NotAvailable));
            else if (point.Text is not null)
                elements.Add(new JsonArray((long)(step * (skipped + 1)).TotalSeconds, point.Text));

            skipped = point.Text is null ? skipped + 1 : 0;
        }

        return elements;
    }

    private long Stamp(DateTimeOffset time) =>
        (Knobs.MeterTimeIsBeijing ? time + BeijingOffset : time).ToUnixTimeSeconds();

    private sealed record Value(string Name, string Unit, string Text);

    private sealed record Point(DateTimeOffset Time, string? Text);
}
