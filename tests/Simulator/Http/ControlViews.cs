using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>What the control endpoints show; passwords and signatures only to who asks for them.</summary>
internal static class ControlViews
{
    private const string Masked = "***";
    private static readonly string[] Secret = ["service_params", "signature", "token"];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static JsonNode? Calls(CallLog log, bool secrets) =>
        Show(
            new
            {
                log.Total,
                Counts = log.CountsByAction,
                Calls = log.Kept.Select(call => Call(call, secrets)),
            }
        );

    public static JsonNode? State(SimulatedApi api) =>
        Show(
            new
            {
                Time = Stamps.Write(api.Cloud.Time.GetUtcNow()),
                Clusters = api.Cloud.Clusters.Select(Cluster),
                Jobs = api.Cloud.Jobs.Select(Job),
                World = api.Cloud.World.Select(Event),
                Knobs = api.Cloud.Knobs.ToString(),
                Faults = api.Faults.Pending.Select(fault => fault.Kind.ToString()),
            }
        );

    private static JsonNode? Show(object view) => JsonSerializer.SerializeToNode(view, Options);

    private static object Call(Call call, bool secrets) =>
        new
        {
            call.Number,
            At = Stamps.Write(call.At),
            call.Method,
            Url = secrets ? call.Url : call.Url.Split('?')[0],
            call.Action,
            call.Service,
            call.Cluster,
            Fault = call.Fault?.Kind.ToString(),
            call.Status,
            call.RetCode,
            call.Message,
            Parameters = call.Parameters.Pairs.ToDictionary(
                pair => pair.Key,
                pair => secrets || !Secret.Contains(pair.Key) ? pair.Value : Masked
            ),
        };

    private static object Cluster(ClusterView cluster) =>
        new
        {
            ClusterId = cluster.Id,
            cluster.Zone,
            cluster.Spec.Name,
            Status = cluster.Status.WireName(),
            cluster.TransitionStatus,
            cluster.Writable,
            cluster.IsReadOnly,
            Link = cluster.Link is { } link ? Link(link) : null,
        };

    private static object Link(Link link) =>
        new
        {
            Source = link.Source.ClusterId,
            link.Source.Zone,
            link.Source.Host,
            link.Source.Port,
            link.Source.User,
            SyncWay = link.SyncWay.WireName(),
            State = link.State.ToString(),
            link.CaughtUp,
            link.JobId,
        };

    private static object Job(JobView job) =>
        new
        {
            JobId = job.Id,
            job.Action,
            job.Service,
            job.ClusterId,
            Status = job.Status.WireName(),
            CreateTime = Stamps.Write(job.CreatedAt),
            StatusTime = Stamps.Write(job.StatusAt),
            job.ErrorCodes,
            Channel = job.Request.Channel.WireName(),
            AccessKeyId = job.Request["access_key_id"],
            job.Request.Caller,
        };

    private static object Event(WorldEvent past) =>
        new
        {
            At = Stamps.Write(past.At),
            past.ClusterId,
            Kind = past.Kind.ToString(),
            past.Caller,
            past.JobId,
            past.Operation,
            Source = past.Source?.ClusterId,
            Cause = past.Cause?.ToString(),
            past.WriteNumber,
        };
}
