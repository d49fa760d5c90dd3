namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A cluster as it changes. Only the cloud, under its lock, touches it.</summary>
internal sealed class ClusterState(ClusterSpec spec, DateTimeOffset createdAt, Action<ClusterEvent> record)
{
    private readonly DateTimeOffset _createdAt = createdAt;
    private DateTimeOffset _statusAt = createdAt;
    private Release _release;
    private bool _lagging;

    public ClusterSpec Spec { get; } = spec;
    public ClusterStatus Status { get; private set; } = spec.Status;
    public Link? Link { get; private set; }
    public JobState? Job { get; set; }

    public void BeginLink(SourceEndpoint source, SyncWay way, string jobId, DateTimeOffset at)
    {
        if (way == SyncWay.Full)
            Record(ClusterEventKind.Overwritten, jobId, at);

        Link = new Link(Spec.Id, source, way, LinkState.Starting, CaughtUp: false, at, jobId);
        Record(ClusterEventKind.Linked, jobId, at);
    }

    public void CompleteLink()
    {
        Link = Link is null ? null : Link with { State = LinkState.Replicating, CaughtUp = !_lagging };
        _release = Release.None;
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
        _release = how;
    }

    public void SetLagging(bool lagging)
    {
        _lagging = lagging;
        if (Link is { State: LinkState.Replicating })
            Link = Link with { CaughtUp = !lagging };
    }

    public void ChangeStatus(ClusterStatus status, string? jobId, DateTimeOffset at)
    {
        (Status, _statusAt) = (status, at);
        Record(ClusterEventKind.StatusChanged, jobId, at);
    }

    public ClusterView View()
    {
        var transition = Job is { UnderWay: true } ? Job.Transition : "";
        return new ClusterView(Spec, Status, transition, _createdAt, _statusAt, Link, _release);
    }

    private void Record(ClusterEventKind kind, string? jobId, DateTimeOffset at) =>
        record(new ClusterEvent(at, Spec.Id, kind, jobId, _release));
}
