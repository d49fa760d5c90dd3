namespace QingCloudMySqlStandby.Doctor;

/// <summary>One cluster: whether it can be a standby, and what its tabs show.</summary>
internal static class ClusterChecks
{
    private const string WithoutTab =
        "A link whose job has left the history cannot be seen, nor what a failed job left behind.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        string clusterId,
        Questions questions,
        CancellationToken cancellationToken
    )
    {
        var (answer, _) = await Questions.TryAsync(questions.ClustersAsync(clusterId, cancellationToken));
        if (
            answer?.Items("cluster_set").Cast<JsonElement?>().FirstOrDefault() is not { } row
            || ClusterReader.Read(row) is not { } cluster
            || !cluster.Exists()
        )
        {
            const string advice = "Check the id and the zone, and what the key may see.";
            return [Finding.Breaks("cluster", $"{clusterId} is not listed", advice)];
        }

        var tabs = cluster.DisplayTabs.Where(tab => SourceTabReader.IsAbout(tab.Key, tab.Value)).ToList();
        return
        [
            Status(cluster),
            Edition(row),
            Roles(row),
            Tabs(cluster, tabs.Count),
            .. tabs is [var tab, ..] ? new[] { await TabAsync(clusterId, tab.Key, questions, cancellationToken) } : [],
        ];
    }

    private static Finding Status(Cluster cluster) =>
        cluster is { Status: "active", TransitionStatus.Length: 0 }
            ? Finding.Ok("cluster", $"{cluster.Id} is active")
            : Finding.Breaks(
                "cluster",
                $"{cluster.Id} is {cluster.Status} {cluster.TransitionStatus}".TrimEnd(),
                "A standby must be active, with no other operation under way."
            );

    /// <summary>Only the high-availability edition can be a standby; which field says so is not published.</summary>
    private static Finding Edition(JsonElement row)
    {
        string[] fields = ["app_id", "app_version", "app_version_id", "edition"];
        var shown = fields
            .Where(name => row.Text(name) is { Length: > 0 })
            .Select(name => $"{name} {Redaction.Clean(row.Text(name)!, [], 60)}");
        return Finding.NotSeen(
            "cluster-edition",
            string.Join(", ", shown) is { Length: > 0 } seen ? seen : "no field of it",
            "Only the high-availability edition of MySQL Plus can be a standby: see the console."
        );
    }

    private static Finding Roles(JsonElement row)
    {
        var roles = row.Items("roles")
            .Select(role => role.AsText() ?? role.Text("role") ?? "")
            .Concat(row.Nested("roles")?.EnumerateObject().Select(role => role.Name) ?? [])
            .Where(role => role.Length > 0)
            .ToList();
        return roles.Count == 0
                ? Finding.NotSeen("cluster-role", "no roles are listed", "maininstance is assumed; else set role.")
            : roles.Contains(Names.DefaultRole, StringComparer.Ordinal) ? Finding.Ok("cluster-role", Names.DefaultRole)
            : Finding.Breaks(
                "cluster-role",
                Redaction.Clean(string.Join(", ", roles), [], 100),
                "There is no maininstance. Set role to the one that runs MySQL; no such cluster is known to work."
            );
    }

    private static Finding Tabs(Cluster cluster, int found) =>
        found > 0
            ? Finding.Ok("cluster-tabs", "one of them is about disaster recovery")
            : Finding.NotSeen(
                "cluster-tabs",
                cluster.DisplayTabs.Count == 0
                    ? "none"
                    : $"none about disaster recovery: {string.Join(", ", cluster.DisplayTabs.Keys)}",
                WithoutTab
            );

    private static async Task<Finding> TabAsync(
        string clusterId,
        string tab,
        Questions questions,
        CancellationToken cancellationToken
    )
    {
        var (shown, refusal) = await Questions.TryAsync(questions.TabAsync(clusterId, tab, cancellationToken));
        if (shown is not { } answer)
            return Finding.Differs("tab-form", refusal!.Message, WithoutTab);

        var labels = (answer.Nested("display_tabs") ?? default).Items("labels").Select(label => label.AsText());
        return SourceTabReader.Read(answer, clusterId) switch
        {
            { HasSource: true } => Finding.Ok("tab-form", "the source was read from it"),
            { } => Finding.Ok("tab-form", "an empty table"),
            null => Finding.Differs(
                "tab-form",
                $"not understood; its labels are: {Redaction.Clean(string.Join(", ", labels), [], 200)}",
                WithoutTab
            ),
        };
    }
}
