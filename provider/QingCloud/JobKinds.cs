using System.Collections.Frozen;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>What a job does to the link of the cluster that it runs on.</summary>
internal enum JobKind
{
    /// <summary>Nothing that concerns a link.</summary>
    Other,

    /// <summary><c>start_standby</c>.</summary>
    Start,

    /// <summary><c>stop_standby</c>.</summary>
    Stop,

    /// <summary><c>promote_standby</c>.</summary>
    Promote,

    /// <summary><c>set_readonly</c>.</summary>
    SetReadOnly,

    /// <summary>The cluster is stopped, started, suspended, resumed, deleted or recovered. The manual: closing and
    /// starting a cluster makes the standby no longer replicate. The others are not described, and are taken for the
    /// same.</summary>
    ClusterLife,

    /// <summary>A custom service whose directive could not be read: it may be any of them.</summary>
    Unreadable,
}

/// <summary>Classifies jobs.</summary>
internal static class JobKinds
{
    /// <summary>The action of every custom service's job.</summary>
    public const string CustomService = "RunClusterCustomService";

    /// <summary>The action of the jobs that stop clusters.</summary>
    public const string StopClusters = "StopClusters";

    private static readonly string[] LifeVerbs = ["Stop", "Start", "Suspend", "Resume", "Delete", "Recover", "Cease"];

    private static readonly FrozenSet<string> ClusterLife = LifeVerbs
        .SelectMany(verb => new[] { $"{verb}Cluster", $"{verb}Clusters", $"{verb}Resource", $"{verb}Resources" })
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What the job does to a link.</summary>
    public static JobKind Kind(this Job job) =>
        job.Action == CustomService
            ? job.Request?.Service switch
            {
                null => JobKind.Unreadable,
                ServiceNames.StartStandby => JobKind.Start,
                ServiceNames.StopStandby => JobKind.Stop,
                ServiceNames.PromoteStandby => JobKind.Promote,
                ServiceNames.SetReadOnly => JobKind.SetReadOnly,
                _ => JobKind.Other,
            }
        : ClusterLife.Contains(job.Action) ? JobKind.ClusterLife
        : JobKind.Other;

    /// <summary>Whether the job runs on that cluster and may have changed a link.</summary>
    public static bool ConcernsLink(this Job job, string clusterId) =>
        job.Kind() != JobKind.Other
        && (job.ResourceIds.Contains(clusterId, StringComparer.Ordinal) || job.Request?.ClusterId == clusterId);

    /// <summary>Whether the job made clusters.</summary>
    public static bool IsCreation(this Job job) => job.Action is "CreateCluster" or "CreateClusters";
}
