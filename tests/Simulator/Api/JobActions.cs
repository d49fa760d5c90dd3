using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>DescribeJobs and DescribeClusterJobs: list jobs, those of <c>jobs.n</c> or all of a zone, newest
/// first.</summary>
internal sealed class JobActions(SimulatedCloud cloud, Sight sight)
{
    /// <summary>DescribeJobs: the operations that the caller triggered, as far as the knobs let it show them.</summary>
    public JsonObject Describe(Call call)
    {
        var action = ActionAskedFor(call.Parameters);
        var byId = call.Parameters["jobs.1"] is not null && cloud.Knobs.UnlistedJobsById;
        var known = byId ? sight.Jobs(call) : Listed(call);
        var jobs = Chosen(call, [.. known]).Where(job => action is null || job.Action == action);
        return PageOf(jobs, call);
    }

    /// <summary>DescribeClusterJobs: the jobs of an application's clusters.</summary>
    public JsonObject DescribeOfClusters(Call call)
    {
        var app = call.Parameters.Required("app");
        var shown = cloud.Knobs.ClusterJobs;
        Refuse.Unless(
            shown != ClusterJobs.Refused,
            () => Refuse.Denied("action [DescribeClusterJobs] is not allowed for this user")
        );
        var clusters = sight.Clusters(call).Where(each => ClusterActions.AppOf(each) == app).Select(each => each.Id);
        var ids = clusters.ToHashSet(StringComparer.Ordinal);
        var jobs = shown == ClusterJobs.All ? sight.Jobs(call) : Listed(call);
        return PageOf(Chosen(call, [.. jobs.Where(job => ids.Contains(job.ClusterId))]), call);
    }

    private IEnumerable<JobView> Listed(Call call)
    {
        var knobs = cloud.Knobs;
        var now = cloud.Time.GetUtcNow();
        var jobs = sight.Jobs(call).Where(job => IsShown(job, call, knobs, now - job.CreatedAt));
        return knobs.JobsListed is { } most ? jobs.Take(most) : jobs;
    }

    private static bool IsShown(JobView job, Call call, Knobs knobs, TimeSpan age) =>
        age >= knobs.JobsListedAfter
        && (knobs.JobsListedFor is not { } kept || age < kept)
        && knobs.JobOwners switch
        {
            JobOwners.CallersKey => job.Request["access_key_id"] == call.Parameters["access_key_id"],
            JobOwners.Api => job.Request.Channel == Channel.Api,
            _ => true,
        };

    private static IEnumerable<JobView> Chosen(Call call, List<JobView> jobs)
    {
        var ids = call.Parameters.List("jobs");
        var status = call.Parameters.List("status");
        call.Parameters.Integer("verbose", otherwise: 0, max: 1);
        var unknown = ids.Except(jobs.Select(job => job.Id)).FirstOrDefault();
        Refuse.Unless(unknown is null, () => Refuse.NotFound(unknown!));
        return jobs.Where(job => ids.Count == 0 || ids.Contains(job.Id))
            .Where(job => status.Count == 0 || status.Contains(job.Status.WireName()));
    }

    private string? ActionAskedFor(Parameters parameters) =>
        (parameters["job_action"], cloud.Knobs.JobAction) switch
        {
            (null, _) or (_, JobActionFilter.Ignored) => null,
            (_, JobActionFilter.Refused1100) => throw Refuse.Malformed("parameter [job_action] is not known"),
            (_, JobActionFilter.Refused1101) => throw Refuse.BadValue("parameter [job_action] is not supported"),
            (var action, _) => action,
        };

    private JsonObject PageOf(IEnumerable<JobView> jobs, Call call)
    {
        var page = Page.Of("job_set", Ordered(jobs), call.Parameters, Row);
        var count = (int)page["total_count"]!;
        switch (cloud.Knobs.TotalCount)
        {
            case TotalCount.TooSmall:
                page["total_count"] = count / 2;
                break;
            case TotalCount.TooLarge:
                page["total_count"] = (count * 2) + 1;
                break;
            case TotalCount.Absent:
                page.Remove("total_count");
                break;
            default:
                break;
        }

        return page;
    }

    private List<JobView> Ordered(IEnumerable<JobView> jobs) =>
        cloud.Knobs.EqualTimesReversed
            ?
            [
                .. jobs.OrderByDescending(job => Stamps.Write(job.CreatedAt), StringComparer.Ordinal)
                    .ThenBy(job => job.Number),
            ]
            : [.. jobs.OrderByDescending(job => job.Number)];

    private JsonObject Row(JobView job)
    {
        var knobs = cloud.Knobs;
        var row = new JsonObject
        {
            ["job_id"] = job.Id,
            ["job_action"] = job.Action,
            ["status"] = job.Status.WireName(),
            ["create_time"] = Stamps.Write(job.CreatedAt),
            ["status_time"] = Stamps.Write(job.StatusAt),
            ["error_codes"] = job.ErrorCodes,
            ["resource_ids"] = job.ClusterId,
        };
        if (knobs.JobOwner != JobOwnerField.Absent)
            row["owner"] =
                knobs.JobOwner == JobOwnerField.User ? Directive.UserOf(job.Request.Channel) : Directive.Owner;

        if (Directive.Of(job, knobs) is { } directive)
            row["directive"] = directive;

        return row;
    }
}
