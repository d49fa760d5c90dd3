namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The arguments of <see cref="GetStandbyReplication"/>, as outputs of resources may give them.</summary>
public sealed class GetStandbyReplicationInvokeArgs : InvokeArgs
{
    /// <summary>The standby cluster's id, such as <c>cl-ouhutv70</c>.</summary>
    [Input("clusterId", required: true)]
    public Input<string> ClusterId { get; set; } = null!;

    /// <summary>The standby cluster's zone. Defaults to the provider's zone.</summary>
    [Input("zone")]
    public Input<string>? Zone { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new GetStandbyReplicationInvokeArgs Empty => new();
}
