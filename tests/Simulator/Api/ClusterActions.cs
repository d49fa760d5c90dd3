using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>Shows clusters and their tabs, and stops and starts clusters.</summary>
internal sealed class ClusterActions(SimulatedCloud cloud, Sight sight)
{
    public const string MySqlPlusApp = "app-mysqlplus";
    private readonly DisplayTabs _tabs = new(cloud);

    public static string AppOf(ClusterView cluster) => cluster.Spec.MySqlPlus ? MySqlPlusApp : "app-foreign1";

    public JsonObject Describe(Call call)
    {
        var parameters = call.Parameters;
        var ids = parameters.List("clusters");
        var status = parameters.List("status");
        parameters.Integer("verbose", otherwise: 0, max: 1);
        var found = sight
            .Clusters(call)
            .Where(cluster => ids.Count == 0 || ids.Contains(cluster.Id))
            .Where(cluster => status.Count == 0 || status.Contains(StatusOf(cluster)))
            .ToList();
        return Page.Of("cluster_set", found, parameters, cluster => Row(cluster, parameters["zone"]!));
    }

    public JsonObject DescribeTab(Call call)
    {
        var parameters = call.Parameters;
        var id = parameters.Required("cluster");
        var cluster = sight.Cluster(call, id);
        Refuse.Unless(
            parameters["role"] is not { } role || cluster.Spec.Roles.Contains(role),
            () => Refuse.BadValue($"cluster [{id}] has no role [{parameters["role"]}]")
        );
        return new JsonObject { ["display_tabs"] = _tabs.Content(cluster, parameters.Required("display_tabs")) };
    }

    /// <summary>Stops or starts <c>clusters.n</c>, with a job for each.</summary>
    public JsonObject Change(LifeOperation operation, Call call)
    {
        var ids = call.Parameters.List("clusters");
        Refuse.Unless(ids.Count > 0, () => Refuse.Malformed("parameter [clusters] is missing"));
        foreach (var id in ids)
            sight.Cluster(call, id);

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

    private string StatusOf(ClusterView cluster) =>
        (cluster.Status == ClusterStatus.Stopped ? cloud.Knobs.StoppedStatus : cluster.Status).WireName();

    private JsonObject Row(ClusterView cluster, string zone)
    {
        var row = new JsonObject
        {
            ["cluster_id"] = cluster.Id,
            ["name"] = cluster.Spec.Name,
            ["description"] = null,
            ["status"] = StatusOf(cluster),
            ["transition_status"] = cluster.TransitionStatus,
            ["app_id"] = AppOf(cluster),
            ["vxnet"] = new JsonObject { ["vxnet_id"] = "vxnet-simul01", ["vxnet_name"] = "" },
            ["create_time"] = Stamps.Write(cluster.CreatedAt),
            ["status_time"] = Stamps.Write(cluster.StatusAt),
            ["roles"] = new JsonArray([.. cluster.Spec.Roles]),
            ["display_tabs"] = _tabs.Of(cluster),
        };
        if (cloud.Knobs.ClusterDetails)
            AddDetails(row, cluster.Spec);

        if (cloud.Knobs.ClusterZone != ClusterZoneField.Absent)
            row["zone"] = cloud.Knobs.ClusterZone == ClusterZoneField.Asked ? zone : cluster.Zone;

        return row;
    }

    private void AddDetails(JsonObject row, ClusterSpec spec)
    {
        row["app_version_info"] = new JsonObject
        {
            ["version_id"] = "appv-simulated",
            ["name"] = spec.AppVersion ?? $"MySQL 8.0 - {spec.Edition} - 1.5.6",
        };
        row["owner"] = Directive.Owner;
        row["root_user_id"] = Directive.Owner;
        row["custom_service"] = CustomServices(spec);
    }

    private JsonNode CustomServices(ClusterSpec spec)
    {
        string[] standby = ["start_standby", "stop_standby", "promote_standby"];
        string[] names =
            !spec.MySqlPlus ? []
            : cloud.Knobs.HasSetReadOnly ? [.. standby, StandbyService.ReadOnlyName]
            : standby;
        if (cloud.Knobs.CustomServicesAsList)
            return new JsonArray([.. names]);

        var services = names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject()));
        return new JsonObject { [spec.Roles[0]] = new JsonObject(services) };
    }
}
