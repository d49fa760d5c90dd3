namespace QingCloudMySqlStandby.Link.Schema;

/// <summary>A resource's id, <c>&lt;zone&gt;/&lt;clusterId&gt;</c>.</summary>
internal sealed record StandbyId(string Zone, string ClusterId)
{
    /// <summary>Reads an id; <c>cl-...</c> alone is a cluster of the default zone. Null when it is neither.</summary>
    public static StandbyId? Parse(string text, string? defaultZone)
    {
        var parts = text.Trim().Split('/');
        var (zone, cluster) = parts switch
        {
            [var only] => (defaultZone, only),
            [var first, var second] => (first, second),
            _ => (null, ""),
        };
        return zone is not null && Pattern.Zone().IsMatch(zone) && Pattern.Cluster().IsMatch(cluster)
            ? new StandbyId(zone, cluster)
            : null;
    }

    public override string ToString() => $"{Zone}/{ClusterId}";
}
