namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>What was read of a zone's jobs: the list of all jobs as far as it went, and beside it, where that was not far
/// enough, the lists of the custom services and of the stops of clusters.</summary>
internal sealed record ZoneJobs(JobList All, JobList? Services, JobList? Stops)
{
    public long AskedAt => All.AskedAt;

    /// <summary>Whether a cluster's jobs are shown as far back as was asked for, or as far as they can be read, and as
    /// they are now.</summary>
    public bool Shows(string clusterId, HistoryDepth depth) =>
        Reach(depth) != HistoryReach.Incomplete && OutdatedOf([clusterId]).Count == 0;

    /// <summary>How far back the lists show all jobs of one cluster.</summary>
    public HistoryReach Reach(HistoryDepth depth)
    {
        var reach = All.Reach(depth);
        return reach == HistoryReach.Incomplete && Services is not null && StopsReach(depth)
            ? Services.Reach(depth)
            : reach;
    }

    /// <summary>The outdated jobs that concern one of these clusters.</summary>
    public HashSet<string> OutdatedOf(IReadOnlyCollection<string> clusterIds) =>
        [.. Lists.SelectMany(list => list.OutdatedOf(clusterIds)).Where(id => !All.IsCurrent(id))];

    /// <summary>Takes over the lists of single actions from the reading that the list of all jobs continues: what was
    /// listed since is in the list of all jobs.</summary>
    public ZoneJobs WithActionsOf(ZoneJobs earlier) =>
        this with
        {
            Services = Continued(earlier.Services),
            Stops = Continued(earlier.Stops),
        };

    /// <summary>Takes in how outdated jobs are now.</summary>
    public ZoneJobs With(IReadOnlySet<string> asked, IReadOnlyDictionary<string, Job> answered) =>
        new(All.With(asked, answered), Services?.With(asked, answered), Stops?.With(asked, answered));

    public JobHistory Of(string clusterId, HistoryDepth depth)
    {
        var jobs = Lists
            .SelectMany(list => list.Jobs)
            .DistinctBy(job => job.Id, StringComparer.Ordinal)
            .Where(job => job.ConcernsLink(clusterId) && job.CreatedAt >= (depth.Since ?? DateTimeOffset.MinValue))
            .OrderByDescending(job => job.CreatedAt);
        var isServicesUsed = Services is { HasGap: false } && StopsCover(Services.Oldest);
        return new JobHistory([.. jobs], Reach(depth))
        {
            Oldest =
                All.HasGap ? null
                : isServicesUsed ? Services!.Oldest
                : All.Oldest,
        };
    }

    private JobList? Continued(JobList? list) => list is { HasGap: false } ? new JobList(AskedAt).With(list) : null;

    private IEnumerable<JobList> Lists => new[] { All, Services, Stops }.OfType<JobList>();

    /// <summary>Whether the stops of clusters are shown as far back as the services are.</summary>
    private bool StopsReach(HistoryDepth depth) =>
        StopsCover(
            Services!.Jobs.FirstOrDefault(job => job.Id == depth.AnchorJobId)?.CreatedAt
                ?? depth.CreatedAt
                ?? depth.Since
        );

    private bool StopsCover(DateTimeOffset? time) =>
        Stops is { HasGap: false } && (Stops.IsAtEnd || Stops.Oldest < time);
}
