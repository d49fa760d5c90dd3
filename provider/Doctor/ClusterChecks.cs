using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>One cluster: whether it can be a standby, and what its tabs show.</summary>
internal static class ClusterChecks
{
    private const string WithoutTab =
        "A link whose job has left the history cannot be seen, nor what a failed job left behind.";

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        string clusterId,
        JobPages pages,
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
            return [Finding.Breaks("cluster", $"{new ClusterId(clusterId)} is not listed", advice)];
        }

        var tabs = cluster.DisplayTabs.Where(tab => SourceTabReader.IsAbout(tab.Key, tab.Value)).ToList();
        return
        [
            Status(cluster),
            EditionOf(row, cluster),
            Roles(row),
            Services(row, cluster),
            HistoryChecks.StatusTime(cluster, pages),
            await HistoryChecks.AppJobsAsync(cluster, pages, questions, cancellationToken),
            Tabs(cluster, tabs.Count),
            .. tabs is [var tab, ..] ? new[] { await TabAsync(clusterId, tab.Key, questions, cancellationToken) } : [],
        ];
    }

    private static Finding Status(Cluster cluster) =>
        cluster is { Status: "active", TransitionStatus.Length: 0 }
            ? Finding.Ok("cluster", $"{new ClusterId(cluster.Id)} is active")
            : Finding.Breaks(
                "cluster",
                $"{new ClusterId(cluster.Id)} is {StatusOf(cluster)}",
                "A standby must be active, with no other operation under way."
            );

    private static string StatusOf(Cluster cluster) => $"{cluster.Status} {cluster.TransitionStatus}".TrimEnd();

    /// <summary>Which field says of which edition a cluster is, is not published; the name of its app's version
    /// may.</summary>
    private static Finding EditionOf(JsonElement row, Cluster cluster)
    {
        const string check = "cluster-edition";
        const string meaning = "Only the high-availability and the financial edition of MySQL Plus can be a standby.";
        string[] fields = ["app_id", "app_version", "app_version_id", "edition"];
        var shown = fields
            .Where(name => row.Text(name) is { Length: > 0 })
            .Select(name => $"{name} {Sanitizer.Clean(row.Text(name)!, 60)}");
        var version = cluster.Version is { } name ? Sanitizer.Clean(name, 100) : null;
        return MySqlEdition.Of(cluster.Version) switch
        {
            Edition.CanReplicate => Finding.Ok(check, version!),
            Edition.CannotReplicate => Finding.Breaks(check, version!, meaning),
            _ => Finding.NotSeen(
                check,
                version ?? (string.Join(", ", shown) is { Length: > 0 } seen ? seen : "no field of it"),
                $"{meaning} See the console."
            ),
        };
    }

    /// <summary>A planned switchover makes the source read-only by a service, with the value ON or OFF. The
    /// documentation has YES and NO too.</summary>
    private static Finding Services(JsonElement row, Cluster cluster)
    {
        const string check = "cluster-services";
        const string service = "set_readonly";
        const string meaning = "A switchover cannot make the source read-only: set fenceSource to false.";
        if (cluster.CustomServices.Count == 0)
            return Finding.NotSeen(check, $"no custom_service", $"Where {service} is missing: {meaning}");
        if (!cluster.CustomServices.Contains(service, StringComparer.Ordinal))
            return Finding.Differs(check, $"{Wording.Own(service)} is not among them", meaning);

        var words = row.Member("custom_service") is { } services
            ? Words(services).ToHashSet(StringComparer.Ordinal)
            : [];
        return words.Contains("YES") && !words.Contains("ON")
            ? Finding.Breaks(check, $"{Wording.Own(service)} takes YES and NO", meaning)
            : Finding.Ok(check, Wording.Own(words.Contains("ON") ? $"{service}, with ON and OFF" : service));
    }

    private static IEnumerable<string> Words(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Words(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Words),
            JsonValueKind.String when LooseText.ReadObject(value.GetString()!) is { } inner => Words(inner),
            JsonValueKind.String => [value.GetString()!.ToUpperInvariant()],
            _ => [],
        };

    private static Finding Roles(JsonElement row)
    {
        var roles = row.Items("roles")
            .Select(role => role.AsText() ?? role.Text("role") ?? "")
            .Concat(row.Nested("roles")?.EnumerateObject().Select(role => role.Name) ?? [])
            .Where(role => role.Length > 0)
            .ToList();
        return roles.Count == 0
                ? Finding.NotSeen("cluster-role", $"no roles are listed", "maininstance is assumed; else set role.")
            : roles.Contains(Names.DefaultRole, StringComparer.Ordinal)
                ? Finding.Ok("cluster-role", Wording.Own(Names.DefaultRole))
            : Finding.Breaks(
                "cluster-role",
                Sanitizer.Clean(string.Join(", ", roles), 100),
                "There is no maininstance. Set role to the one that runs MySQL; no such cluster is known to work."
            );
    }

    private static Finding Tabs(Cluster cluster, int found) =>
        found > 0
            ? Finding.Ok("cluster-tabs", $"one of them is about disaster recovery")
            : Finding.NotSeen(
                "cluster-tabs",
                cluster.DisplayTabs.Count == 0
                    ? Wording.Own("none")
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
            return Finding.Differs("tab-form", Wording.Of(refusal!), WithoutTab);

        var labels = (answer.Nested("display_tabs") ?? default).Items("labels").Select(label => label.AsText());
        var seen = Sanitizer.Clean($"{tab} with the columns {string.Join(", ", labels)}", 200);
        return SourceTabReader.Read(answer, clusterId) switch
        {
            { HasSource: true } => Finding.Ok("tab-form", $"the source was read from {seen}"),
            { } => Finding.Ok("tab-form", $"an empty table in {seen}"),
            null => Finding.Differs("tab-form", $"not understood: {seen}", WithoutTab),
        };
    }
}
