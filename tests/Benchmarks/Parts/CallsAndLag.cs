using System.Globalization;
using QingCloudMySqlStandby.Benchmarks.Pollers;
using QingCloudMySqlStandby.Benchmarks.Report;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>What it costs to wait for links, and how late their ends are noticed.</summary>
internal static class CallsAndLag
{
    private static readonly TimeSpan[] Jobs =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(3),
    ];
    private static readonly int[] Links = [1, 10, 100, 1000];
    private static readonly int[] Pauses = [5, 10];

    public static IEnumerable<Table> Run()
    {
        var table = new Table(
            "Creates: polls and lag of noticing (simulated time; starts not counted)",
            "job",
            "links",
            "waiter",
            "polls",
            "busiest hour",
            "times shared",
            "lag median s",
            "lag max s",
            "lag max % of job"
        );
        foreach (var job in Jobs)
        {
            foreach (var links in Links)
                Add(table, job, links);
        }

        yield return table;
    }

    private static void Add(Table table, TimeSpan job, int links)
    {
        var (ours, otherCalls) = SharedPoller.Run(links, job);
        var name =
            job.TotalHours >= 1 ? $"{job.TotalHours} h"
            : job.TotalMinutes >= 1 ? $"{job.TotalMinutes} min"
            : $"{job.TotalSeconds} s";
        AddRow(
            table,
            name,
            links,
            string.Create(CultureInfo.InvariantCulture, $"shared (and {otherCalls} other reads)"),
            ours,
            ours.Polls.Count
        );
        foreach (var pause in Pauses)
        {
            var theirs = FixedPoller.Run(links, job, TimeSpan.FromSeconds(pause));
            AddRow(
                table,
                name,
                links,
                string.Create(CultureInfo.InvariantCulture, $"fixed {pause} s"),
                theirs,
                ours.Polls.Count
            );
        }
    }

    private static void AddRow(Table table, string job, int links, string waiter, Waited waited, int ours)
    {
        var lags = waited.Links.Select(link => link.Lag.TotalSeconds).ToList();
        table.Add(
            job,
            links,
            waiter,
            waited.Polls.Count,
            Statistics.BusiestHour(waited.Polls),
            string.Create(CultureInfo.InvariantCulture, $"{(double)waited.Polls.Count / ours:0.0} x"),
            lags.Median(),
            lags.Max(),
            waited.Links.Max(link => link.Lag / link.Age) * 100
        );
    }
}
