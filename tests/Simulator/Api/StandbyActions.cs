using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>RunClusterCustomService: starts, stops or promotes a standby, or makes a cluster read-only.</summary>
internal sealed class StandbyActions(SimulatedCloud cloud, Sight sight)
{
    public JsonObject Run(Call call)
    {
        var parameters = call.Parameters;
        var id = parameters.Required("cluster");
        var role = parameters.Required("role");
        var service = ServiceOf(parameters);
        sight.Cluster(call, id);
        var job = cloud.RunService(service, new JobRequest(Channel.Api, parameters.Pairs, call.Caller));
        return new JsonObject
        {
            ["job_id"] = job.Id,
            ["service"] = job.Service,
            ["role"] = role,
            ["cluster_id"] = job.ClusterId,
        };
    }

    private StandbyService ServiceOf(Parameters parameters)
    {
        var name = parameters.Required("service");
        if (name == StandbyService.StartName)
            return ServiceParams.Read(parameters.Required("service_params"), cloud.HasZone);

        if (name == StandbyService.ReadOnlyName)
            return ReadOnlyParams.Read(parameters.Required("service_params"));

        Refuse.Unless(
            parameters["service_params"] is null,
            () => Refuse.BadValue($"service [{name}] has no service_params")
        );
        return name == StandbyService.Stop.Name ? StandbyService.Stop
            : name == StandbyService.Promote.Name ? StandbyService.Promote
            : throw Refuse.BadValue($"service [{name}] is not known");
    }
}
