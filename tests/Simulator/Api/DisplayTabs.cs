using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The tabs that a cluster shows at the console, and what is in them.</summary>
internal static class DisplayTabs
{
    public static JsonObject Of(ClusterView cluster)
    {
        var tabs = new JsonObject();
        foreach (var name in Names(cluster.Spec))
        {
            tabs[name] = new JsonObject
            {
                ["roles_to_execute_on"] = new JsonArray([.. cluster.Spec.Roles.Select(role => (JsonNode)role)]),
                ["timeout"] = 10,
            };
        }

        return tabs;
    }

    public static JsonObject Content(ClusterView cluster, string tab)
    {
        if (!Names(cluster.Spec).Contains(tab))
        {
            throw Refuse.BadValue($"cluster [{cluster.Id}] has no tab [{tab}]");
        }

        return tab == cluster.Spec.StandbyTab ? Relation(cluster.Link) : Table(["名称"], []);
    }

    private static IEnumerable<string> Names(ClusterSpec spec) =>
        spec.StandbyTab is { } tab ? spec.OtherTabs.Append(tab) : spec.OtherTabs;

    private static JsonObject Relation(Link? link)
    {
        string[] labels = ["源集群 ID", "源集群区域", "高可用 IP", "端口", "用户", "同步方式", "状态"];
        return link is null ? Table(labels, []) : Table(labels, [Row(link)]);
    }

    private static JsonArray Row(Link link) =>
    [
        link.Source.ClusterId,
        link.Source.Zone,
        link.Source.Host,
        $"{link.Source.Port}",
        link.Source.User,
        link.SyncWay.WireName(),
        State(link),
    ];

    private static string State(Link link) =>
        link.State == LinkState.Starting ? "starting" : link.CaughtUp ? "running" : "lagging";

    private static JsonObject Table(string[] labels, JsonArray rows) => new()
    {
        ["labels"] = new JsonArray([.. labels.Select(label => (JsonNode)label)]),
        ["data"] = rows,
    };
}
