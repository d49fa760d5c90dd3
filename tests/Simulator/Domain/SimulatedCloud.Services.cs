namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What the API asks of the cloud.</summary>
public sealed partial class SimulatedCloud
{
    internal JobView RunService(ServiceRequest request) => Submitted(at =>
    {
        var cluster = _clusters.Get(request.ClusterId, request.Zone);
        if (!cluster.Spec.Roles.Contains(request.Role))
        {
            throw Refuse.BadValue($"cluster [{request.ClusterId}] has no role [{request.Role}]");
        }

        return request.Service switch
        {
            StandbyServices.Start => _services.StartStandby(
                cluster, request.Source!, request.SyncWay, request.Directive, at),
            StandbyServices.Stop => _services.StopStandby(cluster, request.Directive, at),
            StandbyServices.Promote => _services.PromoteStandby(cluster, request.Directive, at),
            _ => throw Refuse.BadValue($"service [{request.Service}] is not known"),
        };
    });
}

/// <summary>A RunClusterCustomService request whose parameters were found good.</summary>
internal sealed record ServiceRequest(string ClusterId, string Zone, string Role, string Service, string Directive)
{
    public SourceEndpoint? Source { get; init; }

    public SyncWay SyncWay { get; init; }
}
