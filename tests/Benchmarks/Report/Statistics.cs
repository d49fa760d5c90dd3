namespace QingCloudMySqlStandby.Benchmarks.Report;

internal static class Statistics
{
    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);

    public static double Quantile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Round((sorted.Count - 1) * share)];
    }

    /// <summary>The most calls in any hour.</summary>
    public static int BusiestHour(IReadOnlyList<DateTimeOffset> times)
    {
        var most = 0;
        for (int first = 0, next = 0; next < times.Count; next++)
        {
            while (times[next] - times[first] >= TimeSpan.FromHours(1))
                first++;

            most = Math.Max(most, next - first + 1);
        }

        return most;
    }
}
