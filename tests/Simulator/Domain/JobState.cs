namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What a job is for, before it has an id and a time.</summary>
internal sealed record JobDraft(ClusterState Cluster, JobRequest Request, JobEffect Effect)
{
    public string Transition { get; init; } = "updating";

    /// <summary>What the console does next when this job has succeeded.</summary>
    public Action<DateTimeOffset>? Then { get; init; }

    /// <summary>How plans and durations name it: its service, or its action where it has none.</summary>
    public string Key => Request["service"] ?? Request["action"]!;
}

/// <summary>What distinguishes one job from another; numbers grow with the order of creation.</summary>
internal sealed record JobKey(string Id, int Number, DateTimeOffset CreatedAt);

/// <summary>A job as it goes from pending to its end.</summary>
internal sealed class JobState(JobKey key, JobDraft draft, JobPlan plan, TimeSpan duration)
{
    private JobStatus _status = JobStatus.Pending;
    private DateTimeOffset _statusAt = key.CreatedAt;
    private string _errorCodes = "";

    public string Id => key.Id;
    public string Transition => draft.Transition;
    public bool UnderWay => _status is JobStatus.Pending or JobStatus.Working;

    // A short wait in the queue, so that every job is seen in each status by who looks often enough.
    private DateTimeOffset WorksAt => key.CreatedAt + (duration / 10);

    private DateTimeOffset EndsAt => key.CreatedAt + duration;

    /// <summary>When the job changes next; null: never.</summary>
    public DateTimeOffset? NextChange =>
        _status switch
        {
            JobStatus.Pending => WorksAt,
            JobStatus.Working when plan.Outcome != JobOutcome.Endless => EndsAt,
            _ => null,
        };

    public void Advance()
    {
        if (_status == JobStatus.Pending)
        {
            (_status, _statusAt) = (JobStatus.Working, WorksAt);
            draft.Effect.Begin?.Invoke(DeedAt(WorksAt));
        }
        else
        {
            Finish(EndsAt);
        }
    }

    public JobView View(DateTimeOffset now) =>
        new(
            Id,
            key.Number,
            draft.Cluster.Spec.Id,
            draft.Cluster.Spec.Zone,
            _status,
            key.CreatedAt,
            _statusAt,
            _errorCodes,
            draft.Request,
            plan.Echo,
            VisibleAt(now),
            key.CreatedAt + plan.HiddenFor
        );

    private Deed DeedAt(DateTimeOffset at) => new(at, draft.Request.Caller, Id);

    private bool VisibleAt(DateTimeOffset now)
    {
        var age = now - key.CreatedAt;
        return age >= plan.HiddenFor && (plan.VanishesAfter is not { } end || age < end);
    }

    private void Finish(DateTimeOffset at)
    {
        var obstacle = draft.Effect.Obstacle(at);
        (_status, _statusAt) = (EndStatus(obstacle), at);
        _errorCodes = plan.ErrorCodes.Length > 0 ? plan.ErrorCodes : obstacle ?? "";
        var takesEffect = obstacle is null && (plan.TakesEffect ?? _status == JobStatus.Successful);
        (takesEffect ? draft.Effect.Succeed : draft.Effect.Fail)?.Invoke(DeedAt(at));
        if (_status == JobStatus.Successful)
            draft.Then?.Invoke(at);
    }

    private JobStatus EndStatus(string? obstacle) =>
        plan.Outcome switch
        {
            JobOutcome.DoneWithFailure => JobStatus.DoneWithFailure,
            JobOutcome.Failed => JobStatus.Failed,
            _ => obstacle is null ? JobStatus.Successful : JobStatus.Failed,
        };
}
