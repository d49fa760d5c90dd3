using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A zone's jobs and clusters, as little of them as these tests need.</summary>
internal sealed class FakeZone
{
    /// <summary>What QingCloud says of an id that it does not know.</summary>
    public const string NotFound = """{"ret_code":2100,"message":"ResourceNotFound, resource [X] not found"}""";

    private readonly FakeApi _api;

    public FakeZone(FakeApi api)
    {
        _api = api;
        api.Otherwise = asked => Task.FromResult(api.Answer(Answer(asked)));
    }

    /// <summary>Newest first.</summary>
    public List<JsonObject> Jobs { get; } = [];

    public List<JsonObject> Clusters { get; } = [];

    /// <summary>What QingCloud answers when one of the ids is unknown; null: it leaves the row out.</summary>
    public Func<string, string>? UnknownId { get; set; }

    /// <summary>Whether the jobs of one action can be listed; otherwise all jobs are listed in their place.</summary>
    public bool ListsActions { get; set; } = true;

    /// <summary>What <c>total_count</c> says of so many rows.</summary>
    public Func<int, int> Total { get; set; } = rows => rows;

    /// <summary>Answers <c>RunClusterCustomService</c>.</summary>
    public Func<Asked, string> Run { get; set; } = _ => throw new InvalidOperationException("unexpected change");

    public Action<Asked> Before { get; set; } = _ => { };
    public IEnumerable<Asked> Changes => _api.Calls.Where(c => c.Action == "RunClusterCustomService");
    public IEnumerable<Asked> Reads => _api.Calls.Where(c => c.Action.StartsWith("Describe", StringComparison.Ordinal));

    public static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public JsonObject AddJob(
        string id,
        DateTimeOffset at,
        string status = "working",
        string cluster = "cl-standby",
        string action = "RunClusterCustomService",
        string? service = "start_standby",
        string? serviceParams = null,
        Dictionary<string, string>? echo = null
    )
    {
        var job = new JsonObject
        {
            ["job_id"] = id,
            ["job_action"] = action,
            ["status"] = status,
            ["create_time"] = Stamp(at),
            ["status_time"] = Stamp(at),
            ["resource_ids"] = "vxnet-0 " + cluster,
            ["directive"] = service is null ? null : Directive(service, cluster, serviceParams, echo ?? []),
        };
        Jobs.Insert(0, job);
        return job;
    }

    /// <summary>
    /// What a job shows of the call that made it; as much of its sender as <paramref name="echo"/> holds.
    /// </summary>
    private static string Directive(
        string service,
        string cluster,
        string? serviceParams,
        Dictionary<string, string> echo
    )
    {
        var directive = new JsonObject
        {
            ["service"] = service,
            ["cluster"] = cluster,
            ["zone"] = "sh1a",
            ["service_params"] = serviceParams,
        };
        foreach (var (name, value) in echo)
        {
            directive[name == "channel" ? "sender" : name] =
                name == "channel" ? new JsonObject { [name] = value } : JsonValue.Create(value);
        }

        return directive.ToJsonString();
    }

    /// <summary>Makes the job that a call asks for.</summary>
    public JsonObject AddJob(Asked asked, string id, DateTimeOffset at, bool isEchoed = true) =>
        AddJob(
            id,
            at,
            cluster: asked.Form["cluster"],
            service: asked.Form["service"],
            serviceParams: asked.Form.GetValueOrDefault("service_params"),
            echo: isEchoed ? new() { ["signature"] = asked.Form["signature"] } : []
        );

    /// <summary>The account's oldest job, on another cluster: the list shows that it reaches back that far.</summary>
    private static JsonObject Origin() =>
        new()
        {
            ["job_id"] = "j-origin",
            ["job_action"] = "RestartClusters",
            ["status"] = "successful",
            ["create_time"] = "2020-01-01T00:00:00Z",
            ["status_time"] = "2020-01-01T00:00:00Z",
            ["resource_ids"] = "cl-origin",
        };

    public void AddCluster(string id, string status = "active", JsonNode? tabs = null) =>
        Clusters.Add(
            new JsonObject
            {
                ["cluster_id"] = id,
                ["name"] = "name of " + id,
                ["status"] = status,
                ["transition_status"] = "",
                ["display_tabs"] = tabs,
            }
        );

    private string Answer(Asked asked)
    {
        Before(asked);
        return asked.Action switch
        {
            "DescribeJobs" => Rows(asked, "job_set", "job_id", Jobs, asked.List("jobs")),
            "DescribeClusters" => Rows(asked, "cluster_set", "cluster_id", Clusters, asked.List("clusters")),
            "RunClusterCustomService" => Run(asked),
            _ => throw new InvalidOperationException(asked.Action),
        };
    }

    private string Rows(Asked asked, string member, string idMember, List<JsonObject> all, IReadOnlyList<string> ids)
    {
        var known = all.Select(r => r[idMember]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        if (UnknownId is not null && ids.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
            return UnknownId(unknown);

        IEnumerable<JsonObject> listed = member == "job_set" ? [.. all, Origin()] : all;
        if (ListsActions && asked.Form.TryGetValue("job_action", out var action))
            listed = listed.Where(r => r["job_action"]!.GetValue<string>() == action);

        List<JsonObject> matching =
            ids.Count == 0
                ? [.. listed]
                : [.. all.Where(r => ids.Contains(r[idMember]!.GetValue<string>(), StringComparer.Ordinal))];
        var offset = int.Parse(asked.Form.GetValueOrDefault("offset", "0"), CultureInfo.InvariantCulture);
        var limit = int.Parse(asked.Form["limit"], CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["ret_code"] = 0,
            ["total_count"] = Total(matching.Count),
            [member] = new JsonArray([.. matching.Skip(offset).Take(limit).Select(r => r.DeepClone())]),
        }.ToJsonString(JsonSerializerOptions.Default);
    }
}
