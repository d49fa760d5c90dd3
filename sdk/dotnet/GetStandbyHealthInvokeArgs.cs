namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The arguments of <see cref="GetStandbyHealth"/>, as outputs of resources may give them.</summary>
public sealed class GetStandbyHealthInvokeArgs : InvokeArgs
{
    /// <summary>The standby cluster's id, such as <c>cl-ouhutv70</c>.</summary>
    [Input("clusterId", required: true)]
    public Input<string> ClusterId { get; set; } = null!;

    /// <summary>The standby cluster's zone. Defaults to the provider's zone.</summary>
    [Input("zone")]
    public Input<string>? Zone { get; set; }

    /// <summary>
    /// The meter that shows how far the standby is behind, by its name: <c>name</c>, or <c>name@place/count</c> where
    /// its place among the values of a node is known, such as <c>seconds_behind@9/14</c> for the ninth of 14. By
    /// default it is found by its name and unit.
    /// </summary>
    [Input("lagMeter")]
    public Input<string>? LagMeter { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new GetStandbyHealthInvokeArgs Empty => new();
}
