using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>What the control endpoints show; passwords and signatures only to who asks for them.</summary>
internal static class ControlViews
{
    private const string Masked = "***";
    private static readonly string[] Secret = ["service_params", "signature", "token"];

    public static JsonObject Calls(CallLog log, bool secrets) => new()
    {
        ["total"] = log.Total,
        ["counts"] = new JsonObject(log.CountsByAction.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
        ["calls"] = new JsonArray([.. log.Kept.Select(call => CallRow(call, secrets))]),
    };

    public static JsonObject State(SimulatedApi api) => new()
    {
        ["time"] = Stamps.Write(api.Cloud.Time.GetUtcNow()),
        ["clusters"] = new JsonArray([.. api.Cloud.Clusters.Select(ClusterRow)]),
        ["jobs"] = new JsonArray([.. api.Cloud.Jobs.Select(JobRow)]),
        ["history"] = new JsonArray([.. api.Cloud.History.Select(EventRow)]),
        ["faults"] = new JsonArray([.. api.Faults.Pending.Select(fault => (JsonNode)fault.Kind.ToString())]),
    };

    private static JsonObject CallRow(Call call, bool secrets) => new()
    {
        ["number"] = call.Number,
        ["at"] = Stamps.Write(call.At),
        ["method"] = call.Method,
        ["url"] = secrets ? call.Url : call.Url.Split('?')[0],
        ["action"] = call.Action,
        ["service"] = call.Service,
        ["cluster"] = call.Cluster,
        ["password_in_url"] = call.PasswordInUrl,
        ["fault"] = call.Fault?.Kind.ToString(),
        ["status"] = call.Status,
        ["ret_code"] = call.RetCode,
        ["message"] = call.Message,
        ["parameters"] = new JsonObject(call.Parameters.Pairs.Select(pair =>
            KeyValuePair.Create(pair.Key, (JsonNode?)(secrets || !Secret.Contains(pair.Key) ? pair.Value : Masked)))),
    };

    private static JsonObject ClusterRow(ClusterView cluster) => new()
    {
        ["cluster_id"] = cluster.Id,
        ["zone"] = cluster.Zone,
        ["name"] = cluster.Spec.Name,
        ["status"] = cluster.Status.WireName(),
        ["transition_status"] = cluster.TransitionStatus,
        ["writable"] = cluster.Writable,
        ["release"] = cluster.Release.ToString(),
        ["data_generation"] = cluster.DataGeneration,
        ["link"] = cluster.Link is { } link ? LinkRow(link) : null,
    };

    private static JsonObject LinkRow(Link link) => new()
    {
        ["source"] = link.Source.ClusterId,
        ["zone"] = link.Source.Zone,
        ["host"] = link.Source.Host,
        ["port"] = link.Source.Port,
        ["user"] = link.Source.User,
        ["sync_way"] = link.SyncWay.WireName(),
        ["state"] = link.State.ToString(),
        ["caught_up"] = link.CaughtUp,
        ["job_id"] = link.JobId,
    };

    private static JsonObject JobRow(JobView job) => new()
    {
        ["job_id"] = job.Id,
        ["action"] = job.Action,
        ["service"] = job.Service,
        ["cluster_id"] = job.ClusterId,
        ["status"] = job.Status.WireName(),
        ["create_time"] = Stamps.Write(job.CreatedAt),
        ["status_time"] = Stamps.Write(job.StatusAt),
        ["error_codes"] = job.ErrorCodes,
    };

    private static JsonObject EventRow(ClusterEvent past) => new()
    {
        ["at"] = Stamps.Write(past.At),
        ["cluster_id"] = past.ClusterId,
        ["kind"] = past.Kind.ToString(),
        ["job_id"] = past.JobId,
        ["before"] = past.Before.ToString(),
    };
}
