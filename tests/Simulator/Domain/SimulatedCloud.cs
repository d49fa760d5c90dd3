namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>QingCloud as far as standby replication goes: zones, clusters, links and jobs. It knows nothing of HTTP.
/// Every look first catches up with <see cref="Time"/>: nothing happens in the background, and the same steps give the
/// same cloud.</summary>
public sealed partial class SimulatedCloud
{
    private readonly Lock _gate = new();
    private readonly ClusterSet _clusters = new();
    private readonly HashSet<string> _zones = ["pek3", "pek3a", "pek3b", "sh1", "sh1a", "gd2", "ap2a"];
    private readonly List<WorldEvent> _world = [];
    private readonly Replication _replication;
    private readonly JobEffects _effects;
    private readonly JobLedger _jobs;
    private Knobs _knobs = new();

    /// <summary>A cloud without clusters; the seed is that of its ids.</summary>
    public SimulatedCloud(TimeProvider time, int seed = 1)
    {
        Time = time;
        _replication = new Replication(_clusters, () => _knobs);
        _effects = new JobEffects(_clusters, _replication, () => _knobs);
        _jobs = new JobLedger(new SeededIds(seed), _replication);
    }

    /// <summary>What the cloud's time is.</summary>
    public TimeProvider Time { get; }

    /// <summary>How this QingCloud behaves where the real one is not known.</summary>
    public Knobs Knobs
    {
        get => Now(_ => _knobs);
        set => Now(_ => _knobs = value);
    }

    /// <summary>How long a job takes for which nothing else was said.</summary>
    public TimeSpan UsualDuration
    {
        get => Now(_ => _jobs.Plans.UsualDuration);
        set => Now(_ => _jobs.Plans.UsualDuration = value);
    }

    /// <summary>All clusters, in the order in which they were added.</summary>
    public IReadOnlyList<ClusterView> Clusters => Now(_ => _clusters.InOrder.Select(each => each.View()).ToList());

    /// <summary>All jobs, newest first, those hidden from the API too.</summary>
    public IReadOnlyList<JobView> Jobs => Now(at => _jobs.NewestFirst().Select(job => job.View(at)).ToList());

    /// <summary>What happened to the links and statuses of clusters, oldest first; part of <see cref="World"/>.</summary>
    public IReadOnlyList<ClusterEvent> History => Now(_ => ClusterEvent.Of(_world).ToList());

    /// <summary>The clusters that accept writes.</summary>
    public IReadOnlyList<string> Writable =>
        Clusters.Where(cluster => cluster.Writable).Select(cluster => cluster.Id).ToList();

    /// <summary>Adds a cluster, and its zone if that is a new one.</summary>
    public ClusterView AddCluster(ClusterSpec spec) =>
        Now(at =>
        {
            Refuse.Unless(_clusters.Find(spec.Id) is null, () => Refuse.AlreadyExists(spec.Id));
            var cluster = new ClusterState(spec, new Deed(at, Actor.Console.Caller), _world.Add);
            _zones.Add(spec.Zone);
            _clusters.Add(cluster);
            if (spec.HasCreationJob)
            {
                _jobs.Plans.SetDuration("CreateCluster", TimeSpan.Zero);
                var request = RequestOf(Actor.Console, "CreateCluster", cluster);
                _jobs.Submit(new JobDraft(cluster, request, new JobEffect()), at);
                _jobs.Settle(at);
            }

            return cluster.View();
        });

    /// <summary>Adds a zone without clusters.</summary>
    public void AddZone(string zone) => Now(_ => _zones.Add(zone));

    /// <summary>Whether there is such a zone.</summary>
    public bool HasZone(string zone) => Now(_ => _zones.Contains(zone));

    /// <summary>Sets how long the jobs of a service (or of a job action, such as <c>DeleteClusters</c>) take.</summary>
    public void SetDuration(string service, TimeSpan duration) => Now(_ => _jobs.Plans.SetDuration(service, duration));

    /// <summary>Says how jobs to come will go; the oldest plan that fits a job is the one.</summary>
    public void PlanJobs(JobPlan plan) => Now(_ => _jobs.Plans.Add(plan));

    /// <summary>Removes all plans.</summary>
    public void ClearJobPlans() => Now(_ => _jobs.Plans.Clear());

    /// <summary>A cluster as it is now; null: there is none of that id.</summary>
    public ClusterView? Cluster(string id) => Now(_ => _clusters.Find(id)?.View());

    /// <summary>A job as it is now; null: there is none of that id.</summary>
    public JobView? Job(string id) => Now(at => _jobs.Find(id)?.View(at));

    /// <summary>What a call of RunClusterCustomService asks for.</summary>
    internal JobView RunService(StandbyService service, JobRequest request) =>
        Submitted(at =>
        {
            var cluster = _clusters.Get(request["cluster"]!, request["zone"]!, _knobs.ZoneStrict);
            Refuse.Unless(
                cluster.Spec.Roles.Contains(request["role"]!),
                () => Refuse.BadValue($"cluster [{cluster.Spec.Id}] has no role [{request["role"]}]")
            );
            return Submit(cluster, service, request, at);
        });

    /// <summary>What a call of StopClusters or StartClusters asks for: all of the clusters, or none.</summary>
    internal IReadOnlyList<JobView> ChangeClusters(
        LifeOperation operation,
        IReadOnlyList<string> ids,
        JobRequest request
    ) =>
        Now(at =>
        {
            var clusters = ids.Select(id => _clusters.Get(id, request["zone"]!, _knobs.ZoneStrict)).ToList();
            clusters.ForEach(operation.Check);
            var jobs = clusters.ConvertAll(cluster => Submit(cluster, operation, request, at));
            _jobs.Settle(at);
            return jobs.ConvertAll(job => job.View(at));
        });

    private JobState Submit(
        ClusterState cluster,
        StandbyService service,
        JobRequest request,
        DateTimeOffset at,
        Action<DateTimeOffset>? then = null
    )
    {
        StandbyRules.Check(cluster, service, _knobs);
        return _jobs.Submit(new JobDraft(cluster, request, _effects.Of(cluster, service)) { Then = then }, at);
    }

    private JobState Submit(ClusterState cluster, LifeOperation operation, JobRequest request, DateTimeOffset at) =>
        _jobs.Submit(
            new JobDraft(cluster, request, _effects.Of(cluster, operation)) { Transition = operation.Transition },
            at
        );

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

    private void Now(Action<DateTimeOffset> act) =>
        Now(at =>
        {
            act(at);
            return true;
        });

    private JobView Submitted(Func<DateTimeOffset, JobState> submit) =>
        Now(at =>
        {
            var job = submit(at);
            _jobs.Settle(at);
            return job.View(at);
        });
}
