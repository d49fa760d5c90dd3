using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>A service of MySQL Plus as it is asked for.</summary>
/// <param name="Name">The API's name.</param>
/// <param name="Source">Where a start replicates from.</param>
/// <param name="Way">What a start makes of the data.</param>
/// <param name="ReadOnly">What set_readonly sets.</param>
internal sealed record StandbyService(
    string Name,
    SourceEndpoint? Source = null,
    SyncWay Way = SyncWay.Full,
    bool? ReadOnly = null
)
{
    public const string StartName = "start_standby";
    public const string ReadOnlyName = "set_readonly";

    public static StandbyService Stop { get; } = new("stop_standby");
    public static StandbyService Promote { get; } = new("promote_standby");

    public static StandbyService Start(SourceEndpoint source, SyncWay way) => new(StartName, source, way);

    public static StandbyService SetReadOnly(bool readOnly) => new(ReadOnlyName, ReadOnly: readOnly);

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

        if (ReadOnly is { } on)
            yield return new("service_params", new JsonObject { ["readonly"] = on ? "ON" : "OFF" }.ToJsonString());
    }
}
