namespace Pulumi.QingCloudMySqlStandby;

/// <summary>The arguments of <see cref="GetStandbyHealth.InvokeAsync"/>.</summary>
public sealed class GetStandbyHealthArgs : InvokeArgs
{
    /// <summary>The standby cluster's id, such as `cl-ouhutv70`.</summary>
    [Input("clusterId", required: true)]
    public string ClusterId { get; set; } = null!;

    /// <summary>The standby cluster's zone. Defaults to the provider's zone.</summary>
    [Input("zone")]
    public string? Zone { get; set; }

    /// <summary>
    /// The meter that shows how far the standby is behind, by its name: `name`, or `name@place/count` where its place
    /// among the values of a node is known, such as `seconds_behind@9/14` for the ninth of 14. By default it is found
    /// by its name and unit.
    /// </summary>
    [Input("lagMeter")]
    public string? LagMeter { get; set; }

    /// <summary>No arguments yet.</summary>
    public static new GetStandbyHealthArgs Empty => new();
}
