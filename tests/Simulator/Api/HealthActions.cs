using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>DescribeClusterNodes, GetClusterMonitor and DescribeClusterEnvironment.</summary>
internal sealed class HealthActions(SimulatedCloud cloud, Sight sight)
{
    private readonly Meters _meters = new(cloud);

    public JsonObject DescribeNodes(Call call)
    {
        CheckAllowed(call);
        var cluster = sight.Cluster(call, call.Parameters.Required("cluster"));
        var role = call.Parameters["role"];
        var ids = call.Parameters.List("cluster_nodes");
        var nodes = cloud
            .NodesOf(cluster.Id)
            .Where(node => role is null or "" || node.Role == role)
            .Where(node => ids.Count == 0 || ids.Contains(node.Id))
            .ToList();
        return Page.Of("node_set", nodes, call.Parameters, node => Row(cluster, node));
    }

    public JsonObject Monitor(Call call)
    {
        CheckAllowed(call);
        var id = call.Parameters.Required("resource");
        var (cluster, node) =
            sight
                .Clusters(call)
                .SelectMany(cluster => cloud.NodesOf(cluster.Id).Select(node => (cluster, node)))
                .Cast<(ClusterView, NodeView)?>()
                .FirstOrDefault(each => each!.Value.Item2.Id == id)
            ?? throw Refuse.NotFound(id);
        var meters = call.Parameters.List("meters");
        Refuse.Unless(meters.Count > 0, () => Refuse.Malformed("parameter [meters] is missing"));
        Refuse.Unless(
            meters.All(meter => meter == Meters.Id),
            () => Refuse.BadValue("parameter [meters] is not valid")
        );
        var (start, end) = (Time(call, "start_time"), Time(call, "end_time"));
        return new JsonObject
        {
            ["meter_set"] = new JsonArray(_meters.Of(cluster, node, start, end, Step(call))),
            ["resource_id"] = id,
        };
    }

    public JsonObject DescribeEnvironment(Call call)
    {
        CheckAllowed(call);
        var name = cloud.Knobs.EnvironmentByClusterId ? "cluster_id" : "cluster";
        var cluster = sight.Cluster(call, call.Parameters.Required(name));
        return new JsonObject
        {
            ["config"] = new JsonObject
            {
                ["type"] = "array",
                ["key"] = "env",
                ["properties"] = new JsonArray([.. cloud.ParametersOf(cluster.Id).Select(Property)]),
            },
        };
    }

    private void CheckAllowed(Call call) =>
        Refuse.Unless(
            !cloud.Knobs.HealthRefused,
            () => Refuse.Denied($"action [{call.Action}] is not allowed for this user")
        );

    private JsonObject Row(ClusterView cluster, NodeView node) =>
        new()
        {
            ["node_id"] = node.Id,
            ["cluster_id"] = cluster.Id,
            ["role"] = node.Role,
            ["status"] = cluster.Status.WireName(),
            ["health_status"] = node.IsHealthy ? "healthy" : "unhealthy",
            ["private_ip"] = node.PrivateIp,
            ["monitor"] = new JsonObject { ["enable"] = true, ["items"] = _meters.Items(cluster) },
        };

    private static JsonObject Property(KeyValuePair<string, string> parameter)
    {
        var isNumber = long.TryParse(parameter.Value, CultureInfo.InvariantCulture, out var number);
        return new JsonObject
        {
            ["key"] = parameter.Key,
            ["label"] = parameter.Key,
            ["default"] = isNumber ? number : parameter.Value,
            ["type"] = isNumber ? "integer" : "string",
            ["required"] = "no",
        };
    }

    private static DateTimeOffset Time(Call call, string name) =>
        DateTimeOffset.TryParse(
            call.Parameters.Required(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : throw Refuse.Malformed($"parameter [{name}] is no time");

    private static TimeSpan Step(Call call) =>
        call.Parameters.Required("step") switch
        {
            "1m" => TimeSpan.FromMinutes(1),
            "5m" => TimeSpan.FromMinutes(5),
            "15m" => TimeSpan.FromMinutes(15),
            "30m" => TimeSpan.FromMinutes(30),
            "1h" => TimeSpan.FromHours(1),
            "2h" => TimeSpan.FromHours(2),
            "1d" => TimeSpan.FromDays(1),
            _ => throw Refuse.BadValue("parameter [step] is not valid"),
        };
}
