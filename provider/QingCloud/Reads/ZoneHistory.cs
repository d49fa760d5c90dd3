using QingCloudMySqlStandby.QingCloud.Calls;

namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>
/// Reads one zone's job history. One walk serves everyone who asks at about the same time; whoever then needs to see further
/// back has it go on from where it stopped, and the next one goes no further than to where the last one began.
/// </summary>
internal sealed class ZoneHistory
{
    private readonly Describe _describe;
    private readonly ZoneChanges _changes;
    private readonly string _zone;
    private readonly TimeProvider _time;
    private readonly Gathering<HistoryRequest, JobHistory> _gathering;
    private volatile HistoryWalk? _known;

    public ZoneHistory(Describe describe, ZoneChanges changes, string zone, TimeSpan patience, TimeProvider time)
    {
        (_describe, _changes, _zone, _time) = (describe, changes, zone, time);
        _gathering = new(AnswerAsync, patience, time);
    }

    public async Task<JobHistory> ReadAsync(HistoryRequest request, CancellationToken cancellationToken) =>
        request.Freshness == Freshness.Recent && Usable() is { } walk && walk.HasReached(request.Since)
            ? walk.Of(request)
            : await _gathering.AskAsync(request, cancellationToken);

    private async Task<Func<HistoryRequest, JobHistory>> AnswerAsync(
        IReadOnlyList<HistoryRequest> requests, ReadTerms terms, CancellationToken cancellationToken)
    {
        var walk = (requests.All(r => r.Freshness == Freshness.Recent) ? Usable() : null)
            ?? new HistoryWalk(_describe, _zone, _time.GetTimestamp(), _known);
        var since = requests.Any(r => r.Since is null) ? null : requests.Min(r => r.Since);
        await walk.GoBackToAsync(since, terms, cancellationToken);
        _known = walk;
        return walk.Of;
    }

    private HistoryWalk? Usable() => _known is { } usable && _changes.IsRecent(_zone, usable.BegunAt) ? usable : null;
}
