using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>DescribeClusters and DescribeClusterDisplayTabs: what a cluster is, and what is in its tabs.</summary>
internal sealed class ClusterActions(SimulatedCloud cloud)
{
    public const string MySqlPlusApp = "app-mysqlplus";

    public JsonObject Describe(Parameters parameters)
    {
        var ids = parameters.List("clusters");
        var status = parameters.List("status");
        var zone = parameters.Required("zone");
        parameters.Integer("verbose", otherwise: 0, max: 1);
        var found = cloud
            .Clusters.Where(cluster => cluster.Zone == zone && (ids.Count == 0 || ids.Contains(cluster.Id)))
            .Where(cluster => status.Count == 0 || status.Contains(cluster.Status.WireName()))
            .ToList();
        return Page.Of("cluster_set", found, parameters, Row);
    }

    public JsonObject DescribeTab(Parameters parameters)
    {
        var id = parameters.Required("cluster");
        var zone = parameters.Required("zone");
        var cluster =
            cloud.Cluster(id) is { } found && found.Zone == zone && found.Status != ClusterStatus.Ceased
                ? found
                : throw Refuse.NotFound(id);
        Refuse.Unless(
            parameters["role"] is not { } role || cluster.Spec.Roles.Contains(role),
            () => Refuse.BadValue($"cluster [{id}] has no role [{parameters["role"]}]")
        );
        return new JsonObject { ["display_tabs"] = DisplayTabs.Content(cluster, parameters.Required("display_tabs")) };
    }

    private static JsonObject Row(ClusterView cluster) =>
        new()
        {
            ["cluster_id"] = cluster.Id,
            ["name"] = cluster.Spec.Name,
            ["description"] = null,
            ["status"] = cluster.Status.WireName(),
            ["transition_status"] = cluster.TransitionStatus,
            ["app_id"] = cluster.Spec.MySqlPlus ? MySqlPlusApp : "app-foreign1",
            ["vxnet"] = new JsonObject { ["vxnet_id"] = "vxnet-simul01", ["vxnet_name"] = "" },
            ["create_time"] = Stamps.Write(cluster.CreatedAt),
            ["status_time"] = Stamps.Write(cluster.StatusAt),
            ["roles"] = new JsonArray([.. cluster.Spec.Roles]),
            ["display_tabs"] = DisplayTabs.Of(cluster),
        };
}
