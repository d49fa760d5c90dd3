namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The editions of MySQL Plus; all but the basic one can be a standby.</summary>
public enum Edition
{
    HighAvailability,
    Financial,
    Basic,
}

/// <summary>What QingCloud says of a cluster.</summary>
public enum ClusterStatus
{
    Pending,
    Active,
    Stopped,
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
/// <param name="MySqlPlus">False: another application, or a MySQL elsewhere; it can only be a source.</param>
/// <param name="Gtid">A source that is no MySQL Plus replicates only with GTID on.</param>
/// <param name="StandbyTab">The API name of the tab that shows the source, which is not published; null: none.</param>
public sealed record ClusterSpec(
    string Id,
    string Zone,
    string Name = "",
    ClusterStatus Status = ClusterStatus.Active,
    Edition Edition = Edition.HighAvailability,
    bool MySqlPlus = true,
    bool Gtid = true,
    string? StandbyTab = "灾备关系"
)
{
    /// <summary>Whether the cluster's creation is a job, as it is in QingCloud.</summary>
    public bool HasCreationJob { get; init; }

    /// <summary>The roles of its nodes.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["maininstance"];

    /// <summary>The name of the application's version, as MySQL Plus could call it; null: by the edition.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The API names of its tabs, in the order in which they are shown.</summary>
    public IEnumerable<string> Tabs => StandbyTab is null ? ["用户"] : ["用户", StandbyTab];
}

/// <summary>A cluster at one moment.</summary>
/// <param name="TransitionStatus">What is under way; empty: nothing.</param>
public sealed record ClusterView(
    ClusterSpec Spec,
    ClusterStatus Status,
    string TransitionStatus,
    DateTimeOffset CreatedAt,
    DateTimeOffset StatusAt,
    Link? Link,
    Release Release,
    bool IsReadOnly
)
{
    /// <summary>The cluster's id.</summary>
    public string Id => Spec.Id;

    /// <summary>Where it is.</summary>
    public string Zone => Spec.Zone;

    /// <summary>Whether applications can write: a standby is read-only from the moment its start job works.</summary>
    public bool Writable => Status == ClusterStatus.Active && Link is null && !IsReadOnly;
}
