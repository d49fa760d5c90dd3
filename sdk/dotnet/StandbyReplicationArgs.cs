namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The inputs of a <see cref="StandbyReplication"/>.</summary>
public sealed class StandbyReplicationArgs : ResourceArgs
{
    /// <summary>
    /// The standby cluster's id, such as `cl-ouhutv70`. It must be an HA edition of MySQL Plus, exist and be active.
    /// A change replaces the link, the new one first.
    /// </summary>
    [Input("clusterId", required: true)]
    public Input<string> ClusterId { get; set; } = null!;

    /// <summary>
    /// The standby cluster's zone, such as `sh1a`. Defaults to the provider's zone. A change replaces the link, the
    /// new one first.
    /// </summary>
    [Input("zone")]
    public Input<string>? Zone { get; set; }

    /// <summary>The node role that the service runs on. A change replaces the link, the old one first.</summary>
    [Input("role")]
    public Input<string>? Role { get; set; } = "maininstance";

    /// <summary>
    /// How the data comes to the standby. From `increment` to `full` replaces the link, the old one first, because it
    /// orders a new copy; from `full` to `increment` changes nothing.
    /// </summary>
    [Input("syncWay", required: true)]
    public Input<QingCloudMySqlStandby.SyncWay> SyncWay { get; set; } = null!;

    /// <summary>The cluster to replicate from, and how the standby reaches it.</summary>
    [Input("source", required: true)]
    public Input<Inputs.StandbySourceArgs> Source { get; set; } = null!;

    /// <summary>
    /// Whether the standby is promoted. Setting it to true is a planned switchover (`promote_standby`), or accepts a
    /// failover that was made elsewhere. Setting it back to false is refused unless `allowRelink` is set, because
    /// replicating again overwrites what was written to the standby since.
    /// </summary>
    [Input("promoted")]
    public Input<bool>? Promoted { get; set; } = false;

    /// <summary>What becomes of the standby when the resource is deleted. A change alters the state only.</summary>
    [Input("onDelete")]
    public Input<QingCloudMySqlStandby.OnDelete>? OnDelete { get; set; } = QingCloudMySqlStandby.OnDelete.Stop;

    /// <summary>
    /// Permits `start_standby` on a cluster that was stopped or promoted since its link began. THAT OVERWRITES WHAT
    /// WAS WRITTEN TO IT SINCE. A change alters the state only.
    /// </summary>
    [Input("allowRelink")]
    public Input<bool>? AllowRelink { get; set; } = false;

    /// <summary>No arguments yet.</summary>
    public static new StandbyReplicationArgs Empty => new();
}
