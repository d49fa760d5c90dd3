namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads a row of <c>DescribeClusterNodes</c>.</summary>
internal static class NodeReader
{
    /// <summary>The node; null when the row has no id.</summary>
    public static ClusterNode? Read(JsonElement row) =>
        row.Text("node_id") is { Length: > 0 } id
            ? new ClusterNode(
                id,
                row.Text("role") ?? "",
                row.Text("status") ?? "",
                row.Text("health_status") ?? "",
                row.Nested("monitor") is { } monitor ? MeterReader.Meters(monitor) : []
            )
            : null;
}
