namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads a zone's jobs, page by page. One page of all jobs most often shows enough. Where it does not, and
/// QingCloud lists the jobs of one action, only the actions that end or make links are read further.</summary>
internal sealed class ZoneJobReader(Listing<Job> listing, TimeProvider time)
{
    private bool _isFiltering = true;

    /// <summary>Reads as far back as every request asks.</summary>
    /// <param name="begun">What is recent enough to go on from; null for a new reading.</param>
    /// <param name="earlier">What an earlier reading saw.</param>
    public async Task<ZoneJobs> ReadAsync(
        ZoneJobs? begun,
        ZoneJobs? earlier,
        IReadOnlyList<HistoryDepth> depths,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        var jobs = begun ?? new ZoneJobs(new JobList(time.GetTimestamp()), null, null);
        jobs = jobs with { All = await WalkAsync(jobs.All, earlier?.All, null, IsEnough, progress, cancellationToken) };
        if (!_isFiltering || depths.All(depth => jobs.Reach(depth) != HistoryReach.Incomplete) || jobs.All.IsOver)
            return jobs;

        try
        {
            var services = await WalkAsync(
                jobs.Services ?? new JobList(time.GetTimestamp()),
                begun is null ? earlier?.Services : null,
                JobKinds.CustomService,
                list => depths.All(depth => list.Reach(depth) != HistoryReach.Incomplete),
                progress,
                cancellationToken
            );
            var stops = await WalkAsync(
                jobs.Stops ?? new JobList(time.GetTimestamp()),
                begun is null ? earlier?.Stops : null,
                JobKinds.StopClusters,
                list => list.Oldest < services.Oldest,
                progress,
                cancellationToken
            );
            jobs = jobs with { Services = services, Stops = stops };
        }
        catch (FilterException)
        {
            _isFiltering = false;
        }

        if (depths.All(depth => jobs.Reach(depth) != HistoryReach.Incomplete))
            return jobs;

        // The jobs of those actions alone may not show that the list reaches back to a cluster's creation.
        return jobs with
        {
            All = await WalkAsync(jobs.All, earlier?.All, null, Reaches, progress, cancellationToken),
        };

        bool IsEnough(JobList list) => Reaches(list) || (_isFiltering && list.NextOffset > 0);

        bool Reaches(JobList list) => depths.All(depth => list.Reach(depth) != HistoryReach.Incomplete);
    }

    private async Task<JobList> WalkAsync(
        JobList seen,
        JobList? earlier,
        string? action,
        Func<JobList, bool> isEnough,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        while (!seen.IsOver && !isEnough(seen))
        {
            seen = seen.With(await PageAsync(seen.NextOffset, action, progress, cancellationToken));
            if (earlier is not null && seen.Meets(earlier))
                (seen, earlier) = (seen.With(earlier), null);
        }

        return seen;
    }

    private async Task<Page<Job>> PageAsync(
        int offset,
        string? action,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var page = await listing.PageAsync(offset, progress, cancellationToken, action);
            return action is null || page.Rows.All(job => job.Action == action) ? page : throw new FilterException();
        }
        catch (QingCloudException e)
            when (action is not null && e.ReturnCode is ReturnCode.BadParameter or ReturnCode.BadValue)
        {
            throw new FilterException();
        }
    }

    /// <summary>QingCloud refuses to list the jobs of one action, or lists others too.</summary>
    private sealed class FilterException : Exception;
}
