namespace QingCloudMySqlStandby.Simulator.Domain;

public enum Edition
{
    HighAvailability,
    Basic,
}

public enum ClusterStatus
{
    Pending,
    Active,
    Suspended,
    Deleted,
    Ceased,
}

/// <summary>How the last link of a cluster ended, when it has none now.</summary>
public enum Release
{
    None,
    Stopped,
    Promoted,
}

/// <summary>What a cluster is made as.</summary>
public sealed record ClusterSpec(string Id, string Zone)
{
    public string Name { get; init; } = "";

    public ClusterStatus Status { get; init; } = ClusterStatus.Active;

    public Edition Edition { get; init; } = Edition.HighAvailability;

    /// <summary>False: some other application or a MySQL of the user's own; it can be a source, never a standby.</summary>
    public bool MySqlPlus { get; init; } = true;

    /// <summary>A foreign source replicates only with GTID on.</summary>
    public bool Gtid { get; init; } = true;

    public string Vxnet { get; init; } = "vxnet-simul01";

    public IReadOnlyList<string> Roles { get; init; } = ["maininstance"];

    /// <summary>The API name of the tab that shows the source. It is not published, so tests may choose; null: no such tab.</summary>
    public string? StandbyTab { get; init; } = "灾备关系";

    public IReadOnlyList<string> OtherTabs { get; init; } = ["用户"];
}

/// <summary>A cluster at one moment.</summary>
public sealed record ClusterView(
    ClusterSpec Spec,
    ClusterStatus Status,
    string TransitionStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset StatusAt,
    Link? Link,
    Release Release,
    int DataGeneration,
    DateTimeOffset? OverwrittenAt)
{
    public string Id => Spec.Id;

    public string Zone => Spec.Zone;

    /// <summary>A standby is read-only from the moment its start job works.</summary>
    public bool Writable => Status == ClusterStatus.Active && Link is null;
}
