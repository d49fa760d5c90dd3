namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>The custom services among a zone's jobs, newest first, as far back as a walk went. Jobs made meanwhile push
/// rows to later pages: a row may come twice, none is missed. Where an earlier walk has been, a later one does not go
/// again: jobs that had ended stay as they were, the others are outdated until they were asked for by their
/// ids.</summary>
/// <param name="AskedAt">When the walk began, as a timestamp.</param>
internal sealed record JobList(long AskedAt)
{
    private const int MostPages = 20;

    /// <summary>How much of an earlier walk's time is gone through again: a job may be listed some time after it was
    /// made, behind jobs that were made later.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public int NextOffset { get; private init; }
    public bool IsAtEnd { get; private init; }

    /// <summary>When the oldest job of any kind was made, where only custom services were listed.</summary>
    public DateTimeOffset? OldestOfAll { get; init; }

    private IReadOnlyList<Job> Jobs { get; init; } = [];
    private HashSet<string> Outdated { get; init; } = [];
    private int Pages { get; init; }
    private DateTimeOffset? Newest { get; init; }
    private DateTimeOffset? Oldest { get; init; }

    /// <summary>Whether the walk has gone back to that time, or as far as it ever will.</summary>
    public bool Reaches(DateTimeOffset? since) => Covers(since) || Pages >= MostPages;

    /// <summary>Whether the walk has come to where the earlier one began.</summary>
    public bool Meets(JobList earlier) => Oldest < earlier.Newest - Overlap;

    /// <summary>Whether it says how all jobs on a cluster are, back to that time.</summary>
    public bool Shows(string clusterId, DateTimeOffset? since) => Reaches(since) && OutdatedOf([clusterId]).Count == 0;

    /// <summary>The outdated jobs that concern one of these clusters.</summary>
    public HashSet<string> OutdatedOf(IReadOnlyCollection<string> clusterIds) =>
        [.. Jobs.Where(job => Outdated.Contains(job.Id) && clusterIds.Any(job.IsStandbyService)).Select(job => job.Id)];

    public JobList With(Page<Job> page)
    {
        // A job without a date reads as one of 1970, which proves nothing.
        var dated = page.Rows.Select(job => job.CreatedAt).Where(at => at > DateTimeOffset.UnixEpoch).ToList();
        return this with
        {
            Jobs = Joined(page.Rows.Where(job => job.Action == JobReader.CustomService)),
            Pages = Pages + 1,
            NextOffset = page.NextOffset,
            Newest = Newest ?? (dated.Count > 0 ? dated[0] : null),
            Oldest = dated.Count > 0 ? dated[^1] : Oldest,
            IsAtEnd = page.IsLast,
        };
    }

    /// <summary>Goes on where an earlier walk ended, or a page before: new jobs have moved its rows to later pages, and
    /// the few that were removed since to earlier ones.</summary>
    public JobList With(JobList earlier) =>
        this with
        {
            Jobs = Joined(earlier.Jobs),
            Outdated = [.. Joined(earlier.Jobs).Skip(Jobs.Count).Where(job => !job.HasEnded).Select(job => job.Id)],
            Pages = Math.Max(Pages, earlier.Pages),
            NextOffset = Math.Max(NextOffset, earlier.NextOffset - Listing<Job>.MaxRows),
            Oldest = earlier.Oldest < Oldest ? earlier.Oldest : Oldest,
            IsAtEnd = IsAtEnd || earlier.IsAtEnd,
            OldestOfAll = earlier.OldestOfAll,
        };

    /// <summary>Takes in how outdated jobs are now; one that was asked for and not answered was removed.</summary>
    public JobList With(IReadOnlySet<string> asked, IReadOnlyDictionary<string, Job> answered) =>
        this with
        {
            Jobs =
            [
                .. Jobs.Select(job => asked.Contains(job.Id) ? answered.GetValueOrDefault(job.Id) : job).OfType<Job>(),
            ],
            Outdated = [.. Outdated.Except(asked, StringComparer.Ordinal)],
        };

    public JobHistory Of(string clusterId, DateTimeOffset? since)
    {
        var jobs = Jobs.Where(job =>
                job.IsStandbyService(clusterId) && job.CreatedAt >= (since ?? DateTimeOffset.MinValue)
            )
            .OrderByDescending(job => job.CreatedAt);
        return new JobHistory([.. jobs], Covers(since)) { Oldest = IsAtEnd ? OldestOfAll ?? Oldest : Oldest };
    }

    private bool Covers(DateTimeOffset? since) => IsAtEnd || Oldest < since;

    private IReadOnlyList<Job> Joined(IEnumerable<Job> older)
    {
        var known = Jobs.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        return [.. Jobs, .. older.Where(job => known.Add(job.Id))];
    }
}
