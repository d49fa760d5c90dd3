namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A cluster as it changes. Only the cloud, under its lock, touches it.</summary>
internal sealed class ClusterState(ClusterSpec spec, DateTimeOffset createdAt, Action<ClusterEvent> record)
{
    private readonly DateTimeOffset _createdAt = createdAt;
    private DateTimeOffset _statusAt = createdAt;
    private int _dataGeneration = 1;
    private DateTimeOffset? _overwrittenAt;

    public ClusterSpec Spec { get; } = spec;

    public ClusterStatus Status { get; private set; } = spec.Status;

    public Link? Link { get; private set; }

    public Release Release { get; private set; }

    public JobState? Job { get; set; }

    public bool Lagging { get; private set; }

    private string TransitionStatus => Job is { UnderWay: true } job ? job.Transition : "";

    public void Overwrite(string jobId, DateTimeOffset at)
    {
        _dataGeneration++;
        _overwrittenAt = at;
        Record(ClusterEventKind.Overwritten, jobId, at);
    }

    public void BeginLink(SourceEndpoint source, SyncWay way, string jobId, DateTimeOffset at)
    {
        Link = new Link(Spec.Id, source, way, LinkState.Starting, CaughtUp: false, at, jobId);
        Record(ClusterEventKind.Linked, jobId, at);
    }

    public void CompleteLink()
    {
        Link = Link is null ? null : Link with { State = LinkState.Replicating, CaughtUp = !Lagging };
        Release = Release.None;
    }

    public void AbandonLink(string jobId, DateTimeOffset at)
    {
        Link = null;
        Record(ClusterEventKind.StartFailed, jobId, at);
    }

    public void ReleaseLink(Release how, string jobId, DateTimeOffset at)
    {
        Link = null;
        Record(how == Release.Promoted ? ClusterEventKind.Promoted : ClusterEventKind.Stopped, jobId, at);
        Release = how;
    }

    public void SetLagging(bool lagging)
    {
        Lagging = lagging;
        if (Link is { State: LinkState.Replicating })
        {
            Link = Link with { CaughtUp = !lagging };
        }
    }

    public void ChangeStatus(ClusterStatus status, string? jobId, DateTimeOffset at)
    {
        Status = status;
        _statusAt = at;
        Record(ClusterEventKind.StatusChanged, jobId, at);
    }

    public ClusterView View() => new(
        Spec, Status, TransitionStatus, _createdAt, _statusAt, Link, Release, _dataGeneration, _overwrittenAt);

    private void Record(ClusterEventKind kind, string? jobId, DateTimeOffset at) =>
        record(new ClusterEvent(at, Spec.Id, kind, jobId, Release));
}
