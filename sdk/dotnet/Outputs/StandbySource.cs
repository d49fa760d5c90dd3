namespace Pulumi.QingCloudMySqlStandby.Outputs;

/// <summary>The cluster to replicate from, and how the standby reaches it.</summary>
[OutputType]
public sealed class StandbySource
{
    /// <summary>
    /// The source cluster's id, such as <c>cl-9np7ig3g</c>. A change stops the link and starts it again from the new
    /// source with <c>syncWay</c>.
    /// </summary>
    public readonly string ClusterId;

    /// <summary>
    /// The source's high-availability address, as the standby reaches it. A change stops the link and starts it again
    /// with <c>increment</c>.
    /// </summary>
    public readonly string Host;

    /// <summary>
    /// The password of <c>user</c>. It travels in the body of the request only. A change stops the link and starts it
    /// again with <c>increment</c>.
    /// </summary>
    public readonly string Password;

    /// <summary>
    /// The source's port, 1 to 65535. A change stops the link and starts it again with <c>increment</c>.
    /// </summary>
    public readonly int? Port;

    /// <summary>
    /// The MySQL user that replicates; it needs SUPER or replication privileges. A change stops the link and starts it
    /// again with <c>increment</c>.
    /// </summary>
    public readonly string User;

    /// <summary>
    /// The source cluster's zone, such as <c>pek3a</c>. A change stops the link and starts it again from the new source
    /// with <c>syncWay</c>.
    /// </summary>
    public readonly string Zone;

    [OutputConstructor]
    private StandbySource(string clusterId, string host, string password, int? port, string user, string zone)
    {
        ClusterId = clusterId;
        Host = host;
        Password = password;
        Port = port;
        User = user;
        Zone = zone;
    }
}
