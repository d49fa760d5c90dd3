using System.Text;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>What a start makes of the standby's data.</summary>
public enum SyncWay
{
    /// <summary>The source's data replaces it.</summary>
    Full,

    /// <summary>It stays.</summary>
    Increment,
}

/// <summary>How far a start has come.</summary>
public enum LinkState
{
    Starting,
    Replicating,
}

/// <summary>Where a standby replicates from, as its start request says.</summary>
public sealed record SourceEndpoint(
    string ClusterId,
    string Zone,
    string Host = "192.168.0.232",
    int Port = 3306,
    string User = "migrate_user",
    string Password = "Passwd@123"
)
{
    internal string ToServiceParams(SyncWay way) =>
        new JsonObject
        {
            ["sync_way"] = way.WireName(),
            ["zone"] = Zone,
            ["host"] = Host,
            ["cluster_id"] = ClusterId,
            ["user"] = User,
            ["password"] = Password,
            ["port"] = Port,
        }.ToJsonString();

    // For ToString: no test output shows a password.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append($"{Zone}/{ClusterId}, {User}@{Host}:{Port}");
        return true;
    }
}

/// <summary>A standby's link to its source.</summary>
/// <param name="CaughtUp">Whether it could be promoted.</param>
/// <param name="JobId">The job that started it.</param>
public sealed record Link(
    string StandbyId,
    SourceEndpoint Source,
    SyncWay SyncWay,
    LinkState State,
    bool CaughtUp,
    DateTimeOffset Since,
    string JobId
);
