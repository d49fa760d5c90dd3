using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Shows clusters and their tabs, and stops and starts clusters.</summary>
internal sealed class ClusterActions(SimulatedCloud cloud)
{
    public const string MySqlPlusApp = "app-mysqlplus";

    public JsonObject Describe(Call call)
    {
        var parameters = call.Parameters;
        var ids = parameters.List("clusters");
        var status = parameters.List("status");
        var zone = parameters.Required("zone");
        parameters.Integer("verbose", otherwise: 0, max: 1);
        var found = cloud
            .Clusters.Where(cluster => IsOf(cluster, zone) && (ids.Count == 0 || ids.Contains(cluster.Id)))
            .Where(cluster => status.Count == 0 || status.Contains(cluster.Status.WireName()))
            .ToList();
        return Page.Of("cluster_set", found, parameters, Row);
    }

    public JsonObject DescribeTab(Call call)
    {
        var parameters = call.Parameters;
        var id = parameters.Required("cluster");
        var zone = parameters.Required("zone");
        var cluster =
            cloud.Cluster(id) is { } found && IsOf(found, zone) && found.Status != ClusterStatus.Ceased
                ? found
                : throw Refuse.NotFound(id);
        Refuse.Unless(
            parameters["role"] is not { } role || cluster.Spec.Roles.Contains(role),
            () => Refuse.BadValue($"cluster [{id}] has no role [{parameters["role"]}]")
        );
        return new JsonObject { ["display_tabs"] = DisplayTabs.Content(cluster, parameters.Required("display_tabs")) };
    }

    /// <summary>Stops or starts <c>clusters.n</c>, with a job for each.</summary>
    public JsonObject Change(LifeOperation operation, Call call)
    {
        var ids = call.Parameters.List("clusters");
        Refuse.Unless(ids.Count > 0, () => Refuse.Malformed("parameter [clusters] is missing"));
        var jobs = cloud.ChangeClusters(
            operation,
            ids,
            new JobRequest(Channel.Api, call.Parameters.Pairs, call.Caller)
        );
        return new JsonObject
        {
            ["job_ids"] = new JsonObject(
                jobs.Select(job => KeyValuePair.Create<string, JsonNode?>(job.ClusterId, job.Id))
            ),
        };
    }

    private bool IsOf(ClusterView cluster, string zone) => cluster.Zone == zone || !cloud.Knobs.ZoneStrict;

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
