namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>The jobs of a zone that concern links, newest first, as far back as a walk through one list went: the list
/// of all jobs, or of those of one action. Jobs made meanwhile push rows to later pages: a row may come twice. Where an
/// earlier walk has been, a later one does not go again: jobs that had ended stay as they were, the others are outdated
/// until they were asked for by their ids.</summary>
/// <param name="AskedAt">When the walk began, as a timestamp.</param>
internal sealed record JobList(long AskedAt)
{
    /// <summary>The most pages that are read in one list. A reading that ends here is incomplete.</summary>
    private const int MostPages = 100;

    /// <summary>How many rows of a page the next page must hold again. A list from which rows are removed meanwhile
    /// moves up, and would otherwise hide rows between two pages.</summary>
    private const int SharedRows = 5;

    /// <summary>How much of an earlier walk's time is gone through again: a job may be listed some time after it was
    /// made, behind jobs that were made later.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>The row at which the next page begins.</summary>
    public int NextOffset { get; private init; }

    /// <summary>How many pages were read, by this walk or by the earlier one that it continues.</summary>
    public int Pages { get; private init; }

    /// <summary>Whether the walk came to an earlier one and took over what that one had seen.</summary>
    public bool ContinuesEarlier { get; private init; }

    /// <summary>Whether the list ended.</summary>
    public bool IsAtEnd { get; private init; }

    /// <summary>Whether rows may be missing: two of its pages do not join, or are not in order.</summary>
    public bool HasGap { get; private init; }

    /// <summary>When the oldest job of the list was made; null where none has a date.</summary>
    public DateTimeOffset? Oldest { get; private init; }

    public IReadOnlyList<Job> Jobs { get; private init; } = [];

    /// <summary>The clusters whose creation is listed.</summary>
    private HashSet<string> Created { get; init; } = [];

    private HashSet<string> Outdated { get; init; } = [];
    private IReadOnlyList<string> LastRows { get; init; } = [];
    private DateTimeOffset? Newest { get; init; }

    /// <summary>The row after the last one that was read.</summary>
    private int End { get; init; }

    /// <summary>The rows from the first one down to the first settled one: one so old that no job can be listed below it
    /// any more.</summary>
    private List<Job> Unsettled { get; init; } = [];

    /// <summary>Whether nothing more can be read.</summary>
    public bool IsOver => IsAtEnd || HasGap || Pages >= MostPages;

    /// <summary>Whether the walk has come to where the earlier one began.</summary>
    public bool Meets(JobList earlier) => !earlier.HasGap && Oldest < earlier.Newest - Overlap;

    /// <summary>Where an earlier walk's first settled row is now, if no job was listed since between the last row of this
    /// walk and it. Every such job moves it to a later place. Null where the next page shows as much, or the two walks
    /// have no row in common.</summary>
    public (int Offset, string JobId)? SettledRow(JobList earlier)
    {
        if (earlier.HasGap || HasGap || LastRows is not [.., var last] || earlier.Unsettled is not [.., var settled])
            return null;

        var index = earlier.Unsettled.FindIndex(job => job.Id == last);
        var offset = End - 1 + (earlier.Unsettled.Count - 1 - index);
        var isFar = offset >= NextOffset + Listing<Job>.MaxRows;
        return index >= 0 && isFar && IsSettled(settled, earlier.Newest) ? (offset, settled.Id) : null;
    }

    /// <summary>How far back the list shows all jobs of one cluster.</summary>
    public HistoryReach Reach(HistoryDepth depth)
    {
        if (HasGap)
            return HistoryReach.Incomplete;
        if (depth.AnchorJobId is { } anchor && Jobs.Any(job => job.Id == anchor))
            return HistoryReach.Anchor;
        if (Oldest < depth.CreatedAt || (depth.ClusterId is { } cluster && Created.Contains(cluster)))
            return HistoryReach.Creation;

        return Oldest < depth.Since ? HistoryReach.Since : HistoryReach.Incomplete;
    }

