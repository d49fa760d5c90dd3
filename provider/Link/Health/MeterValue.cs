namespace QingCloudMySqlStandby.Link.Health;

/// <summary>Reads a meter's newest value. QingCloud does not publish which of a node's values is which meter's. Its sample
/// has the node's health first, then the meters in the order of their names; the answer describes them in an order of
/// its own. These two orders and their reverses are tried. Those fit in which numbers stand where the meters are
/// numbers, at every time that was measured. A value is the meter's where all orders that fit agree on it, or where the
/// user has named its place.</summary>
internal static class MeterValue
{
    /// <summary>QingCloud measures every five minutes: an older value says nothing of now.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    /// <summary>What may come before the meters' values: the node's health, and its status.</summary>
    private const int MostOthers = 2;

    private static readonly string[] Missing = ["", "-1", "na", "nan", "none", "null"];

    /// <summary>How far the node is behind by that meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="named">How the user has named it; null: the user has not.</param>
    /// <param name="meters">All meters of the node, in the order of the answer.</param>
    /// <param name="readings">What was measured.</param>
    public static Lag Read(Meter meter, LagMeter? named, IReadOnlyList<Meter> meters, MeterReadings readings)
    {
        var points = readings.Points.Where(point => point.Values.Count > 0).ToList();
        if (points is not [.., var newest] || (readings.AskedAt - newest.At).Duration() > MaxAge)
            return new Lag.Unknown($"there is no current value of its meter {meter.Name}");

        var count = newest.Values.Count;
        if (named?.Count is { } said && said != count)
        {
            return new Lag.Unknown(
                FormattableString.Invariant($"a node has {count} values, and not {said} as lagMeter says")
            );
        }

        var numbers = Places(meter, named, meters, points)
            .Select(place => Number(newest.Values[place]))
            .Distinct()
            .ToList();
        return numbers switch
        {
            [{ } number] => new Lag.Known(Seconds(number, meter), newest.At, meter.Name),
            [_] => new Lag.Unknown($"its meter {meter.Name} has no value"),
            [] => new Lag.Unknown($"no value of its nodes can be told to be that of its meter {meter.Name}"),
            _ => new Lag.Unknown(
                $"several values may be that of its meter {meter.Name}, for QingCloud does not publish their order"
            ),
        };
    }

    private static IEnumerable<int> Places(
        Meter meter,
        LagMeter? named,
        IReadOnlyList<Meter> meters,
        IReadOnlyList<MeterPoint> points
    )
    {
        if (named?.Place is { } place)
            return [place - 1];

        var others = points[^1].Values.Count - meters.Count;
        var areOthersKnown = others is >= 0 and <= MostOthers && points.All(point => BeginsWithOthers(point, others));
        Meter[] byName = [.. meters.OrderBy(known => known.Name, StringComparer.Ordinal)];
        Meter[][] orders =
        [
            [.. meters],
            [.. meters.Reverse()],
            byName,
            [.. byName.Reverse()],
        ];
        return areOthersKnown
            ? orders
                .Where(order => points.All(point => Fits(order, point.Values.Skip(others))))
                .Select(order => others + Array.IndexOf(order, meter))
                .Distinct()
            : [];
    }

    /// <summary>The node's health is a word.</summary>
    private static bool BeginsWithOthers(MeterPoint point, int others) =>
        others == 0 || Number(point.Values[0]) is null;

    /// <summary>Whether numbers stand where the order has meters of numbers.</summary>
    private static bool Fits(Meter[] order, IEnumerable<string> values)
    {
        var found = values.ToList();
        return found.Count == order.Length
            && order.Zip(found).All(pair => !pair.First.IsNumber || IsNumber(pair.Second));
    }

    private static bool IsNumber(string value) =>
        Number(value) is not null || Missing.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>A number that is not below zero.</summary>
    private static double? Number(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private static int Seconds(double value, Meter meter) =>
        (int)Math.Min(Math.Ceiling(value * meter.Scale * MeterChoice.SecondsIn(meter)!.Value), int.MaxValue);
}
