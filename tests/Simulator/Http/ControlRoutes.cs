using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>Lets a script or another process do what tests do in this one: act at the console or with another key, set
/// faults, look at calls and state. Unsigned, which is why the server listens on the loopback interface only.</summary>
internal static class ControlRoutes
{
    public const string Root = "/simulator/";

    public static void Map(IEndpointRouteBuilder routes, SimulatedApi api)
    {
        var control = routes.MapGroup(Root);
        MapStandbyServices(control, api);
        MapConsole(control, api.Cloud);
        MapCloud(control, api.Cloud);
        MapApi(control, api);
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
    }

    private static void MapConsole(RouteGroupBuilder control, SimulatedCloud cloud)
    {
        control.MapPost(
            "change-source",
            (string cluster, string source, string zone, string? sync_way) =>
                Act(() => cloud.ChangeSource(cluster, new SourceEndpoint(source, zone), OneOf(sync_way, SyncWay.Full)))
        );
        control.MapPost("restart", (string cluster) => Act(() => cloud.Restart(cluster)));
    }

    private static void MapCloud(RouteGroupBuilder control, SimulatedCloud cloud)
    {
        control.MapPost("suspend", (string cluster) => Act(() => cloud.Suspend(cluster)));
        control.MapPost("resume", (string cluster) => Act(() => cloud.Resume(cluster)));
        control.MapPost("delete", (string cluster) => Act(() => cloud.DeleteCluster(cluster)));
        control.MapPost("cease", (string cluster) => Set(() => cloud.SetStatus(cluster, ClusterStatus.Ceased)));
        control.MapPost("forget", (string cluster) => Set(() => cloud.Forget(cluster)));
        control.MapPost(
            "lag",
            (string cluster, bool? lagging) => Set(() => cloud.SetLagging(cluster, lagging ?? true))
        );
        control.MapPost(
            "cluster",
            (string cluster, string zone, string? name) =>
                Set(() => cloud.AddCluster(new ClusterSpec(cluster, zone) { Name = name ?? "" }))
        );
        control.MapPost(
            "duration",
            (string service, string duration) => Set(() => cloud.SetDuration(service, Durations.Parse(duration)))
        );
    }

    private static void MapApi(RouteGroupBuilder control, SimulatedApi api)
    {
        control.MapPost(
            "listing",
            (string? echo, bool? hide_passwords, string? job_action) =>
                Set(() =>
                    api.JobListing = new JobListing(
                        OneOf(echo, api.JobListing.Echo),
                        hide_passwords ?? api.JobListing.HidePasswords,
                        OneOf(job_action, api.JobListing.JobAction)
                    )
                )
        );
        control.MapPost("faults", (string spec) => Set(() => api.AddFault(spec)));
        control.MapDelete(
            "faults",
            () =>
            {
                api.Faults.Clear();
                api.Cloud.ClearJobPlans();
            }
        );
    }

    private static void MapViews(RouteGroupBuilder control, SimulatedApi api)
    {
        control.MapGet("calls", (bool? secrets) => Results.Json(ControlViews.Calls(api.Calls, secrets ?? false)));
        control.MapDelete("calls", () => api.Calls.Clear());
        control.MapGet("state", () => Results.Json(ControlViews.State(api)));
    }

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
