namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The API's spelling of the domain's words.</summary>
internal static class WireNames
{
    public static string WireName(this SyncWay way) => way switch
    {
        SyncWay.Full => "full",
        SyncWay.Increment => "increment",
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    public static string WireName(this ClusterStatus status) => status switch
    {
        ClusterStatus.Pending => "pending",
        ClusterStatus.Active => "active",
        ClusterStatus.Suspended => "suspended",
        ClusterStatus.Deleted => "deleted",
        ClusterStatus.Ceased => "ceased",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string WireName(this JobStatus status) => status switch
    {
        JobStatus.Pending => "pending",
        JobStatus.Working => "working",
        JobStatus.Successful => "successful",
        JobStatus.Failed => "failed",
        JobStatus.DoneWithFailure => "done with failure",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
