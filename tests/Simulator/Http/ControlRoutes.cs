using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>Lets a script or another process do what tests do in this one: act at the console or with another key, set
/// knobs and faults, look at calls and state. Unsigned, which is why the server listens on the loopback interface
/// only.</summary>
internal static class ControlRoutes
{
    public const string Root = "/simulator/";

    public static void Map(IEndpointRouteBuilder routes, SimulatedApi api)
    {
        var control = routes.MapGroup(Root);
        MapStandbyServices(control, api);
        MapClusters(control, api);
        MapData(control, api.Cloud);
        MapSettings(control, api);
        MapViews(control, api);
    }

    private static void MapStandbyServices(RouteGroupBuilder control, SimulatedApi api)
    {
        var cloud = api.Cloud;
        control.MapPost(
            "start",
            (string cluster, string source, string zone, string? sync_way, string? key, string? req_id) =>
                Act(() =>
                    key is null
                        ? cloud.StartByConsole(cluster, new SourceEndpoint(source, zone), OneOf(sync_way, SyncWay.Full))
                        : api.ByKey(key, req_id)
                            .Start(cluster, new SourceEndpoint(source, zone), OneOf(sync_way, SyncWay.Full))
                )
        );
        control.MapPost(
            "stop",
            (string cluster, string? key, string? req_id) =>
                Act(() => key is null ? cloud.StopByConsole(cluster) : api.ByKey(key, req_id).Stop(cluster))
        );
        control.MapPost(
            "promote",
            (string cluster, string? key, string? req_id) =>
                Act(() => key is null ? cloud.PromoteByConsole(cluster) : api.ByKey(key, req_id).Promote(cluster))
        );
        control.MapPost(
            "set-readonly",
            (string cluster, bool @readonly, string? key, string? req_id) =>
                Act(() =>
                    key is null
                        ? cloud.SetReadOnlyByConsole(cluster, @readonly)
                        : api.ByKey(key, req_id).SetReadOnly(cluster, @readonly)
                )
        );
        control.MapPost(
            "change-source",
            (string cluster, string source, string zone, string? sync_way) =>
                Act(() => cloud.ChangeSource(cluster, new SourceEndpoint(source, zone), OneOf(sync_way, SyncWay.Full)))
        );
    }

    private static void MapClusters(RouteGroupBuilder control, SimulatedApi api)
    {
        var cloud = api.Cloud;
        control.MapPost(
            "stop-cluster",
            (string cluster, string? by, string? key) =>
                Act(() => key is null ? cloud.StopCluster(cluster, ActorOf(by)) : api.ByKey(key).StopCluster(cluster))
        );
        control.MapPost(
            "start-cluster",
            (string cluster, string? by, string? key) =>
                Act(() => key is null ? cloud.StartCluster(cluster, ActorOf(by)) : api.ByKey(key).StartCluster(cluster))
        );
        control.MapPost("restart", (string cluster) => Act(() => cloud.Restart(cluster)));
        control.MapPost("suspend", (string cluster, string? by) => Act(() => cloud.Suspend(cluster, ActorOf(by))));
        control.MapPost("resume", (string cluster, string? by) => Act(() => cloud.Resume(cluster, ActorOf(by))));
        control.MapPost("delete", (string cluster, string? by) => Act(() => cloud.DeleteCluster(cluster, ActorOf(by))));
        control.MapPost(
            "recover",
            (string cluster, string? by) => Act(() => cloud.RecoverCluster(cluster, ActorOf(by)))
        );
        control.MapPost("cease", (string cluster) => Set(() => cloud.SetStatus(cluster, ClusterStatus.Ceased)));
        control.MapPost("forget", (string cluster) => Set(() => cloud.Forget(cluster)));
        control.MapPost("cut-link", (string cluster) => Set(() => cloud.CutLink(cluster)));
        control.MapPost(
            "cluster",
            (string cluster, string zone, string? name) =>
                Set(() => cloud.AddCluster(new ClusterSpec(cluster, zone) { Name = name ?? "" }))
        );
    }

    private static void MapData(RouteGroupBuilder control, SimulatedCloud cloud)
    {
        control.MapPost("write", (string cluster) => Try(() => Results.Json(new { write = cloud.WriteTo(cluster) })));
        control.MapPost(
            "lag",
            (string cluster, bool? lagging, string? duration) =>
                Set(() =>
                {
                    if (duration is null)
                        cloud.SetLagging(cluster, lagging ?? true);
                    else
                        cloud.SetLagging(cluster, Durations.Parse(duration));
                })
        );
        control.MapGet(
            "missing",
            (string acknowledged_by, string missing_on) =>
                Try(() => Results.Json(new { writes = cloud.MissingWrites(acknowledged_by, missing_on) }))
        );
    }

    private static void MapSettings(RouteGroupBuilder control, SimulatedApi api)
    {
        var cloud = api.Cloud;
        control.MapPost(
            "knobs",
            (HttpRequest request) =>
                Set(() =>
                    cloud.Knobs = request.Query.Aggregate(
                        cloud.Knobs,
                        (knobs, one) => knobs.With(one.Key, one.Value.ToString())
                    )
                )
        );
        control.MapPost(
            "duration",
            (string service, string duration) => Set(() => cloud.SetDuration(service, Durations.Parse(duration)))
        );
        control.MapPost("health", (string node, bool healthy) => Set(() => cloud.SetHealth(node, healthy)));
        control.MapPost(
            "parameter",
            (string cluster, string key, string value) => Set(() => cloud.SetParameter(cluster, key, value))
        );
        control.MapPost("foreign-key", (string key, bool? foreign) => Set(() => api.SetForeign(key, foreign ?? true)));
        control.MapPost("faults", (string spec) => Set(() => api.AddFault(spec)));
        control.MapDelete(
            "faults",
            () =>
            {
                api.Faults.Clear();
                cloud.ClearJobPlans();
            }
        );
    }

    private static void MapViews(RouteGroupBuilder control, SimulatedApi api)
    {
        control.MapGet("calls", (bool? secrets) => Results.Json(ControlViews.Calls(api.Calls, secrets ?? false)));
        control.MapDelete("calls", () => api.Calls.Clear());
        control.MapGet("state", () => Results.Json(ControlViews.State(api)));
    }

    private static Actor? ActorOf(string? by) =>
        by switch
        {
            null => null,
            "console" => Actor.Console,
            "timer" => Actor.Timer,
            "platform" => Actor.Platform,
            _ => throw new FormatException($"'{by}' is none of console, timer, platform"),
        };

    private static T OneOf<T>(string? text, T otherwise)
        where T : struct, Enum => text is null ? otherwise : SpecText.OneOf<T>(text);

    private static IResult Act(Func<JobView> act) => Try(() => Results.Json(new { job_id = act().Id }));

    private static IResult Set(Action act) =>
        Try(() =>
        {
            act();
            return Results.NoContent();
        });

    private static IResult Try(Func<IResult> act)
    {
        try
        {
            return act();
        }
        catch (RefusedException refusal)
        {
            return Results.Conflict(new { ret_code = refusal.RetCode, error = refusal.Message });
        }
        catch (FormatException wrong)
        {
            return Results.BadRequest(new { error = wrong.Message });
        }
    }
}
