using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>The tabs that a cluster shows at the console, and what is in them.</summary>
internal sealed class DisplayTabs(SimulatedCloud cloud)
{
    private static readonly string[] SourceLabels =
    [
        "源集群 ID",
        "源集群区域",
        "高可用 IP",
        "端口",
        "用户",
        "同步方式",
        "状态",
    ];

    public JsonObject Of(ClusterView cluster) =>
        new(
            Names(cluster)
                .Select(tab =>
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

    public JsonNode Content(ClusterView cluster, string tab)
    {
        Refuse.Unless(
            Names(cluster).Contains(tab),
            () => Refuse.BadValue($"cluster [{cluster.Id}] has no tab [{tab}]")
        );
        if (cloud.Knobs.TabNeedsActive)
            StandbyRules.CheckStatus(cluster, ClusterStatus.Active);

        return tab == cluster.Spec.StandbyTab ? Relation(cluster) : Table(["名称"], []);
    }

    private IEnumerable<string> Names(ClusterView cluster) =>
        cloud.Knobs.StandbyTab switch
        {
            StandbyTab.Absent => cluster.Spec.Tabs.Where(tab => tab != cluster.Spec.StandbyTab),
            StandbyTab.OnlyWhenLinked when cluster.Link is null => cluster.Spec.Tabs.Where(tab =>
                tab != cluster.Spec.StandbyTab
            ),
            _ => cluster.Spec.Tabs,
        };

    private JsonNode Relation(ClusterView cluster)
    {
        var source = cluster.Link is null ? Enumerable.Empty<Link>() : [cluster.Link];
        var standbys = cloud.Clusters.Select(each => each.Link).OfType<Link>();
        var links = source.Concat(standbys.Where(link => link.Source.ClusterId == cluster.Id)).ToList();
        return cloud.Knobs.StandbyTab switch
        {
            StandbyTab.Refused => throw Refuse.Denied($"tab of cluster [{cluster.Id}] is not allowed for this user"),
            StandbyTab.Unreadable => "no data",
            StandbyTab.BothIds => Table([.. SourceLabels, "灾备集群 ID"], links.Select(Both)),
            StandbyTab.Roles => Table(
                ["角色", "集群 ID", "集群区域", "高可用 IP", "端口", "用户", "同步方式", "状态"],
                links.Select(link => ByRole(link, cluster))
            ),
            StandbyTab.BlankRow when cluster.Link is null => Table(SourceLabels, [SourceLabels.Select(_ => "")]),
            _ => Table(SourceLabels, source.Select(Source)),
        };
    }

    private static IEnumerable<string> Source(Link link) => [link.Source.ClusterId, link.Source.Zone, .. Rest(link)];

    private static IEnumerable<string> Both(Link link) => [.. Source(link), link.StandbyId];

    /// <summary>A link as one of its two clusters sees it: the row names the other one.</summary>
    private IEnumerable<string> ByRole(Link link, ClusterView seenBy) =>
        link.StandbyId == seenBy.Id
            ? ["源集群", .. Source(link)]
            : ["灾备集群", link.StandbyId, cloud.Cluster(link.StandbyId)?.Zone ?? "", .. Rest(link)];

    private static IEnumerable<string> Rest(Link link) =>
        [
            link.Source.Host,
            $"{link.Source.Port}",
            link.Source.User,
            link.SyncWay.WireName(),
            link.State == LinkState.Starting ? "starting"
            : link.CaughtUp ? "running"
            : "lagging",
        ];

    private static JsonObject Table(string[] labels, IEnumerable<IEnumerable<string>> rows) =>
        new() { ["labels"] = ArrayOf(labels), ["data"] = new JsonArray([.. rows.Select(ArrayOf)]) };

    private static JsonArray ArrayOf(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);
}
