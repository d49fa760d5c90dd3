using System.Collections.Immutable;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>
/// One walk through a zone's jobs, newest first. Jobs made meanwhile push rows to later pages: a row may come twice, none is
/// missed. Of all it sees it keeps the standby services.
/// </summary>
internal sealed class HistoryWalk(Describe describe, string zone, long begunAt)
{
    private const int MostPages = 20;
    private volatile Reach reach = new([], [], 0, 0, DateTimeOffset.MaxValue, IsAtEnd: false);

    public long BegunAt { get; } = begunAt;

    /// <summary>Whether it has gone back to that time, or as far as it ever will.</summary>
    public bool HasReached(DateTimeOffset? since) => reach.Covers(since) || reach.Pages >= MostPages;

    public async Task GoBackToAsync(DateTimeOffset? since, ReadTerms terms, CancellationToken cancellationToken)
    {
        while (!HasReached(since))
        {
            var page = await describe.PageAsync(Listings.Jobs, zone, reach.NextOffset, terms, cancellationToken);
            reach = reach.With(page);
        }
    }

    public JobHistory Of(HistoryRequest request)
    {
        var seen = reach;
        var jobs = seen.Jobs
            .Where(job => job.IsStandbyService(request.ClusterId) && job.CreatedAt >= (request.Since ?? DateTimeOffset.MinValue))
            .OrderByDescending(job => job.CreatedAt);
        return new JobHistory([.. jobs], seen.Covers(request.Since)) { Oldest = seen.OldestDated };
    }

    private sealed record Reach(
        ImmutableList<Job> Jobs,
        ImmutableHashSet<string> Ids,
        int Pages,
        int NextOffset,
        DateTimeOffset Oldest,
        bool IsAtEnd)
    {
        /// <summary>A job without a date reads as one of 1970, which proves nothing.</summary>
        public DateTimeOffset? OldestDated =>
            Oldest > DateTimeOffset.UnixEpoch && Oldest < DateTimeOffset.MaxValue ? Oldest : null;

        public bool Covers(DateTimeOffset? since) => IsAtEnd || Oldest < since;

        public Reach With(Page<Job> page)
        {
            var services = page.Rows.Where(j => j.Action == JobReader.CustomService && !Ids.Contains(j.Id)).ToList();
            return new Reach(
                Jobs.AddRange(services),
                Ids.Union(services.Select(j => j.Id)),
                Pages + 1,
                page.NextOffset,
                page.Rows.LastOrDefault(j => j.CreatedAt > DateTimeOffset.UnixEpoch)?.CreatedAt ?? Oldest,
                page.IsLast);
        }
    }
}
