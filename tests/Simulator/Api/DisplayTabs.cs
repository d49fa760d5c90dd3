using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The tabs that a cluster shows at the console, and what is in them.</summary>
internal static class DisplayTabs
{
    public static JsonObject Of(ClusterView cluster) =>
        new(
            cluster.Spec.Tabs.Select(tab =>
                KeyValuePair.Create<string, JsonNode?>(
                    tab,
                    new JsonObject
                    {
                        ["roles_to_execute_on"] = new JsonArray([.. cluster.Spec.Roles]),
                        ["timeout"] = 10,
                    }
                )
            )
        );

    public static JsonObject Content(ClusterView cluster, string tab)
    {
        Refuse.Unless(
            cluster.Spec.Tabs.Contains(tab),
            () => Refuse.BadValue($"cluster [{cluster.Id}] has no tab " + $"[{tab}]")
        );
        return tab == cluster.Spec.StandbyTab ? Relation(cluster.Link) : Table(["名称"]);
    }

    private static JsonObject Relation(Link? link)
    {
        JsonArray labels = ["源集群 ID", "源集群区域", "高可用 IP", "端口", "用户", "同步方式", "状态"];
        return link is null ? Table(labels) : Table(labels, Row(link));
    }

    private static JsonArray Row(Link link) =>
        [
            link.Source.ClusterId,
            link.Source.Zone,
            link.Source.Host,
            $"{link.Source.Port}",
            link.Source.User,
            link.SyncWay.WireName(),
            link.State == LinkState.Starting ? "starting"
            : link.CaughtUp ? "running"
            : "lagging",
        ];

    private static JsonObject Table(JsonArray labels, params JsonNode[] rows) =>
        new() { ["labels"] = labels, ["data"] = new JsonArray(rows) };
}
