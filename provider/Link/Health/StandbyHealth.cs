namespace QingCloudMySqlStandby.Link.Health;

/// <summary>How a standby's nodes are, and how far it is behind.</summary>
/// <param name="Nodes">Its nodes; empty where they could not be read.</param>
/// <param name="Lag">How far it is behind, as far as its meters show that.</param>
internal sealed record StandbyHealth(IReadOnlyList<ClusterNode> Nodes, Lag Lag)
{
    /// <summary>Whether all nodes are known to be active and healthy.</summary>
    public bool IsHealthy => Nodes.Count > 0 && Nodes.All(IsWell);

    /// <summary>The nodes in words: a clause about them.</summary>
    public string NodesInWords =>
        Nodes.Count == 0 ? "its nodes could not be read"
        : IsHealthy ? FormattableString.Invariant($"its {Nodes.Count} nodes are healthy")
        : string.Join(", ", Nodes.Where(node => !IsWell(node)).Select(InWords));

    private static bool IsWell(ClusterNode node) => node is { Status: "active", Health: "healthy" };

    private static string InWords(ClusterNode node) =>
        $"node {node.Id} is {Given(node.Status, "of unknown status")} and {Given(node.Health, "of unknown health")}";

    private static string Given(string word, string otherwise) => word.Length > 0 ? word : otherwise;
}
