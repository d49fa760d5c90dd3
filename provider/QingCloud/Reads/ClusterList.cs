namespace QingCloudMySqlStandby.QingCloud.Reads;

/// <summary>Clusters of a zone, as one read showed them.</summary>
/// <param name="AskedAt">When it was asked, as a timestamp.</param>
/// <param name="Rows">What was answered.</param>
/// <param name="Ids">The ids that were asked for; null where the zone was listed.</param>
/// <param name="IsForRecent">Whether a caller asked for whom a recent answer is enough.</param>
internal sealed record ClusterList(
    long AskedAt,
    IReadOnlyDictionary<string, Cluster> Rows,
    IReadOnlySet<string>? Ids,
    bool IsForRecent
)
{
    /// <summary>Whether it says if there is a cluster of that id.</summary>
    public bool Shows(string id) => Ids is null || Ids.Contains(id);

    public Cluster? Find(string id) => Rows.GetValueOrDefault(id);
}
