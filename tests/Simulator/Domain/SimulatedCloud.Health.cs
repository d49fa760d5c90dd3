namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A node of a cluster; the first one is the primary.</summary>
/// <param name="PrivateIp">Its address in the cluster's network.</param>
public sealed record NodeView(string Id, string Role, string PrivateIp, bool IsPrimary, bool IsHealthy);

/// <summary>Nodes and MySQL parameters.</summary>
public sealed partial class SimulatedCloud
{
    /// <summary>The nodes of a cluster.</summary>
    public IReadOnlyList<NodeView> NodesOf(string clusterId) => Now(_ => _clusters.Get(clusterId).Nodes().ToList());

    /// <summary>The MySQL parameters that are in force on a cluster.</summary>
    public IReadOnlyDictionary<string, string> ParametersOf(string clusterId) =>
        Now(_ => new Dictionary<string, string>(_clusters.Get(clusterId).Parameters));

    /// <summary>Makes a node healthy or unhealthy.</summary>
    public void SetHealth(string nodeId, bool healthy) =>
        Now(_ =>
        {
            var cluster =
                _clusters.InOrder.FirstOrDefault(each => each.Nodes().Any(node => node.Id == nodeId))
                ?? throw Refuse.NotFound(nodeId);
            cluster.SetHealth(nodeId, healthy);
        });

    /// <summary>Sets a MySQL parameter, such as <c>Expire_logs_days</c>.</summary>
    public void SetParameter(string clusterId, string key, string value) =>
        Now(_ => _clusters.Get(clusterId).Parameters[key] = value);

    /// <summary>Whether a standby can read its source now; null: it is no standby.</summary>
    internal bool? ReadsItsSource(string clusterId) =>
        Now<bool?>(_ =>
            _clusters.Get(clusterId).Link is { } link ? _replication.Readable(link.Source) is not null : null
        );
}
