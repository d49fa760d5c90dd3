namespace QingCloudMySqlStandby.QingCloud;

/// <summary>
/// Reads one zone's job history. One walk serves everyone who asks at about the same time; whoever then needs to see further
/// back has it go on from where it stopped, and the next one goes no further than to where the last one began.
/// </summary>
internal sealed class ZoneHistory
{
    private readonly Describe describe;
    private readonly ZoneChanges changes;
    private readonly string zone;
    private readonly TimeProvider time;
    private readonly Gathering<HistoryRequest, JobHistory> gathering;
    private volatile HistoryWalk? known;

    public ZoneHistory(Describe describe, ZoneChanges changes, string zone, TimeSpan patience, TimeProvider time)
    {
        (this.describe, this.changes, this.zone, this.time) = (describe, changes, zone, time);
        gathering = new(AnswerAsync, patience, time);
    }

    public async Task<JobHistory> ReadAsync(HistoryRequest request, CancellationToken cancellationToken) =>
        request.Freshness == Freshness.Recent && Usable() is { } walk && walk.HasReached(request.Since)
            ? walk.Of(request)
            : await gathering.AskAsync(request, cancellationToken);

    private async Task<Func<HistoryRequest, JobHistory>> AnswerAsync(
        IReadOnlyList<HistoryRequest> requests, ReadTerms terms, CancellationToken cancellationToken)
    {
        var walk = (requests.All(r => r.Freshness == Freshness.Recent) ? Usable() : null)
            ?? new HistoryWalk(describe, zone, time.GetTimestamp(), known);
        var since = requests.Any(r => r.Since is null) ? null : requests.Min(r => r.Since);
        await walk.GoBackToAsync(since, terms, cancellationToken);
        known = walk;
        return walk.Of;
    }

    private HistoryWalk? Usable() => known is { } usable && changes.IsRecent(zone, usable.BegunAt) ? usable : null;
}
