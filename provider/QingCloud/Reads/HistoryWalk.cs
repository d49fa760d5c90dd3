using System.Collections.Immutable;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Responses;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>
/// One walk through a zone's jobs, newest first. Jobs made meanwhile push rows to later pages: a row may come twice, none is
/// missed. Of all it sees it keeps the standby services. Where an earlier walk has been, it does not go again: jobs that had
/// ended stay as they were, and the others are asked for by their ids.
/// </summary>
internal sealed class HistoryWalk(Describe describe, string zone, long begunAt, HistoryWalk? earlier)
{
    private const int MostPages = 20;

    /// <summary>
    /// How much of an earlier walk's time is gone through again. A job may be listed some time after it was made, behind jobs
    /// that were made later.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private volatile Reach _reach = Reach.None;
    private Reach? _earlierReach = earlier?.Deepest;

    public long BegunAt { get; } = begunAt;

    /// <summary>What the next walk need not go through again.</summary>
    private Reach Deepest => _earlierReach is { } deeper && !_reach.IsWhole && deeper.Oldest < _reach.Oldest ? deeper : _reach;

    /// <summary>Whether it has gone back to that time, or as far as it ever will.</summary>
    public bool HasReached(DateTimeOffset? since) => _reach.Covers(since) || _reach.IsWhole;

    public async Task GoBackToAsync(DateTimeOffset? since, ReadTerms terms, CancellationToken cancellationToken)
    {
        while (!HasReached(since))
        {
            if (_earlierReach is { Newest: { } newest } before && _reach.Covers(newest - Overlap))
            {
                _reach = _reach.With(before, await UnfinishedAsync(before, terms, cancellationToken));
                _earlierReach = null;
            }
            else
            {
                _reach = _reach.With(await describe.PageAsync(Listings.Jobs, zone, _reach.NextOffset, terms, cancellationToken));
            }
        }
    }

    /// <summary>How the earlier walk's jobs that had not ended are now. Those that there are no more are left out.</summary>
    private async Task<IReadOnlyDictionary<string, Job>> UnfinishedAsync(
        Reach before, ReadTerms terms, CancellationToken cancellationToken)
    {
        var ids = before.Jobs.Where(job => !job.HasEnded && !_reach.Ids.Contains(job.Id)).Select(job => job.Id).ToList();
        return await describe.RowsAsync(Listings.Jobs, zone, ids, terms, cancellationToken);
    }

    public JobHistory Of(HistoryRequest request)
    {
        var seen = _reach;
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
        DateTimeOffset? Newest,
        DateTimeOffset Oldest,
        bool IsAtEnd)
    {
        public static Reach None { get; } = new([], [], 0, 0, null, DateTimeOffset.MaxValue, IsAtEnd: false);

        /// <summary>A job without a date reads as one of 1970, which proves nothing.</summary>
        public DateTimeOffset? OldestDated =>
            Oldest > DateTimeOffset.UnixEpoch && Oldest < DateTimeOffset.MaxValue ? Oldest : null;

        /// <summary>Whether it goes as far back as any walk does.</summary>
        public bool IsWhole => IsAtEnd || Pages >= MostPages;

        public bool Covers(DateTimeOffset? since) => IsAtEnd || Oldest < since;

        public Reach With(Page<Job> page)
        {
            var services = page.Rows.Where(j => j.Action == JobReader.CustomService && !Ids.Contains(j.Id)).ToList();
            var dated = page.Rows.Select(j => j.CreatedAt).Where(at => at > DateTimeOffset.UnixEpoch).ToList();
            return new Reach(
                Jobs.AddRange(services),
                Ids.Union(services.Select(j => j.Id)),
                Pages + 1,
                page.NextOffset,
                Newest ?? (dated.Count > 0 ? dated[0] : null),
                dated.Count > 0 ? dated[^1] : Oldest,
                page.IsLast);
        }

        /// <summary>
        /// Goes on where an earlier walk ended, or a page before: new jobs have moved its rows to later pages, and the few that were
        /// removed since to earlier ones.
        /// </summary>
        public Reach With(Reach before, IReadOnlyDictionary<string, Job> unfinished)
        {
            var jobs = before.Jobs
                .Where(job => !Ids.Contains(job.Id))
                .Select(job => job.HasEnded ? job : unfinished.GetValueOrDefault(job.Id))
                .OfType<Job>()
                .ToList();
            return new Reach(
                Jobs.AddRange(jobs),
                Ids.Union(jobs.Select(j => j.Id)),
                Math.Max(Pages, before.Pages),
                Math.Max(NextOffset, before.NextOffset - Listings.MaxRows),
                Newest,
                Oldest < before.Oldest ? Oldest : before.Oldest,
                IsAtEnd || before.IsAtEnd);
        }
    }
}
