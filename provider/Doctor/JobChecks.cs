namespace QingCloudMySqlStandby.Doctor;

/// <summary>How the account's jobs are listed: the provider reads from them what links a cluster.</summary>
internal static class JobChecks
{
    /// <summary>How many jobs are asked for.</summary>
    public const int PageSize = 100;

    private static readonly string[] KnownStatuses =
    [
        "pending",
        "working",
        "successful",
        "failed",
        "done with failure",
    ];

    /// <summary>What it means that jobs cannot be listed at all.</summary>
    public static Finding Unreadable(QingCloudException refused) =>
        Finding.Breaks(
            "jobs-readable",
            Wording.Of(refused),
            "What links a cluster is read from its jobs: allow the key DescribeJobs."
        );

    /// <summary>Reads a page of jobs, with and without the filter; or why no job can be listed at all.</summary>
    public static async Task<(JobPages? Pages, QingCloudException? Refusal)> ReadAsync(
        Questions questions,
        CancellationToken cancellationToken
    )
    {
        var (answer, refusal) = await Questions.TryAsync(
            questions.JobsAsync(0, PageSize, action: null, cancellationToken)
        );
        if (answer is not { } all)
            return (null, refusal);

        var (services, _) = await Questions.TryAsync(
            questions.JobsAsync(0, PageSize, JobKinds.CustomService, cancellationToken)
        );
        return (new JobPages(all, services), null);
    }

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        JobPages pages,
        Questions questions,
        CancellationToken cancellationToken
    ) =>
        [
            Readable(pages),
            Order(pages),
            Total(pages),
            Statuses(pages),
            Filter(pages),
            await HistoryAsync(pages, questions, cancellationToken),
            await UnknownIdAsync(questions, cancellationToken),
            HistoryChecks.Owners(pages),
            HistoryChecks.Stops(pages),
        ];

    private static Finding Readable(JobPages pages)
    {
        string[] needed = ["job_id", "job_action", "status", "create_time", "resource_ids"];
        var missing = needed.Where(name => pages.Rows.Any(row => row.Member(name) is null)).ToList();
        return pages.Rows.Count == 0 ? NoJobs("jobs-readable")
            : missing.Count == 0 ? Finding.Ok("jobs-readable", $"{pages.Rows.Count} jobs of the last ones were read")
            : Finding.Breaks(
                "jobs-readable",
                $"jobs lack {Wording.Own(string.Join(", ", missing))}",
                "What links a cluster cannot be read from its jobs."
            );
    }

    private static Finding Order(JobPages pages)
    {
        var times = pages.Rows.Select(row => row.Time("create_time")).OfType<DateTimeOffset>().ToList();
        return times.Count < 2 ? NoJobs("jobs-order")
            : times.SequenceEqual(times.OrderDescending()) ? Finding.Ok("jobs-order", $"newest first")
            : Finding.Breaks(
                "jobs-order",
                $"not newest first",
                "The last job on a cluster decides what links it: an older one would."
            );
    }

    private static Finding Total(JobPages pages) =>
        pages.All.Number("total_count") is { } total
            ? Finding.Ok("jobs-total", $"total_count is {total}")
            : Finding.Differs(
                "jobs-total",
                $"no total_count",
                "The last page is known by its length, at the cost of a call."
            );

    private static Finding Statuses(JobPages pages)
    {
        var unknown = pages
            .Rows.Select(row => row.Text("status") ?? "")
            .Distinct(StringComparer.Ordinal)
            .Where(word =>
                !KnownStatuses.Contains(word.Trim().Replace('_', ' ').ToLowerInvariant(), StringComparer.Ordinal)
            )
            .ToList();
        return pages.Rows.Count == 0 ? NoJobs("jobs-status")
            : unknown.Count == 0 ? Finding.Ok("jobs-status", $"every word is known")
            : Finding.Breaks(
                "jobs-status",
                $"unknown: {Sanitizer.Clean(string.Join(", ", unknown), 100)}",
                "A job of an unknown status counts as under way: it would be waited for until the time limit."
            );
    }

    private static Finding Filter(JobPages pages) =>
        pages.Filter switch
        {
            JobActionFilter.Applied => Finding.Ok("jobs-action", $"job_action is honoured"),
            JobActionFilter.Ignored => Finding.Differs(
                "jobs-action",
                $"job_action is ignored",
                "All jobs are read, at the cost of more calls."
            ),
            JobActionFilter.Refused => Finding.Differs(
                "jobs-action",
                $"job_action is refused",
                "All jobs are read, at the cost of more calls."
            ),
            _ => Finding.NotSeen("jobs-action", $"the account has jobs of one kind only", "Either is taken."),
        };

    private static async Task<Finding> HistoryAsync(
        JobPages pages,
        Questions questions,
        CancellationToken cancellationToken
    )
    {
        if (pages.All.Number("total_count") is not ({ } total and > 0))
            return NoJobs("jobs-history");

        var last = await questions.JobsAsync(total - 1, 1, action: null, cancellationToken);
        return
            last.Items("job_set").Select(row => row.Time("create_time")).OfType<DateTimeOffset>().ToList()
                is [var oldest]
            ? Finding.Ok("jobs-history", $"it goes back to {oldest}")
            : Finding.Differs(
                "jobs-history",
                $"the last job of total_count is not listed",
                "How far the history goes is unknown: a link whose job is out of sight is read from its tab."
            );
    }

    private static async Task<Finding> UnknownIdAsync(Questions questions, CancellationToken cancellationToken)
    {
        const string check = "jobs-unknown-id";
        var (answer, refusal) = await Questions.TryAsync(questions.JobAsync("j-00000000", cancellationToken));
        if (answer is not { } listed)
        {
            return Finding.Ok(check, $"an unknown id gives ret_code {refusal!.ReturnCode ?? 0}");
        }

        return listed.Items("job_set").Any()
            ? Finding.Breaks(check, $"other jobs were listed", "A job that is gone would be taken for another.")
            : Finding.Ok(check, $"an unknown id gives an empty list");
    }

    private static Finding NoJobs(string check) =>
        Finding.NotSeen(check, $"too few jobs", "Run this again once the account has jobs in this zone.");
}

/// <summary>The newest jobs of the zone, without a filter and with one on custom services; null where that was
/// refused.</summary>
internal sealed record JobPages(JsonElement All, JsonElement? Services)
{
    public IReadOnlyList<JsonElement> Rows { get; } = [.. All.Items("job_set")];

    /// <summary>The custom services that either of the answers shows.</summary>
    public IReadOnlyList<JsonElement> ServiceRows { get; } =
    [
        .. All.Items("job_set")
            .Concat(Services?.Items("job_set") ?? [])
            .Where(IsService)
            .DistinctBy(row => row.Text("job_id"), StringComparer.Ordinal),
    ];

    /// <summary>Their directives, where they have one that can be read.</summary>
    public IReadOnlyList<JsonElement> Directives =>
        [.. ServiceRows.Select(job => job.Nested("directive")).OfType<JsonElement>()];

    public JobActionFilter Filter =>
        Services is not { } filtered ? JobActionFilter.Refused
        : filtered.Items("job_set").Any(row => !IsService(row)) ? JobActionFilter.Ignored
        : Rows.Any(row => !IsService(row)) ? JobActionFilter.Applied
        : JobActionFilter.NotSeen;

    private static bool IsService(JsonElement row) => row.Text("job_action") == JobKinds.CustomService;
}
