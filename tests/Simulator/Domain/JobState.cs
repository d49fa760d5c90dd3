namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What a job is for, before it has an id and a time.</summary>
internal sealed record JobDraft(string Action, string? Service, ClusterState Cluster, string Directive, IJobEffect Effect)
{
    public string Transition { get; init; } = "updating";

    /// <summary>What the console does next when this job has succeeded.</summary>
    public Action<DateTimeOffset>? Then { get; init; }

    public string Key => Service ?? Action;
}

/// <summary>What tells one job from another; numbers grow with the order of creation.</summary>
internal sealed record JobKey(string Id, int Number, DateTimeOffset CreatedAt);

/// <summary>A job as it goes from pending to its end.</summary>
internal sealed class JobState(JobKey key, JobDraft draft, JobPlan plan, TimeSpan duration)
{
    private JobStatus _status = JobStatus.Pending;
    private DateTimeOffset _statusAt = key.CreatedAt;
    private string _errorCodes = "";

    public string Id => key.Id;

    public ClusterState Cluster => draft.Cluster;

    public string Transition => draft.Transition;

    public bool UnderWay => _status is JobStatus.Pending or JobStatus.Working;

    // A short wait in the queue, so that every job is seen in each status by who looks often enough.
    private DateTimeOffset WorksAt => key.CreatedAt + (duration / 10);

    private DateTimeOffset EndsAt => key.CreatedAt + duration;

    /// <summary>When the job changes next; null: never.</summary>
    public DateTimeOffset? NextChange => _status switch
    {
        JobStatus.Pending => WorksAt,
        JobStatus.Working when plan.Outcome != JobOutcome.Endless => EndsAt,
        _ => null,
    };

    public void Advance()
    {
        if (_status == JobStatus.Pending)
        {
            Enter(JobStatus.Working, WorksAt);
            draft.Effect.Begin(Id, WorksAt);
        }
        else
        {
            Finish(EndsAt);
        }
    }

    public JobView View(DateTimeOffset now) => new(
        Id,
        key.Number,
        draft.Action,
        draft.Service,
        draft.Cluster.Spec.Id,
        draft.Cluster.Spec.Zone,
        _status,
        key.CreatedAt,
        _statusAt,
        _errorCodes,
        draft.Directive,
        VisibleAt(now));

    private bool VisibleAt(DateTimeOffset now)
    {
        var age = now - key.CreatedAt;
        return age >= plan.HiddenFor && (plan.VanishesAfter is not { } end || age < end);
    }

    private void Finish(DateTimeOffset at)
    {
        var obstacle = draft.Effect.Obstacle();
        Enter(EndStatus(obstacle), at);
        _errorCodes = plan.ErrorCodes.Length > 0 ? plan.ErrorCodes : obstacle ?? "";
        if (obstacle is null && (plan.TakesEffect ?? _status == JobStatus.Successful))
        {
            draft.Effect.Succeed(Id, at);
        }
        else
        {
            draft.Effect.Fail(Id, at);
        }

        if (_status == JobStatus.Successful)
        {
            draft.Then?.Invoke(at);
        }
    }

    private JobStatus EndStatus(string? obstacle) => plan.Outcome switch
    {
        JobOutcome.DoneWithFailure => JobStatus.DoneWithFailure,
        JobOutcome.Failed => JobStatus.Failed,
        _ => obstacle is null ? JobStatus.Successful : JobStatus.Failed,
    };

    private void Enter(JobStatus status, DateTimeOffset at)
    {
        _status = status;
        _statusAt = at;
    }
}
