namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The clusters of all zones.</summary>
internal sealed class ClusterSet
{
    private readonly Dictionary<string, ClusterState> _byId = new(StringComparer.Ordinal);

    // The order in which they were made, so that pages of a list are the same each time.
    private readonly List<ClusterState> _inOrder = [];

    public IReadOnlyList<ClusterState> InOrder => _inOrder;

    public void Add(ClusterState cluster)
    {
        if (!_byId.TryAdd(cluster.Spec.Id, cluster))
        {
            throw Refuse.AlreadyExists(cluster.Spec.Id);
        }

        _inOrder.Add(cluster);
    }

    public void Remove(ClusterState cluster)
    {
        _byId.Remove(cluster.Spec.Id);
        _inOrder.Remove(cluster);
    }

    public ClusterState? Find(string id) => _byId.GetValueOrDefault(id);

    public ClusterState Get(string id) => Find(id) ?? throw Refuse.NotFound(id);

    /// <summary>A cluster is found only through its own zone, as every zone has an API of its own.</summary>
    public ClusterState Get(string id, string zone) =>
        Find(id) is { } cluster && cluster.Spec.Zone == zone ? cluster : throw Refuse.NotFound(id);
}
