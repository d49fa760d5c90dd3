namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>All jobs, and their progress. Nothing runs between looks: a look catches up with the clock.</summary>
internal sealed class JobLedger(SeededIds ids, Replication replication)
{
    private readonly OrderedDictionary<string, JobState> _newestLast = new(StringComparer.Ordinal);
    private readonly List<JobState> _underWay = [];

    public JobPlans Plans { get; } = new();

    public JobState Submit(JobDraft draft, DateTimeOffset at)
    {
        var plan = Plans.Take(draft.Key);
        var key = new JobKey(ids.Next("j-", 11), _newestLast.Count + 1, at);
        var job = new JobState(key, draft, plan, Plans.DurationOf(plan, draft.Key));
        draft.Cluster.Job = job;
        draft.Cluster.RecordSubmitted(draft.Key, new Deed(at, draft.Request.Caller, job.Id));
        _newestLast.Add(job.Id, job);
        _underWay.Add(job);
        return job;
    }

    /// <summary>Lets every change that is due happen, in the order in which the changes fall.</summary>
    public void Settle(DateTimeOffset now)
    {
        while (NextDue(now) is { NextChange: { } due } job)
        {
            replication.Flow(due);
            job.Advance();
            if (!job.UnderWay)
                _underWay.Remove(job);
        }

        replication.Flow(now);
    }

    public JobState? Find(string id) => _newestLast.GetValueOrDefault(id);

    public IEnumerable<JobState> NewestFirst() => Enumerable.Reverse(_newestLast.Values);

    private JobState? NextDue(DateTimeOffset now) =>
        _underWay.Count == 0 ? null : _underWay.Where(job => job.NextChange <= now).MinBy(job => job.NextChange);
}
