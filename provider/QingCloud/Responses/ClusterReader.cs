namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads a row of <c>DescribeClusters</c>.</summary>
internal static class ClusterReader
{
    private const int MaxLabelLength = 200;

    /// <summary>The cluster; null when the row has no id.</summary>
    public static Cluster? Read(JsonElement row) =>
        row.Text("cluster_id") is { Length: > 0 } id
            ? new Cluster(
                id,
                Sanitizer.Clean(row.Text("name") ?? "", MaxLabelLength),
                Word(row, "status"),
                Word(row, "transition_status"),
                Tabs(row)
            )
            {
                CreatedAt = row.Time("create_time"),
                StatusAt = row.Time("status_time"),
                AppId = Given(row.Text("app_id")),
                Version = row.Nested("app_version_info") is { } version ? Given(Word(version, "name")) : null,
                Owner = Given(row.Text("owner")),
                RootUserId = Given(row.Text("root_user_id")),
                CustomServices = row.Member("custom_service") is { } services ? [.. Names(services, levels: 2)] : [],
            }
            : null;

    /// <summary>Whether the cluster is still there: QingCloud lists deleted ones for a while.</summary>
    public static bool Exists(this Cluster cluster) => cluster.Status is not ("deleted" or "ceased");

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // The services may be listed, be the members of an object, or be so for each role; each may have its own members.
    private static IEnumerable<string> Names(JsonElement value, int levels) =>
        value.ValueKind switch
        {
            _ when levels == 0 => [],
            JsonValueKind.String when LooseText.ReadObject(value.GetString()!) is { } inner => Names(inner, levels),
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Names(item, levels)),
            JsonValueKind.Object => value
                .EnumerateObject()
                .SelectMany(member => Names(member.Value, levels - 1).Append(member.Name))
                .Distinct(StringComparer.Ordinal),
            _ => [],
        };

    /// <summary>One of QingCloud's own words, or whatever stands in its place.</summary>
    private static string Word(JsonElement row, string name) => Sanitizer.Clean(row.Text(name) ?? "", MaxLabelLength);

    private static Dictionary<string, string> Tabs(JsonElement row)
    {
        var tabs = new Dictionary<string, string>(StringComparer.Ordinal);
        var named = row.Nested("display_tabs")?.EnumerateObject().Select(tab => (tab.Name, tab.Value)) ?? [];
        var listed = row.Items("display_tabs").Select(tab => (Name: tab.AsText() ?? tab.Text("name") ?? "", tab));
        foreach (var (name, tab) in named.Concat(listed.Where(tab => tab.Name.Length > 0)))
            tabs[name] = Label(tab);

        return tabs;
    }

    // A label may be a string, or a string for each language.
    private static string Label(JsonElement tab)
    {
        var label =
            tab.ValueKind == JsonValueKind.Object
                ? string.Join(" / ", tab.EnumerateObject().Select(p => p.Value.AsText()).OfType<string>())
                : tab.AsText() ?? "";
        return Sanitizer.Clean(label, MaxLabelLength);
    }
}
