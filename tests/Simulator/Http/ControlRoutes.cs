using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.Http;

/// <summary>
/// Lets a script or another process do what tests do in this one: act at the console, set faults, look at calls and state.
/// Unsigned, which is why the server listens on the loopback interface only.
/// </summary>
internal static class ControlRoutes
{
    public const string Root = "/simulator/";

    public static void Map(IEndpointRouteBuilder routes, SimulatedApi api)
    {
        var control = routes.MapGroup(Root);
        MapConsole(control, api.Cloud);
        MapJobs(control, api.Cloud);
        MapFaults(control, api);
        control.MapGet("calls", (bool? secrets) => Results.Json(ControlViews.Calls(api.Calls, secrets ?? false)));
        control.MapDelete("calls", () => api.Calls.Clear());
        control.MapGet("state", () => Results.Json(ControlViews.State(api)));
    }

    private static void MapConsole(RouteGroupBuilder control, SimulatedCloud cloud)
    {
        control.MapPost("start", (string cluster, string source, string zone, string? sync_way) => Act(() =>
            cloud.StartByConsole(cluster, new SourceEndpoint(source, zone), WayOf(sync_way))));
        control.MapPost("change-source", (string cluster, string source, string zone, string? sync_way) => Act(() =>
            cloud.ChangeSource(cluster, new SourceEndpoint(source, zone), WayOf(sync_way))));
        control.MapPost("stop", (string cluster) => Act(() => cloud.StopByConsole(cluster)));
        control.MapPost("promote", (string cluster) => Act(() => cloud.PromoteByConsole(cluster)));
        control.MapPost("restart", (string cluster) => Act(() => cloud.Restart(cluster)));
        control.MapPost("delete", (string cluster) => Act(() => cloud.DeleteCluster(cluster)));
        control.MapPost("suspend", (string cluster) => Act(() => cloud.Suspend(cluster)));
        control.MapPost("resume", (string cluster) => Act(() => cloud.Resume(cluster)));
    }

    private static void MapJobs(RouteGroupBuilder control, SimulatedCloud cloud)
    {
        control.MapPost("cease", (string cluster) => Set(() => cloud.SetStatus(cluster, ClusterStatus.Ceased)));
        control.MapPost("forget", (string cluster) => Set(() => cloud.Forget(cluster)));
        control.MapPost("lag", (string cluster, bool? lagging) => Set(() => cloud.SetLagging(cluster, lagging ?? true)));
        control.MapPost("cluster", (string cluster, string zone, string? name) => Set(() =>
            cloud.AddCluster(new ClusterSpec(cluster, zone) { Name = name ?? "" })));
        control.MapPost("duration", (string service, string duration) => Durations.TryParse(duration, out var time)
            ? Set(() => cloud.SetDuration(service, time))
            : Results.BadRequest(new { error = $"'{duration}' is no duration" }));
    }

    private static void MapFaults(RouteGroupBuilder control, SimulatedApi api)
    {
        control.MapPost("faults", (string spec) =>
        {
            try
            {
                FaultSpec.Parse(spec).ApplyTo(api);
                return Results.NoContent();
            }
            catch (FormatException wrong)
            {
                return Results.BadRequest(new { error = wrong.Message });
            }
        });
        control.MapDelete("faults", () =>
        {
            api.Faults.Clear();
            api.Cloud.ClearJobPlans();
        });
    }

    private static SyncWay WayOf(string? text) => text == "increment" ? SyncWay.Increment : SyncWay.Full;

    private static IResult Act(Func<JobView> act)
    {
        try
        {
            return Results.Json(new { job_id = act().Id });
        }
        catch (RefusedException refusal)
        {
            return Refused(refusal);
        }
    }

    private static IResult Set(Action act)
    {
        try
        {
            act();
            return Results.NoContent();
        }
        catch (RefusedException refusal)
        {
            return Refused(refusal);
        }
    }

    private static IResult Refused(RefusedException refusal) =>
        Results.Json(new { ret_code = refusal.RetCode, error = refusal.Message }, statusCode: StatusCodes.Status409Conflict);
}
