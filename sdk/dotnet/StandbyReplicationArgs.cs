namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The inputs of a <see cref="StandbyReplication"/>.</summary>
public sealed class StandbyReplicationArgs : ResourceArgs
{
    /// <summary>
    /// The standby cluster's id, such as <c>cl-ouhutv70</c>. It must be an HA edition of MySQL Plus, exist and be
    /// active. A change replaces the link, the new one first.
    /// </summary>
    [Input("clusterId", required: true)]
    public Input<string> ClusterId { get; set; } = null!;

    /// <summary>
    /// The standby cluster's zone, such as <c>sh1a</c>. Defaults to the provider's zone. A change replaces the link,
    /// the new one first.
    /// </summary>
    [Input("zone")]
    public Input<string>? Zone { get; set; }

    /// <summary>
    /// The node role that the service runs on. A change stops the link and starts it again with <c>syncWay</c>.
    /// </summary>
    [Input("role")]
    public Input<string>? Role { get; set; } = "maininstance";

    /// <summary>
    /// How the data comes to the standby. From <c>increment</c> to <c>full</c> stops the link and starts it again with
    /// a full copy; from <c>full</c> to <c>increment</c> changes nothing.
    /// </summary>
    [Input("syncWay", required: true)]
    public Input<QingCloudMySqlStandby.SyncWay> SyncWay { get; set; } = null!;

    /// <summary>The cluster to replicate from, and how the standby reaches it.</summary>
    [Input("source", required: true)]
    public Input<Inputs.StandbySourceArgs> Source { get; set; } = null!;

    /// <summary>
    /// Whether the standby is promoted. Setting it to true is a planned switchover (<c>promote_standby</c>), or accepts
    /// a failover that was made elsewhere. Setting it back to false is refused unless <c>relinkAfter</c> covers the
    /// promotion, because replicating again overwrites what was written to the standby since.
    /// </summary>
    [Input("promoted")]
    public Input<bool>? Promoted { get; set; } = false;

    /// <summary>
    /// Whether a planned switchover first makes the source read-only (<c>set_readonly</c>), so that no write is lost.
    /// The source must be a cluster of this account then. A change alters the state only.
    /// </summary>
    [Input("fenceSource")]
    public Input<bool>? FenceSource { get; set; } = true;

    /// <summary>What becomes of the standby when the resource is deleted. A change alters the state only.</summary>
    [Input("onDelete")]
    public Input<QingCloudMySqlStandby.OnDelete>? OnDelete { get; set; } = QingCloudMySqlStandby.OnDelete.Stop;

    /// <summary>
    /// Consent to submit <c>start_standby</c> over one event that ended the link: the id of the stop or promotion job,
    /// such as <c>j-pfiu9d1waxq</c>, or an instant, such as <c>2026-11-30T14:00:00Z</c>, which covers any event before
    /// it that no visible job explains. THAT OVERWRITES WHAT WAS WRITTEN TO THE STANDBY SINCE THAT EVENT. A later event
    /// is protected again, and an instant in the future is refused. The start job of another user's link treats that
    /// link as this resource's own. Every refusal prints the value. A change alters the state only.
    /// </summary>
    [Input("relinkAfter")]
    public Input<string>? RelinkAfter { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new StandbyReplicationArgs Empty => new();
}
