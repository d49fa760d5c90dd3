namespace QingCloudMySqlStandby.QingCloud;

/// <summary>A cluster, as <c>DescribeClusters</c> reports it.</summary>
/// <param name="Id">The cluster's id, <c>cl-...</c>.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Status"><c>active</c>, <c>suspended</c>, <c>pending</c>, ...</param>
/// <param name="TransitionStatus">The operation under way, such as <c>updating</c>; empty when there is none.</param>
/// <param name="DisplayTabs">The names and labels of the tabs that the cluster offers.</param>
internal sealed record Cluster(
    string Id,
    string Name,
    string Status,
    string TransitionStatus,
    IReadOnlyDictionary<string, string> DisplayTabs
)
{
    /// <summary>When it was made, UTC; null where QingCloud does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When <see cref="Status"/> last changed, UTC; null where QingCloud does not say. Which other changes move
    /// it is not published: it is a hint.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    /// <summary>The app that it runs, <c>app-...</c>, which <c>DescribeClusterJobs</c> asks for; null where QingCloud does
    /// not say.</summary>
    public string? AppId { get; init; }

    /// <summary>The name of the app's version, which may name the edition and the version of MySQL; null where QingCloud
    /// does not say.</summary>
    public string? Version { get; init; }

    /// <summary>The id of the user whose cluster it is, <c>usr-...</c>; null where QingCloud does not say.</summary>
    public string? Owner { get; init; }

    /// <summary>The id of the account that this user belongs to; null where QingCloud does not say.</summary>
    public string? RootUserId { get; init; }

    /// <summary>The names in the row's <c>custom_service</c>, among them those of the custom services that the cluster
    /// offers; empty where QingCloud shows none. Its form is not published, and roles are named in it too.</summary>
    public IReadOnlyCollection<string> CustomServices { get; init; } = [];
}

/// <summary>A cluster of a listing.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="NextRow">The row from which a listing goes on after it: rows count deleted clusters too.</param>
internal sealed record ListedCluster(Cluster Cluster, int NextRow);

/// <summary>What a cluster's disaster-recovery tab says of its source; each part may be missing.</summary>
internal sealed record SourceTab(
    string? SourceClusterId,
    string? SourceZone,
    string? Host,
    int? Port,
    string? User,
    string? SyncState
)
{
    /// <summary>A tab whose table was there, and empty.</summary>
    public static SourceTab Empty { get; } = new(null, null, null, null, null, null);

    /// <summary>Whether a label says that the cluster which the tab shows is a source.</summary>
    public bool IsLabelled { get; init; }

    /// <summary>Whether the tab shows a source.</summary>
    public bool HasSource => SourceClusterId is not null || Host is not null;
}