    /// <summary>The outdated jobs that concern one of these clusters.</summary>
    public HashSet<string> OutdatedOf(IReadOnlyCollection<string> clusterIds) =>
        [.. Jobs.Where(job => Outdated.Contains(job.Id) && clusterIds.Any(job.ConcernsLink)).Select(job => job.Id)];

    /// <summary>Whether the list shows the job as it is now.</summary>
    public bool IsCurrent(string jobId) => Jobs.Any(job => job.Id == jobId) && !Outdated.Contains(jobId);

    public JobList With(Page<Job> page)
    {
        var rows = page.Rows.Select(job => job.Id).ToList();
        var isJoined = LastRows.Count == 0 || rows.Count == 0 || rows.Exists(LastRows.Contains);
        var isInOrder = page
            .Rows.Zip(page.Rows.Skip(1))
            .All(pair => pair.Second.CreatedAt <= pair.First.CreatedAt + Overlap);

        // A job without a date reads as one of 1970, which proves nothing.
        var dated = page.Rows.Select(job => job.CreatedAt).Where(at => at > DateTimeOffset.UnixEpoch).ToList();
        var newest = Newest ?? (dated.Count > 0 ? dated.Max() : null);
        return this with
        {
            Unsettled = UnsettledOf([.. Unsettled, .. page.Rows], newest),
            End = page.NextOffset,
            Jobs = Joined(page.Rows.Where(job => job.Kind() != JobKind.Other)),
            Created = [.. Created, .. page.Rows.Where(JobKinds.IsCreation).SelectMany(job => job.ResourceIds)],
            LastRows = [.. rows.TakeLast(SharedRows)],
            Pages = Pages + 1,
            NextOffset = page.IsLast ? page.NextOffset : Math.Max(page.NextOffset - SharedRows, NextOffset + 1),
            Newest = newest,
            Oldest = dated.Count > 0 ? Earlier(dated.Min(), Oldest) : Oldest,
            IsAtEnd = page.IsLast,
            HasGap = HasGap || !isJoined || !isInOrder,
        };
    }

    /// <summary>Goes on where an earlier walk ended, or a page before: new jobs have moved its rows to later pages, and
    /// the few that were removed since to earlier ones.</summary>
    public JobList With(JobList earlier) =>
        this with
        {
            Jobs = Joined(earlier.Jobs),
            Unsettled = UnsettledOf([.. Unsettled, .. earlier.Unsettled], Newest ?? earlier.Newest),
            Outdated =
            [
                .. Outdated,
                .. Joined(earlier.Jobs).Skip(Jobs.Count).Where(job => !job.HasEnded).Select(job => job.Id),
            ],
            Created = [.. Created, .. earlier.Created],
            LastRows = [],
            ContinuesEarlier = true,
            Newest = Newest ?? earlier.Newest,
            Pages = Math.Max(Pages, earlier.Pages),
            NextOffset = Math.Max(NextOffset, earlier.NextOffset - Listing<Job>.MaxRows),
            Oldest = Earlier(earlier.Oldest, Oldest),
            IsAtEnd = IsAtEnd || earlier.IsAtEnd,
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

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private static List<Job> UnsettledOf(IEnumerable<Job> rows, DateTimeOffset? newest)
    {
        var distinct = rows.DistinctBy(job => job.Id, StringComparer.Ordinal).ToList();
        var settled = distinct.FindIndex(job => IsSettled(job, newest));
        return settled < 0 ? distinct : distinct[..(settled + 1)];
    }

    private static bool IsSettled(Job job, DateTimeOffset? newest) =>
        job.CreatedAt > DateTimeOffset.UnixEpoch && job.CreatedAt < newest - Overlap;

    private IReadOnlyList<Job> Joined(IEnumerable<Job> older)
    {
        var known = Jobs.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        return [.. Jobs, .. older.Where(job => known.Add(job.Id))];
    }
}
