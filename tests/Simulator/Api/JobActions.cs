using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>DescribeJobs: lists jobs, those of <c>jobs.n</c> or all of a zone, newest first.</summary>
internal sealed class JobActions(SimulatedCloud cloud, Func<JobListing> listing)
{
    public JsonObject Describe(Call call)
    {
        var parameters = call.Parameters;
        var ids = parameters.List("jobs");
        var status = parameters.List("status");
        var zone = parameters.Required("zone");
        var action = ActionAskedFor(parameters);
        parameters.Integer("verbose", otherwise: 0, max: 1);
        var jobs = (ids.Count > 0 ? ids.Distinct().Select(id => Visible(id, zone)) : Listed(zone))
            .Where(job => status.Count == 0 || status.Contains(job.Status.WireName()))
            .Where(job => action is null || job.Action == action)
            .OrderByDescending(job => job.Number)
            .ToList();
        return Page.Of("job_set", jobs, parameters, Row);
    }

    private string? ActionAskedFor(Parameters parameters) =>
        (parameters["job_action"], listing().JobAction) switch
        {
            (null, _) or (_, JobActionFilter.Ignored) => null,
            (_, JobActionFilter.Refused1100) => throw Refuse.Malformed("parameter [job_action] is not known"),
            (_, JobActionFilter.Refused1101) => throw Refuse.BadValue("parameter [job_action] is not supported"),
            (var action, _) => action,
        };

    private JsonObject Row(JobView job)
    {
        var row = new JsonObject
        {
            ["job_id"] = job.Id,
            ["job_action"] = job.Action,
            ["status"] = job.Status.WireName(),
            ["create_time"] = Stamps.Write(job.CreatedAt),
            ["status_time"] = Stamps.Write(job.StatusAt),
            ["owner"] = Directive.Owner,
            ["error_codes"] = job.ErrorCodes,
            ["resource_ids"] = job.ClusterId,
        };
        if (Directive.Of(job, listing()) is { } directive)
            row["directive"] = directive;

        return row;
    }

    private JobView Visible(string id, string zone) =>
        cloud.Job(id) is { Visible: true } job && IsOf(job, zone) ? job : throw Refuse.NotFound(id);

    private IEnumerable<JobView> Listed(string zone) => cloud.Jobs.Where(job => job.Visible && IsOf(job, zone));

    private bool IsOf(JobView job, string zone) => job.Zone == zone || !cloud.Knobs.ZoneStrict;
}
