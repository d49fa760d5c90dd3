using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>What a call can see of the cloud: its key and its zone limit that.</summary>
internal sealed class Sight(SimulatedCloud cloud, AccessKeys keys)
{
    public IEnumerable<ClusterView> Clusters(Call call) =>
        IsForeign(call) ? [] : cloud.Clusters.Where(cluster => IsIn(cluster.Zone, call));

    /// <summary>A cluster that exists; others are refused with 2100.</summary>
    public ClusterView Cluster(Call call, string id) =>
        Clusters(call).FirstOrDefault(cluster => cluster.Id == id && cluster.Status != ClusterStatus.Ceased)
        ?? throw Refuse.NotFound(id);

    /// <summary>All jobs of the call's zone, newest first; those that no list shows yet are left out.</summary>
    public IEnumerable<JobView> Jobs(Call call) =>
        IsForeign(call) ? [] : cloud.Jobs.Where(job => job.Visible && IsIn(job.Zone, call));

    private bool IsForeign(Call call) => keys.IsForeign(call.Parameters.Required("access_key_id"));

    private bool IsIn(string zone, Call call) => zone == call.Parameters["zone"] || !cloud.Knobs.ZoneStrict;
}
