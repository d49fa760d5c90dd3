using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>One action of the API.</summary>
internal interface IAction
{
    string Name { get; }

    /// <summary>The action's own parameters; <c>jobs.n</c> stands for a list.</summary>
    IReadOnlyList<string> ParameterNames { get; }

    JsonObject Answer(Parameters parameters);
}

/// <summary>Starts, stops or promotes a standby.</summary>
internal sealed class RunClusterCustomService(SimulatedCloud cloud) : IAction
{
    private static readonly string[] NotInDirective = ["signature", "signature_method", "signature_version", "access_key_id", "token"];

    public string Name => nameof(RunClusterCustomService);

    public IReadOnlyList<string> ParameterNames { get; } = ["cluster", "role", "service", "service_params"];

    public JsonObject Answer(Parameters parameters)
    {
        var job = cloud.RunService(Read(parameters));
        return new JsonObject
        {
            ["job_id"] = job.Id,
            ["service"] = job.Service,
            ["role"] = parameters["role"],
            ["cluster_id"] = job.ClusterId,
        };
    }

    private ServiceRequest Read(Parameters parameters)
    {
        var request = new ServiceRequest(
            parameters.Required("cluster"),
            parameters.Required("zone"),
            parameters.Required("role"),
            parameters.Required("service"),
            Directive(parameters));
        return request.Service == StandbyServices.Start ? WithSource(request, parameters) : WithoutSource(request, parameters);
    }

    private ServiceRequest WithSource(ServiceRequest request, Parameters parameters)
    {
        var (source, way) = ServiceParams.Read(parameters.Required("service_params"), cloud.HasZone);
        return request with { Source = source, SyncWay = way };
    }

    private static ServiceRequest WithoutSource(ServiceRequest request, Parameters parameters) =>
        parameters["service_params"] is null
            ? request
            : throw Refuse.BadValue($"service [{request.Service}] has no service_params");

    // As in reality: the request in clear, the database password included.
    private static string Directive(Parameters parameters) => JsonSerializer.Serialize(
        parameters.Pairs.Where(pair => !NotInDirective.Contains(pair.Key)).ToDictionary());
}

internal sealed class DescribeJobs(SimulatedCloud cloud) : IAction
{
    public string Name => nameof(DescribeJobs);

    public IReadOnlyList<string> ParameterNames { get; } = ["jobs.n", "status.n", "owner", "limit", "offset", "verbose"];

    public JsonObject Answer(Parameters parameters)
    {
        var ids = parameters.List("jobs");
        var status = parameters.List("status");
        var zone = parameters.Required("zone");
        parameters.Whole("verbose", otherwise: 0, min: 0, max: 1);
        var jobs = (ids.Count > 0 ? ids.Distinct().Select(id => Visible(id, zone)) : Listed(zone))
            .Where(job => status.Count == 0 || status.Contains(job.Status.WireName()))
            .OrderByDescending(job => job.Number)
            .ToList();
        return Page.Of(jobs, parameters).ToAnswer("job_set", Row);
    }

    private static JsonObject Row(JobView job) => new()
    {
        ["job_id"] = job.Id,
        ["job_action"] = job.Action,
        ["status"] = job.Status.WireName(),
        ["create_time"] = Stamps.Write(job.CreatedAt),
        ["status_time"] = Stamps.Write(job.StatusAt),
        ["owner"] = "usr-simulated",
        ["error_codes"] = job.ErrorCodes,
        ["resource_ids"] = job.ClusterId,
        ["directive"] = job.Directive,
    };

    private JobView Visible(string id, string zone) =>
        cloud.Job(id) is { Visible: true } job && job.Zone == zone ? job : throw Refuse.NotFound(id);

    private IEnumerable<JobView> Listed(string zone) => cloud.Jobs.Where(job => job.Visible && job.Zone == zone);
}

internal sealed class DescribeClusters(SimulatedCloud cloud, bool unknownIsError) : IAction
{
    public string Name => nameof(DescribeClusters);

    public IReadOnlyList<string> ParameterNames { get; } = ["clusters.n", "status.n", "limit", "offset", "verbose"];

    public JsonObject Answer(Parameters parameters)
    {
        var ids = parameters.List("clusters");
        var status = parameters.List("status");
        var zone = parameters.Required("zone");
        parameters.Whole("verbose", otherwise: 0, min: 0, max: 1);
        var inZone = cloud.Clusters.Where(cluster => cluster.Zone == zone).ToList();
        if (unknownIsError && ids.Except(inZone.Select(cluster => cluster.Id)).FirstOrDefault() is { } unknown)
        {
            throw Refuse.NotFound(unknown);
        }

        var found = inZone
            .Where(cluster => ids.Count == 0 || ids.Contains(cluster.Id))
            .Where(cluster => status.Count == 0 || status.Contains(cluster.Status.WireName()))
            .ToList();
        return Page.Of(found, parameters).ToAnswer("cluster_set", Row);
    }

    private static JsonObject Row(ClusterView cluster) => new()
    {
        ["cluster_id"] = cluster.Id,
        ["name"] = cluster.Spec.Name,
        ["description"] = null,
        ["status"] = cluster.Status.WireName(),
        ["transition_status"] = cluster.TransitionStatus,
        ["app_id"] = cluster.Spec.MySqlPlus ? "app-mysqlplus" : "app-foreign1",
        ["vxnet"] = new JsonObject { ["vxnet_id"] = cluster.Spec.Vxnet, ["vxnet_name"] = "" },
        ["create_time"] = Stamps.Write(cluster.CreatedAt),
        ["status_time"] = Stamps.Write(cluster.StatusAt),
        ["roles"] = new JsonArray([.. cluster.Spec.Roles.Select(role => (JsonNode)role)]),
        ["display_tabs"] = DisplayTabs.Of(cluster),
    };
}

internal sealed class DescribeClusterDisplayTabs(SimulatedCloud cloud) : IAction
{
    public string Name => nameof(DescribeClusterDisplayTabs);

    public IReadOnlyList<string> ParameterNames { get; } = ["cluster", "display_tabs", "role"];

    public JsonObject Answer(Parameters parameters)
    {
        var id = parameters.Required("cluster");
        var cluster = cloud.Cluster(id);
        if (cluster is null || cluster.Zone != parameters.Required("zone") || cluster.Status == ClusterStatus.Ceased)
        {
            throw Refuse.NotFound(id);
        }

        if (parameters["role"] is { } role && !cluster.Spec.Roles.Contains(role))
        {
            throw Refuse.BadValue($"cluster [{id}] has no role [{role}]");
        }

        return new JsonObject { ["display_tabs"] = DisplayTabs.Content(cluster, parameters.Required("display_tabs")) };
    }
}
