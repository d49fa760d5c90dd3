namespace QingCloudMySqlStandby.Link.Schema;

/// <summary>The names that users see; <c>schema.json</c> describes each.</summary>
internal static class Names
{
    /// <summary>The package.</summary>
    public const string Package = "qingcloud-mysql-standby";

    /// <summary>The resource's type token.</summary>
    public const string StandbyReplication = Package + ":index:StandbyReplication";

    /// <summary>The function that reads what links a cluster now.</summary>
    public const string GetStandbyReplication = Package + ":index:getStandbyReplication";

    /// <summary>The function that reads whether data arrives on a standby.</summary>
    public const string GetStandbyHealth = Package + ":index:getStandbyHealth";

    /// <summary>The function that reads a job.</summary>
    public const string GetJob = Package + ":index:getJob";

    internal const string ClusterId = "clusterId";
    internal const string Zone = "zone";
    internal const string Role = "role";
    internal const string SyncWay = "syncWay";
    internal const string Source = "source";
    internal const string Host = "host";
    internal const string Port = "port";
    internal const string User = "user";
    internal const string Password = "password";
    internal const string Promoted = "promoted";
    internal const string FenceSource = "fenceSource";
    internal const string OnDelete = "onDelete";
    internal const string RelinkAfter = "relinkAfter";
    internal const string State = "state";
    internal const string JobId = "jobId";
    internal const string StartedAt = "startedAt";
    internal const string ClusterName = "clusterName";
    internal const string ClusterStatus = "clusterStatus";
    internal const string LagMeter = "lagMeter";

    // Outputs of the provider's own; the engine shows no property whose name begins with two underscores.
    internal const string Incarnation = "__incarnation";
    internal const string Anchor = "__anchor";
    internal const string AnchorSource = "__anchorSource";
    internal const string Awaited = "__awaited";
    internal const string PendingStop = "__pendingStop";
    internal const string DismissedEnd = "__dismissedEnd";
    internal const string Fence = "__fence";
    internal const string FenceLift = "__fenceLift";

    internal const string Full = "full";
    internal const string Increment = "increment";
    internal const string DefaultRole = "maininstance";
    internal const int DefaultPort = 3306;
    internal const string Stop = "stop";
    internal const string Promote = "promote";

    /// <summary>Whether the engine shows no property of that name; it has such ones of its own.</summary>
    internal static bool IsHidden(string name) => name.StartsWith("__", StringComparison.Ordinal);
}
