namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A service of MySQL Plus as somebody asks for it; <paramref name="Source"/> is that of a start.</summary>
internal sealed record StandbyService(string Name, SourceEndpoint? Source = null, SyncWay Way = SyncWay.Full)
{
    public const string StartName = "start_standby";

    public static StandbyService Stop { get; } = new("stop_standby");
    public static StandbyService Promote { get; } = new("promote_standby");

    public static StandbyService Start(SourceEndpoint source, SyncWay way) => new(StartName, source, way);

    /// <summary>The parameters with which a call asks for it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters(ClusterSpec cluster)
    {
        yield return new("action", "RunClusterCustomService");
        yield return new("cluster", cluster.Id);
        yield return new("role", cluster.Roles[0]);
        yield return new("service", Name);
        yield return new("zone", cluster.Zone);
        if (Source is not null)
            yield return new("service_params", Source.ToServiceParams(Way));
    }
}
