using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Domain;

public enum SyncWay
{
    Full,
    Increment,
}

public enum LinkState
{
    Starting,
    Replicating,
}

/// <summary>Where a standby replicates from, as its start request says.</summary>
public sealed record SourceEndpoint(string ClusterId, string Zone)
{
    public string Host { get; init; } = "192.168.0.232";

    public int Port { get; init; } = 3306;

    public string User { get; init; } = "migrate_user";

    public string Password { get; init; } = "Passwd@123";

    internal string ToServiceParams(SyncWay way) => new JsonObject
    {
        ["sync_way"] = way.WireName(),
        ["zone"] = Zone,
        ["host"] = Host,
        ["cluster_id"] = ClusterId,
        ["user"] = User,
        ["password"] = Password,
        ["port"] = Port,
    }.ToJsonString();
}

/// <summary>A standby's link to its source.</summary>
public sealed record Link(
    string StandbyId,
    SourceEndpoint Source,
    SyncWay SyncWay,
    LinkState State,
    bool CaughtUp,
    DateTimeOffset Since,
    string JobId);
