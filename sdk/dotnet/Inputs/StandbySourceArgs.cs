namespace Pulumi.QingCloudMySqlStandby.Inputs;

/// <summary>The cluster to replicate from, and how the standby reaches it.</summary>
public sealed class StandbySourceArgs : ResourceArgs
{
    /// <summary>
    /// The source cluster's id, such as <c>cl-9np7ig3g</c>. A change stops the link and starts it again from the new
    /// source with <c>syncWay</c>.
    /// </summary>
    [Input("clusterId", required: true)]
    public Input<string> ClusterId { get; set; } = null!;

    /// <summary>
    /// The source cluster's zone, such as <c>pek3a</c>. A change stops the link and starts it again from the new source
    /// with <c>syncWay</c>.
    /// </summary>
    [Input("zone", required: true)]
    public Input<string> Zone { get; set; } = null!;

    /// <summary>
    /// The source's high-availability address, as the standby reaches it. A change stops the link and starts it again
    /// with <c>increment</c>.
    /// </summary>
    [Input("host", required: true)]
    public Input<string> Host { get; set; } = null!;

    /// <summary>
    /// The source's port, 1 to 65535. A change stops the link and starts it again with <c>increment</c>.
    /// </summary>
    [Input("port")]
    public Input<int>? Port { get; set; } = 3306;

    /// <summary>
    /// The MySQL user that replicates; it needs SUPER or replication privileges. A change stops the link and starts it
    /// again with <c>increment</c>.
    /// </summary>
    [Input("user", required: true)]
    public Input<string> User { get; set; } = null!;

    [Input("password", required: true)]
    private Input<string>? _password;

    /// <summary>
    /// The password of <c>user</c>. It travels in the body of the request only. A change stops the link and starts it
    /// again with <c>increment</c>.
    /// </summary>
    public Input<string>? Password
    {
        get => _password;
        set => _password = Utilities.AsSecret(value);
    }

    /// <summary>No arguments yet.</summary>
    public static new StandbySourceArgs Empty => new();
}
