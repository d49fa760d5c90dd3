namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A cluster as it changes. Only the cloud, under its lock, touches it.</summary>
internal sealed class ClusterState
{
    private const int NodesOfCluster = 3;
    private readonly Action<WorldEvent> _record;
    private readonly DateTimeOffset _createdAt;
    private readonly HashSet<string> _unhealthyNodes = new(StringComparer.Ordinal);
    private DateTimeOffset _statusAt;
    private Release _release;
    private (DateTimeOffset Since, DateTimeOffset Until)? _heldBack;

    public ClusterState(ClusterSpec spec, Deed added, Action<WorldEvent> record)
    {
        Spec = spec;
        Status = spec.Status;
        _record = record;
        _createdAt = _statusAt = added.At;
        Record(WorldEventKind.ClusterAdded, added);
    }

    public ClusterSpec Spec { get; }
    public ClusterStatus Status { get; private set; }
    public Link? Link { get; private set; }
    public bool IsReadOnly { get; private set; }
    public ClusterData Data { get; } = new();
    public JobState? Job { get; set; }
    public bool Writable => Status == ClusterStatus.Active && Link is null && !IsReadOnly;

    /// <summary>The MySQL parameters in force.</summary>
    public Dictionary<string, string> Parameters { get; } = new(MySqlParameters.Required, StringComparer.Ordinal);

    /// <summary>The nodes; the basic edition has but one.</summary>
    public IEnumerable<NodeView> Nodes() =>
        Enumerable
            .Range(1, Spec.Edition == Edition.Basic ? 1 : NodesOfCluster)
            .Select(number => (Number: number, Id: $"cln-{Spec.Id.Split('-')[^1]}{number}"))
            .Select(node => new NodeView(
                node.Id,
                Spec.Roles[0],
                $"192.168.0.{node.Number}",
                IsPrimary: node.Number == 1,
                IsHealthy: !_unhealthyNodes.Contains(node.Id)
            ));

    public void SetHealth(string nodeId, bool healthy)
    {
        if (healthy)
            _unhealthyNodes.Remove(nodeId);
        else
            _unhealthyNodes.Add(nodeId);
    }

    public void RecordSubmitted(string operation, Deed by) =>
        Record(new WorldEvent(by.At, Spec.Id, WorldEventKind.Submitted, by.Caller, by.JobId) { Operation = operation });

    /// <param name="source">The source as the start names it.</param>
    /// <param name="readable">The source's cluster; null: it cannot be read.</param>
    /// <param name="way">What becomes of the data.</param>
    /// <param name="by">The start.</param>
    public void BeginLink(SourceEndpoint source, ClusterState? readable, SyncWay way, Deed by)
    {
        if (way == SyncWay.Full)
        {
            Data.Replace(readable?.Data, by.At);
            Record(WorldEventKind.Overwritten, by);
        }

        Link = new Link(Spec.Id, source, way, LinkState.Starting, CaughtUp: false, by.At, by.JobId!);
        Record(
            new WorldEvent(by.At, Spec.Id, WorldEventKind.Linked, by.Caller, by.JobId)
            {
                Source = source,
                SyncWay = way,
            }
        );
    }

    public void CompleteLink(Deed by)
    {
        if (Link is null)
            return;

        Link = Link with { State = LinkState.Replicating };
        _release = Release.None;
        Record(WorldEventKind.Replicating, by);
    }

    /// <summary>Ends the link, if there is one.</summary>
    public void EndLink(LinkEnd cause, Deed by)
    {
        if (Link is null)
            return;

        Link = null;
        Record(new WorldEvent(by.At, Spec.Id, WorldEventKind.LinkEnded, by.Caller, by.JobId) { Cause = cause });
        _release = ReleaseBy(cause, _release);
    }

    public void SetCaughtUp(bool caughtUp)
    {
        if (Link is not null && Link.CaughtUp != caughtUp)
            Link = Link with { CaughtUp = caughtUp };
    }

    /// <summary>Holds the cluster behind its sources for a time; null: lets it catch up.</summary>
    public void HoldBack(DateTimeOffset since, DateTimeOffset? until) =>
        _heldBack = until is { } end ? (_heldBack?.Since ?? since, end) : null;

    /// <summary>Since when the cluster has been held back; null: it is not.</summary>
    public DateTimeOffset? HeldBackSince(DateTimeOffset at) => at < _heldBack?.Until ? _heldBack?.Since : null;

    public void SetReadOnly(bool readOnly, Deed by)
    {
        if (IsReadOnly == readOnly)
            return;

        IsReadOnly = readOnly;
        Record(readOnly ? WorldEventKind.ReadOnlyOn : WorldEventKind.ReadOnlyOff, by);
    }

    /// <param name="status">The new status.</param>
    /// <param name="kind">What that is in the true history; null: nothing of interest.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="moves">Whether the API's <c>status_time</c> moves.</param>
    public void ChangeStatus(ClusterStatus status, WorldEventKind? kind, Deed by, bool moves)
    {
        Status = status;
        if (moves)
            _statusAt = by.At;

        if (kind is { } happened)
            Record(happened, by);
    }

    /// <summary>Acknowledges a write.</summary>
    public void Write(int number, Deed by)
    {
        Data.Add(number, by.At);
        Record(new WorldEvent(by.At, Spec.Id, WorldEventKind.Write, by.Caller) { WriteNumber = number });
    }

    public void Record(WorldEventKind kind, Deed by) =>
        Record(new WorldEvent(by.At, Spec.Id, kind, by.Caller, by.JobId));

    public ClusterView View()
    {
        var transition = Job is { UnderWay: true } ? Job.Transition : "";
        return new ClusterView(Spec, Status, transition, _createdAt, _statusAt, Link, _release, IsReadOnly);
    }

    private static Release ReleaseBy(LinkEnd cause, Release before) =>
        cause switch
        {
            LinkEnd.StartFailed => before,
            LinkEnd.PromoteStandby => Release.Promoted,
            _ => Release.Stopped,
        };

    private void Record(WorldEvent happened) => _record(happened);
}
