namespace QingCloudMySqlStandby.Doctor;

/// <summary>Whether the account's list of jobs shows everything that happened: what is not listed may have ended a
/// link.</summary>
internal static class HistoryChecks
{
    /// <summary>A cluster's status may change a while after the job that changes it was made, or was ended.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private const string StopAction = "StopClusters";
    private const string Incomplete =
        "What is not listed may have ended a link: what the jobs show is then not enough.";

    /// <summary>Whose jobs are listed.</summary>
    public static Finding Owners(JobPages pages)
    {
        var owners = pages.Rows.Select(row => row.Text("owner") ?? "").Distinct(StringComparer.Ordinal).ToList();
        return owners switch
        {
            [] => NoJobs("jobs-owner"),
            [""] => Finding.NotSeen("jobs-owner", $"jobs have no owner", Incomplete),
            [_] => Finding.NotSeen(
                "jobs-owner",
                $"all jobs are of one user",
                "Jobs of other users, of timers and of QingCloud itself may not be listed. " + Incomplete
            ),
            _ => Finding.Ok("jobs-owner", $"jobs of {owners.Count} users are listed"),
        };
    }

    /// <summary>Whether the stop of a cluster, which ends its link, is a job that is listed.</summary>
    public static Finding Stops(JobPages pages) =>
        pages.Rows.Any(row => row.Text("job_action") == StopAction)
            ? Finding.Ok("jobs-stop", $"{Wording.Own(StopAction)} is listed")
            : Finding.NotSeen(
                "jobs-stop",
                $"no {Wording.Own(StopAction)} among the last jobs",
                "Stop and start any cluster, then run this again. A stop that is not listed ends a link unseen."
            );

    /// <summary>Whether a listed job explains when the cluster's status last changed.</summary>
    public static Finding StatusTime(Cluster cluster, JobPages pages)
    {
        const string check = "cluster-status-time";
        if (cluster.StatusAt is not { } changed)
        {
            return Finding.NotSeen(
                check,
                $"no status_time",
                "A stop of the cluster that no job shows cannot be suspected either."
            );
        }

        var job = JobsOn(cluster.Id, pages.Rows).FirstOrDefault(job => Explains(job, changed));
        var isCreation = cluster.CreatedAt is { } created && (changed - created).Duration() <= TimeSpan.FromHours(1);
        return job is not null ? Finding.Ok(check, $"the status changed with {job.Id} ({job.Action})")
            : isCreation ? Finding.Ok(check, $"the status changed when the cluster was made")
            : Finding.Differs(
                check,
                $"no listed job explains the change of status at {changed}",
                "The cluster may have been stopped by a timer, by another user or for arrears, which ends a link. "
                    + Incomplete
            );
    }

    /// <summary>Whether the jobs of the cluster's app hold some that the account's list of jobs does not.</summary>
    public static async Task<Finding> AppJobsAsync(
        Cluster cluster,
        JobPages pages,
        Questions questions,
        CancellationToken cancellationToken
    )
    {
        const string check = "cluster-jobs";
        if (cluster.AppId is not { } app)
            return Finding.NotSeen(check, $"the cluster shows no app_id", Incomplete);

        var (answer, refusal) = await Questions.TryAsync(questions.AppJobsAsync(app, cancellationToken));
        if (answer is not { } listed)
            return Finding.NotSeen(check, $"DescribeClusterJobs: {Wording.Of(refusal!)}", Incomplete);

        // DescribeJobs was asked for a page: what is older than a full one is not on it.
        var all = pages.Rows.Select(JobReader.Read).OfType<Job>().ToList();
        var since = all.Count < JobChecks.PageSize ? DateTimeOffset.MinValue : all.Min(job => job.CreatedAt);
        var known = all.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        var others = JobsOn(cluster.Id, [.. listed.Items("job_set")])
            .Where(job => job.CreatedAt > since && !known.Contains(job.Id))
            .ToList();
        return others.Count == 0
            ? Finding.Ok(check, $"DescribeClusterJobs lists no job that DescribeJobs does not")
            : Finding.Differs(check, $"DescribeClusterJobs lists {others.Count} more: {Actions(others)}", Incomplete);
    }

    private static string Actions(IEnumerable<Job> jobs) =>
        Sanitizer.Clean(
            string.Join(
                ", ",
                jobs.Select(job => job.Action).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            ),
            200
        );

    private static IEnumerable<Job> JobsOn(string clusterId, IReadOnlyList<JsonElement> rows) =>
        rows.Select(JobReader.Read)
            .OfType<Job>()
            .Where(job => job.ResourceIds.Contains(clusterId, StringComparer.Ordinal));

    private static bool Explains(Job job, DateTimeOffset changed) =>
        changed >= job.CreatedAt - Margin && changed <= job.ChangedAt + Margin;

    private static Finding NoJobs(string check) =>
        Finding.NotSeen(check, $"no jobs", "Run this again once the account has jobs in this zone.");
}
