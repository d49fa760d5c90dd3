namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Walks back through a zone's jobs, page by page. It asks for custom services only, until QingCloud refuses
/// that or answers with other jobs anyway.</summary>
internal sealed class JobWalk(Listing<Job> listing)
{
    private bool _isFiltering = true;
    private bool _isOldestKnown;
    private DateTimeOffset? _oldest;

    /// <summary>Goes on from what was seen until it meets an earlier walk, or else as far back as was asked.</summary>
    public async Task<JobList> GoBackAsync(
        JobList seen,
        JobList? earlier,
        DateTimeOffset? since,
        CallProgress progress,
        CancellationToken cancellationToken
    )
    {
        while (!seen.Reaches(since))
        {
            seen = seen.With(await ReadPageAsync(seen.NextOffset, progress, cancellationToken));
            if (earlier is not null && seen.Meets(earlier))
                (seen, earlier) = (seen.With(earlier), null);
        }

        return since is null && seen.IsAtEnd && _isFiltering
            ? seen with
            {
                OldestOfAll = await FindOldestAsync(progress, cancellationToken),
            }
            : seen;
    }

    private async Task<Page<Job>> ReadPageAsync(int offset, CallProgress progress, CancellationToken cancellationToken)
    {
        if (_isFiltering)
        {
            try
            {
                var page = await listing.PageAsync(offset, progress, cancellationToken, JobReader.CustomService);
                _isFiltering = page.Rows.All(job => job.Action == JobReader.CustomService);
                return page;
            }
            catch (QingCloudException e) when (e.ReturnCode is ReturnCode.BadParameter or ReturnCode.BadValue)
            {
                // Asking without the filter shows whether that was what it refused.
            }
        }

        var all = await listing.PageAsync(offset, progress, cancellationToken);
        _isFiltering = false;
        return all;
    }

    /// <summary>When the zone's oldest job was made, whatever it was for: so far back the account's history goes, which
    /// a list of custom services does not show.</summary>
    private async Task<DateTimeOffset?> FindOldestAsync(CallProgress progress, CancellationToken cancellationToken)
    {
        if (!_isOldestKnown)
        {
            var page = await listing.PageAsync(0, progress, cancellationToken, limit: 1);
            if (page.Total is > 1 and var total)
                page = await listing.PageAsync(total - 1, progress, cancellationToken, limit: 1);

            _oldest = page.Rows.FirstOrDefault(job => job.CreatedAt > DateTimeOffset.UnixEpoch)?.CreatedAt;
            _isOldestKnown = true;
        }

        return _oldest;
    }
}
