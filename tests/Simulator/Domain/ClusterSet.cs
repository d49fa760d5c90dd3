namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The clusters of all zones, in the order in which they were made: pages are the same each time.</summary>
internal sealed class ClusterSet
{
    private readonly OrderedDictionary<string, ClusterState> _byId = new(StringComparer.Ordinal);

    public IReadOnlyList<ClusterState> InOrder => _byId.Values;

    public void Add(ClusterState cluster) =>
        Refuse.Unless(_byId.TryAdd(cluster.Spec.Id, cluster), () => Refuse.AlreadyExists(cluster.Spec.Id));

    public void Remove(string id) => Refuse.Unless(_byId.Remove(id), () => Refuse.NotFound(id));

    public ClusterState? Find(string id) => _byId.GetValueOrDefault(id);

    public ClusterState Get(string id) => Find(id) ?? throw Refuse.NotFound(id);

    /// <summary>A cluster as the API of a zone knows it.</summary>
    public ClusterState Get(string id, string zone, bool zoneStrict) =>
        Find(id) is { } cluster && (!zoneStrict || cluster.Spec.Zone == zone) ? cluster : throw Refuse.NotFound(id);
}
