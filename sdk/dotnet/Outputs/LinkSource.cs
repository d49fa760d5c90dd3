namespace Pulumi.QingCloudMySqlStandby.Outputs;

/// <summary>The cluster that a standby replicates from, as far as it could be read.</summary>
[OutputType]
public sealed class LinkSource
{
    /// <summary>The source cluster's id, such as <c>cl-9np7ig3g</c>.</summary>
    public readonly string? ClusterId;

    /// <summary>The source's high-availability address, as the standby reaches it.</summary>
    public readonly string? Host;

    /// <summary>The source's port, 1 to 65535.</summary>
    public readonly int? Port;

    /// <summary>The MySQL user that replicates; it needs SUPER or replication privileges.</summary>
    public readonly string? User;

    /// <summary>The source cluster's zone, such as <c>pek3a</c>.</summary>
    public readonly string? Zone;

    [OutputConstructor]
    private LinkSource(string? clusterId, string? host, int? port, string? user, string? zone)
    {
        ClusterId = clusterId;
        Host = host;
        Port = port;
        User = user;
        Zone = zone;
    }
}
