namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What tests have said about jobs to come.</summary>
internal sealed class JobPlans
{
    private static readonly JobPlan Usual = new() { Times = null };
    private readonly List<(JobPlan Plan, int Used)> _plans = [];
    private readonly Dictionary<string, TimeSpan> _durations = new(StringComparer.Ordinal);

    public TimeSpan UsualDuration { get; set; } = TimeSpan.FromSeconds(2);

    public void Add(JobPlan plan) => _plans.Add((plan, 0));

    public void Clear() => _plans.Clear();

    public void SetDuration(string service, TimeSpan duration) => _durations[service] = duration;

    /// <summary>The plan for the next job of a service: the oldest that fits and is not used up.</summary>
    public JobPlan Take(string service)
    {
        var index = _plans.FindIndex(entry => Fits(entry.Plan, entry.Used, service));
        if (index < 0)
        {
            return Usual;
        }

        var (plan, used) = _plans[index];
        _plans[index] = (plan, used + 1);
        return plan;
    }

    public TimeSpan DurationOf(JobPlan plan, string service) =>
        plan.Duration ?? _durations.GetValueOrDefault(service, UsualDuration);

    private static bool Fits(JobPlan plan, int used, string service) =>
        (plan.Service is null || plan.Service == service) && (plan.Times is not { } times || used < times);
}
