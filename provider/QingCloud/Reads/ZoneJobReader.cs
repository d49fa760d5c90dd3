namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Reads a zone's jobs, page by page. One page of all jobs most often shows enough. Where it does not, and
/// QingCloud lists the jobs of one action, only the actions that end or make links are read further. A later reading reads
/// what was listed since the one before.</summary>
internal sealed class ZoneJobReader(Listing<Job> listing, TimeProvider time)
{
    /// <summary>How many pages of all jobs are read to come to an earlier reading, before the lists of single actions
    /// are tried.</summary>
    private const int MostPagesBetween = 10;

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
        if (earlier is not null && jobs.All.ContinuesEarlier)
            jobs = jobs.WithActionsOf(earlier);
        if (!_isFiltering || depths.All(depth => jobs.Reach(depth) != HistoryReach.Incomplete) || jobs.All.IsOver)
            return jobs;

        try
        {
            var services = await WalkAsync(
                jobs.Services ?? new JobList(time.GetTimestamp()),
                jobs.Services is null ? earlier?.Services : null,
                JobKinds.CustomService,
                list => depths.All(depth => list.Reach(depth) != HistoryReach.Incomplete),
                progress,
                cancellationToken
            );
            var stops = await WalkAsync(
                jobs.Stops ?? new JobList(time.GetTimestamp()),
                jobs.Stops is null ? earlier?.Stops : null,
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
            All = await WalkAsync(
                jobs.All,
                jobs.All.ContinuesEarlier ? null : earlier?.All,
                null,
                Reaches,
                progress,
                cancellationToken
            ),
        };

        bool IsEnough(JobList list) =>
            Reaches(list)
            || (_isFiltering && (list.ContinuesEarlier || list.Pages >= (earlier is null ? 1 : MostPagesBetween)));

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
            if (earlier is null)
                continue;
            if (seen.Meets(earlier) || await IsUnchangedBelowAsync(seen, earlier, action, progress, cancellationToken))
                (seen, earlier) = (seen.With(earlier), null);
        }

        return seen;
    }

    /// <summary>Whether no job was listed since the earlier walk below the rows that this one has read. Where many jobs
    /// are young, one row shows it instead of many pages: it is where it was, but for the new rows above. A job made
    /// between the two calls moves it too; then the walk continues. After a longer time old rows may have been removed
    /// and new ones listed in their place, which one row does not show.</summary>
    private async Task<bool> IsUnchangedBelowAsync(
        JobList seen,
        JobList earlier,
        string? action,
        CallProgress progress,
        CancellationToken cancellationToken
    ) =>
        time.GetElapsedTime(earlier.AskedAt) <= JobList.Overlap
        && seen.SettledRow(earlier) is var (offset, jobId)
        && await PageAsync(offset, action, progress, cancellationToken, limit: 1) is { Rows: [var row, ..] }
        && row.Id == jobId;

    private async Task<Page<Job>> PageAsync(
        int offset,
        string? action,
        CallProgress progress,
        CancellationToken cancellationToken,
        int limit = Listing<Job>.MaxRows
    )
    {
        try
        {
            var page = await listing.PageAsync(offset, progress, cancellationToken, action, limit);
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
