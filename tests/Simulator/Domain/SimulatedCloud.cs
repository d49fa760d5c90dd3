namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>
/// QingCloud as far as standby replication goes: zones, clusters, links and jobs. It knows nothing of HTTP. Every look first
/// catches up with <see cref="Time"/>, so nothing happens in the background and the same steps give the same cloud.
/// </summary>
public sealed partial class SimulatedCloud
{
    private readonly Lock _gate = new();
    private readonly ClusterSet _clusters = new();
    private readonly HashSet<string> _zones = new(["pek3", "pek3a", "pek3b", "sh1", "sh1a", "gd2", "ap2a"], StringComparer.Ordinal);
    private readonly List<ClusterEvent> _history = [];
    private readonly JobLedger _jobs;
    private readonly StandbyServices _services;

    public SimulatedCloud(TimeProvider time, int seed = 1)
    {
        Time = time;
        _jobs = new JobLedger(new SeededIds(seed));
        _services = new StandbyServices(_clusters, _jobs);
    }

    public TimeProvider Time { get; }

    /// <summary>How long a job takes for which nothing else was said.</summary>
    public TimeSpan UsualDuration
    {
        get => Now(_ => _jobs.Plans.UsualDuration);
        set => Now(_ => _jobs.Plans.UsualDuration = value);
    }

    public IReadOnlyList<ClusterView> Clusters => Now(_ => _clusters.InOrder.Select(cluster => cluster.View()).ToList());

    /// <summary>All jobs, newest first, those hidden from the API too.</summary>
    public IReadOnlyList<JobView> Jobs => Now(at => _jobs.NewestFirst().Select(job => job.View(at)).ToList());

    /// <summary>Everything that befell the clusters, oldest first.</summary>
    public IReadOnlyList<ClusterEvent> History => Now(_ => _history.ToList());

    /// <summary>The clusters that accept writes.</summary>
    public IReadOnlyList<string> Writable =>
        Clusters.Where(cluster => cluster.Writable).Select(cluster => cluster.Id).ToList();

    public ClusterView AddCluster(ClusterSpec spec) => Now(at =>
    {
        var cluster = new ClusterState(spec, at, _history.Add);
        _zones.Add(spec.Zone);
        _clusters.Add(cluster);
        return cluster.View();
    });

    public void AddZone(string zone) => Now(_ => _zones.Add(zone));

    public bool HasZone(string zone) => Now(_ => _zones.Contains(zone));

    /// <summary>Sets how long the jobs of a service (or of a job action, such as <c>DeleteClusters</c>) take.</summary>
    public void SetDuration(string service, TimeSpan duration) =>
        Now(_ => _jobs.Plans.SetDuration(service, duration));

    public void PlanJobs(JobPlan plan) => Now(_ => _jobs.Plans.Add(plan));

    public void ClearJobPlans() => Now(_ => _jobs.Plans.Clear());

    public ClusterView? Cluster(string id) => Now(_ => _clusters.Find(id)?.View());

    public Link? LinkOf(string clusterId) => Now(_ => _clusters.Get(clusterId).Link);

    public JobView? Job(string id) => Now(at => _jobs.Find(id)?.View(at));

    /// <summary>Whether a full copy has ever replaced the data of a cluster that was promoted or stopped before.</summary>
    public bool WasOverwrittenAfter(Release release, string clusterId) => Now(_ => _history.Exists(
        past => past.ClusterId == clusterId && past.Kind == ClusterEventKind.Overwritten && past.Before == release));

    /// <summary>Catches up with the clock, then acts; both under the lock.</summary>
    private T Now<T>(Func<DateTimeOffset, T> act)
    {
        lock (_gate)
        {
            var at = Time.GetUtcNow();
            _jobs.Settle(at);
            return act(at);
        }
    }

    private void Now(Action<DateTimeOffset> act) => Now(at =>
    {
        act(at);
        return true;
    });

    private JobView Submitted(Func<DateTimeOffset, JobState> submit) => Now(at =>
    {
        var job = submit(at);
        _jobs.Settle(at);
        return job.View(at);
    });
}
