namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What qualifies the lookup of <see cref="StandbyReplication.Get"/>.</summary>
public sealed class StandbyReplicationState : ResourceArgs
{
    /// <summary>The node role that the service runs on, where it is not <c>maininstance</c>.</summary>
    [Input("role")]
    public Input<string>? Role { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new StandbyReplicationState Empty => new();
}
