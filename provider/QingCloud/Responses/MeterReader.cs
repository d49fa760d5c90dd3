namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads the answer of <c>GetClusterMonitor</c>. It is compressed: the first element of the data has a time of
/// its own, each other one follows after the step that was asked for, or after the span that it names itself.</summary>
internal static class MeterReader
{
    /// <summary>The meters that the app defines for itself.</summary>
    public const string AppMeters = "stats";

    /// <summary>A number from here on is a time, and none beyond the last is.</summary>
    private const double FirstTime = 1_000_000_000;
    private const double LastTime = 100_000_000_000;

    /// <summary>QingCloud's page on the compression has times in Beijing's time, the sample of the action in UTC.</summary>
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>What the answer shows of the app's meters; empty where it shows none.</summary>
    public static MeterReadings Read(JsonElement answer, DateTimeOffset askedAt, TimeSpan step)
    {
        var sets = answer.Items("meter_set").ToList();
        var set = sets.Find(candidate => candidate.Text("meter_id") == AppMeters);
        return new MeterReadings(
            set.Nested("meter_info") is { } info ? Meters(info) : [],
            InUtc([.. Points(set.Items("data_set"), step)], askedAt),
            askedAt
        );
    }

    /// <summary>The members of <c>items</c>.</summary>
    public static IReadOnlyList<Meter> Meters(JsonElement monitor) =>
        [
            .. monitor
                .Nested("items")
                ?.EnumerateObject()
                .Select(item => new Meter(
                    item.Name,
                    item.Value.Text("unit") ?? "",
                    item.Value.Text("value_type") is not ("str" or "string"),
                    item.Value.Member("scale_factor_when_display")?.AsNumber() ?? 1
                ))
                ?? [],
        ];

    /// <summary>Nothing is measured hours ahead of the time at which it is asked for.</summary>
    private static List<MeterPoint> InUtc(List<MeterPoint> points, DateTimeOffset askedAt) =>
        points is [.., var last] && last.At - askedAt > Beijing / 2
            ? points.ConvertAll(point => point with { At = point.At - Beijing })
            : points;

    private static IEnumerable<MeterPoint> Points(IEnumerable<JsonElement> elements, TimeSpan step)
    {
        double? at = null;
        foreach (var element in elements)
        {
            var (number, value) = Parts(element);
            at = number >= FirstTime ? number : at + (number ?? step.TotalSeconds);

            // Before the first time nothing shows when it was.
            if (at is >= FirstTime and <= LastTime)
                yield return new MeterPoint(DateTimeOffset.UnixEpoch.AddSeconds(at.Value), Values(value));
        }
    }

    /// <summary>The time or the span that an element names, and its value.</summary>
    private static (double? Number, JsonElement Value) Parts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2 && element[0].AsNumber() is { } number
            ? (number, element[1])
            : (null, element);

    private static string[] Values(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(part => part.AsText() ?? "")],
            _ when value.AsText() is { } text && text is not ("" or "NA") => text.Split('|'),
            _ => [],
        };
}
