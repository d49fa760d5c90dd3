namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What tests have said about jobs to come.</summary>
internal sealed class JobPlans
{
    private static readonly JobPlan Usual = new();
    private readonly List<JobPlan> _plans = [];
    private readonly Dictionary<string, TimeSpan> _durations = new(StringComparer.Ordinal);

    public TimeSpan UsualDuration { get; set; } = TimeSpan.FromSeconds(2);

    public void Add(JobPlan plan) => _plans.Add(plan);

    public void Clear() => _plans.Clear();

    public void SetDuration(string service, TimeSpan duration) => _durations[service] = duration;

    /// <summary>The plan for the next job of a service: the oldest that fits and is not used up.</summary>
    public JobPlan Take(string service)
    {
        var index = _plans.FindIndex(plan => (plan.Service ?? service) == service && (plan.Times is null or > 0));
        if (index < 0)
            return Usual;

        var plan = _plans[index];
        _plans[index] = plan with { Times = plan.Times - 1 };
        return plan;
    }

    public TimeSpan DurationOf(JobPlan plan, string service) =>
        plan.Duration ?? _durations.GetValueOrDefault(service, UsualDuration);
}
